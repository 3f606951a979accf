package io.sluice.gateway.bytes;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.media.v1.RenditionState;

/**
 * A rendition as an address names it: {@code thumbnail} is the newest, {@code thumbnail@1} that of profile version 1,
 * {@code cover@0} one that came ready-made.
 */
record RenditionName(String name, OptionalInt profileVersion) {

    private static final Pattern TEXT = Pattern.compile("([a-z][a-z0-9_]{0,63})(?:@(0|[1-9][0-9]{0,8}))?");

    static RenditionName of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new CodedException(
                    ErrorCode.NOT_FOUND,
                    "A rendition is named like thumbnail or thumbnail@1; this address names none.");
        }
        return new RenditionName(
                matcher.group(1),
                matcher.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(2))));
    }

    boolean versioned() {
        return profileVersion.isPresent();
    }

    boolean names(RenditionState state) {
        return state.getName().equals(name)
                && (profileVersion.isEmpty() || profileVersion.getAsInt() == state.getProfileVersion());
    }

    String text() {
        return versioned() ? name + "@" + profileVersion.getAsInt() : name;
    }
}
