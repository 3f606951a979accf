package io.sluice.gateway.bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** What a Range header asks for, RFC 9110 section 14. */
sealed interface ByteRanges {

    /** No range, or a unit that we do not know: send everything. */
    record Everything() implements ByteRanges {}

    /** Nothing that it asks for is there, or it cannot be read. */
    record Unsatisfiable() implements ByteRanges {}

    /** At least one part; none overlaps or touches another; in the order of the bytes. */
    record Parts(List<Part> parts) implements ByteRanges {}

    /**
     * Bytes from first to last, both included.
     */
    record Part(long first, long last) {
        long length() {
            return last - first + 1;
        }
    }

    /** A reader of documents asks for a handful; whoever asks for more wants to hurt us. */
    int MOST_PARTS = 16;

    Pattern SPEC = Pattern.compile("\\s*(?:(\\d{1,18})-(\\d{1,18})?|-(\\d{1,18}))\\s*");

    /** @param size of the file in bytes */
    static ByteRanges parse(@Nullable String header, long size) {
        if (header == null || !header.regionMatches(true, 0, "bytes=", 0, 6)) {
            return new Everything();
        }
        List<Part> wanted = new ArrayList<>();
        String[] specs = header.substring(6).split(",", -1);
        if (specs.length > MOST_PARTS) {
            return new Unsatisfiable();
        }
        for (String spec : specs) {
            Matcher matcher = SPEC.matcher(spec);
            if (!matcher.matches() || !add(matcher, size, wanted)) {
                return new Unsatisfiable();
            }
        }
        return wanted.isEmpty() ? new Unsatisfiable() : new Parts(merged(wanted));
    }

    /** Adds what of this spec is there; false when it makes no sense. */
    private static boolean add(Matcher spec, long size, List<Part> wanted) {
        if (spec.group(3) != null) {
            long suffix = Long.parseLong(spec.group(3));
            if (suffix > 0 && size > 0) {
                wanted.add(new Part(Math.max(0, size - suffix), size - 1));
            }
            return true;
        }
        long first = Long.parseLong(spec.group(1));
        long last = spec.group(2) == null ? Long.MAX_VALUE : Long.parseLong(spec.group(2));
        if (last < first) {
            return false;
        }
        if (first < size) {
            wanted.add(new Part(first, Math.min(last, size - 1)));
        }
        return true;
    }

    private static List<Part> merged(List<Part> wanted) {
        List<Part> inOrder = wanted.stream()
                .sorted((one, other) -> Long.compare(one.first(), other.first()))
                .toList();
        List<Part> merged = new ArrayList<>();
        for (Part part : inOrder) {
            Part before = merged.isEmpty() ? null : merged.getLast();
            if (before != null && part.first() <= before.last() + 1) {
                merged.set(merged.size() - 1, new Part(before.first(), Math.max(before.last(), part.last())));
            } else {
                merged.add(part);
            }
        }
        return List.copyOf(merged);
    }
}
