package io.sluice.gateway.command;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/**
 * Strong entity tags of things that change, RFC 9110 section 8.8.3: the version that their owner keeps, and a digest of
 * everything that is shown with it (progress, what other services say). Whoever asks for the same again compares the whole;
 * a command depends on the version alone, so that a job that got on by an item is not "changed".
 */
public final class EntityTags {

    private static final Pattern OURS = Pattern.compile("\"([0-9]{1,18})-[0-9a-f]{16}\"");
    private static final int DIGEST_BYTES = 8;

    private EntityTags() {}

    static String of(long version, byte[] shown) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(shown);
            return "\"" + version + "-" + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES) + "\"";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    /** Whether If-None-Match names this tag; compared weakly, as it asks for. */
    static boolean isKnown(@Nullable String ifNoneMatch, String tag) {
        return ifNoneMatch != null
                && (ifNoneMatch.strip().equals("*")
                        || Arrays.stream(ifNoneMatch.split(","))
                                .map(String::strip)
                                .map(one -> one.startsWith("W/") ? one.substring(2) : one)
                                .anyMatch(tag::equals));
    }

    /**
     * The version that a command asks for; null for whichever it is.
     *
     * @param ifMatch one tag as a GET answered it, or *; null when it was not sent
     * @throws CodedException {@code PRECONDITION_FAILED} for a tag that nothing of ours can have
     */
    public static @Nullable Long expected(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        Matcher ours = OURS.matcher(ifMatch.strip());
        if (!ours.matches()) {
            throw new CodedException(
                    ErrorCode.PRECONDITION_FAILED,
                    "If-Match: send one ETag as GET of this thing answers it, with its quotes, or leave the header out.");
        }
        return Long.valueOf(ours.group(1));
    }
}
