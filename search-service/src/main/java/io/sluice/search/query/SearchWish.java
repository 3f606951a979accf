package io.sluice.search.query;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Set;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.search.v1.FacetName;
import io.sluice.contract.search.v1.SearchMode;
import io.sluice.contract.search.v1.SearchRequest;

/**
 * A search request whose numbers were checked.
 *
 * @param fingerprint of all that decides which assets fit and in what order: what cursors are bound to
 */
record SearchWish(SearchRequest request, SearchMode mode, int limit, Set<FacetName> facets, byte[] fingerprint) {

    private static final int USUAL_LIMIT = 50;
    private static final int MOST = 500;
    private static final int FINGERPRINT_BYTES = 8;

    /** @throws CodedException {@code INVALID_REQUEST} that names what is wrong */
    static SearchWish of(SearchRequest request) {
        if (Integer.toUnsignedLong(request.getLimit()) > MOST) {
            throw wrong("limit: At most " + MOST + ".");
        }
        double threshold = request.getThreshold();
        if (!(threshold >= 0 && threshold <= 1)) {
            throw wrong("threshold: A number from 0 to 1.");
        }
        if (request.getFilter().getSizeMin() < 0 || request.getFilter().getSizeMax() < 0) {
            throw wrong("size: Bytes, 0 or more.");
        }
        SearchMode mode =
                switch (request.getMode()) {
                    case SEARCH_MODE_UNSPECIFIED, UNRECOGNIZED -> SearchMode.SEARCH_MODE_HYBRID;
                    case SEARCH_MODE_HYBRID, SEARCH_MODE_TEXT, SEARCH_MODE_SEMANTIC -> request.getMode();
                };
        return new SearchWish(
                request,
                mode,
                request.getLimit() == 0 ? USUAL_LIMIT : request.getLimit(),
                Set.copyOf(request.getFacetsList()),
                fingerprint(request, mode));
    }

    private static byte[] fingerprint(SearchRequest request, SearchMode mode) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(request.getQuery().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update((byte) mode.getNumber());
            digest.update(request.getFilter().toByteArray());
            digest.update(request.getModelVersion().getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest.digest(), FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static CodedException wrong(String detail) {
        return new CodedException(ErrorCode.INVALID_REQUEST, detail);
    }
}
