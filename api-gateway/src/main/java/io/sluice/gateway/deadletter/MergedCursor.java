package io.sluice.gateway.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.gateway.upstream.Upstream;

/**
 * Where a reader of the merged list stands: for each service the cursor of the page it is in, and the last letter of it
 * that was shown. Opaque outside.
 */
record MergedCursor(String filter, Map<Upstream, Position> positions) {

    /**
     * @param cursor of the service's page; empty for its first
     * @param after id of the last letter that was shown; empty when none was
     * @param ended whether the service has no more
     */
    record Position(String cursor, String after, boolean ended) {
        static final Position START = new Position("", "", false);
    }

    private static final Base64.Encoder OUT = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder IN = Base64.getUrlDecoder();

    static MergedCursor start(String filter) {
        return new MergedCursor(filter, Map.of());
    }

    Position of(Upstream upstream) {
        return Objects.requireNonNull(positions.getOrDefault(upstream, Position.START));
    }

    String text() {
        StringBuilder plain = new StringBuilder(packed(filter));
        for (Upstream upstream : Upstream.withWork()) {
            Position position = of(upstream);
            plain.append(' ')
                    .append(packed(position.cursor()))
                    .append(' ')
                    .append(packed(position.after()))
                    .append(' ')
                    .append(position.ended() ? '1' : '0');
        }
        return OUT.encodeToString((sum(plain.toString()) + " " + plain).getBytes(UTF_8));
    }

    /** @throws CodedException {@code INVALID_REQUEST} when it is none of ours, or of other filters */
    static MergedCursor parse(String text, String filter) {
        try {
            String[] parts = new String(IN.decode(text), UTF_8).split(" ", 2);
            if (parts.length != 2 || !parts[0].equals(sum(parts[1]))) {
                throw wrong();
            }
            String[] fields = parts[1].split(" ", -1);
            if (!unpacked(fields[0]).equals(filter)) {
                throw wrong();
            }
            Map<Upstream, Position> positions = new EnumMap<>(Upstream.class);
            for (Upstream upstream : Upstream.withWork()) {
                int at = 1 + 3 * upstream.ordinal();
                positions.put(
                        upstream,
                        new Position(unpacked(fields[at]), unpacked(fields[at + 1]), fields[at + 2].equals("1")));
            }
            return new MergedCursor(filter, positions);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unreadable) {
            throw wrong();
        }
    }

    private static String packed(String text) {
        return OUT.encodeToString(text.getBytes(UTF_8));
    }

    private static String unpacked(String text) {
        return new String(IN.decode(text), UTF_8);
    }

    private static String sum(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(UTF_8));
        return Long.toHexString(sum.getValue());
    }

    private static CodedException wrong() {
        return new CodedException(
                ErrorCode.INVALID_REQUEST,
                "cursor: This is not a cursor of this list with these filters. Start again without one.");
    }
}
