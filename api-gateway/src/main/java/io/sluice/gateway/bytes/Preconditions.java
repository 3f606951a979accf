package io.sluice.gateway.bytes;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Conditions on an entity tag, RFC 9110 section 13; ours are strong always. */
final class Preconditions {

    private Preconditions() {}

    /** Whether If-None-Match names this tag; compared weakly, as it asks for. */
    static boolean isKnown(@Nullable String ifNoneMatch, String etag) {
        return names(ifNoneMatch, etag, true);
    }

    /** Whether If-Match is there and does not name this tag. */
    static boolean isOutdated(@Nullable String ifMatch, String etag) {
        return ifMatch != null && !names(ifMatch, etag, false);
    }

    /** Whether a Range still holds; If-Range with a date never does, because our dates are not ours. */
    static boolean rangeHolds(@Nullable String ifRange, String etag) {
        return ifRange == null || ifRange.strip().equals(etag);
    }

    private static boolean names(@Nullable String header, String etag, boolean weakly) {
        if (header == null) {
            return false;
        }
        if (header.strip().equals("*")) {
            return true;
        }
        return Arrays.stream(header.split(","))
                .map(String::strip)
                .map(tag -> weakly && tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(etag::equals);
    }
}
