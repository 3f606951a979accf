package io.sluice.search.query;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.util.BytesRef;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/**
 * The place behind an answered asset: its score, its time and its hash, which together are an order that nothing else moves.
 * Whoever comes or goes meanwhile, no other asset is left out or given twice.
 */
record Cursor(float score, long taken, String contentHash) {

    private static final byte VERSION = 1;
    private static final int HASH_BYTES = 32;
    private static final int FINGERPRINT_BYTES = 8;
    private static final int BYTES = 1 + FINGERPRINT_BYTES + Float.BYTES + Long.BYTES + HASH_BYTES;

    static Cursor behind(FieldDoc hit) {
        return new Cursor((Float) hit.fields[0], (Long) hit.fields[1], ((BytesRef) hit.fields[2]).utf8ToString());
    }

    /** @throws CodedException {@code INVALID_REQUEST} for what is no cursor of this search */
    static Cursor read(String text, SearchWish wish) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
        if (bytes.length != BYTES || bytes[0] != VERSION) {
            throw wrong();
        }
        byte[] fingerprint = Arrays.copyOfRange(bytes, 1, 1 + FINGERPRINT_BYTES);
        if (!Arrays.equals(fingerprint, wish.fingerprint())) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST,
                    "cursor: It belongs to another search. Begin again without one when query, mode or filters change.");
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes, 1 + FINGERPRINT_BYTES, bytes.length - 1 - FINGERPRINT_BYTES);
        float score = rest.getFloat();
        long taken = rest.getLong();
        byte[] hash = new byte[HASH_BYTES];
        rest.get(hash);
        if (!Float.isFinite(score)) {
            throw wrong();
        }
        return new Cursor(score, taken, HexFormat.of().formatHex(hash));
    }

    String write(SearchWish wish) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.put(VERSION).put(wish.fingerprint()).putFloat(score).putLong(taken);
        bytes.put(HexFormat.of().parseHex(contentHash));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** For an index of so many documents. */
    FieldDoc after(int documents) {
        Object[] fields = {score, taken, new BytesRef(contentHash)};
        return new FieldDoc(Math.max(0, documents - 1), score, fields);
    }

    private static CodedException wrong() {
        return new CodedException(
                ErrorCode.INVALID_REQUEST, "cursor: Give next_cursor of the page before as it was, or none.");
    }
}
