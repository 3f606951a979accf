package io.sluice.gateway.bytes;

import org.jspecify.annotations.Nullable;

/**
 * How bytes are described to a client.
 *
 * @param kind original, rendition or stream, for the meters
 * @param etag strong, with its quotes
 * @param disposition value of Content-Disposition; null for none
 * @param sandboxed whether a browser must treat it as hostile
 */
record Entity(
        String kind,
        String etag,
        String mediaType,
        String cacheControl,
        @Nullable String disposition,
        boolean sandboxed) {

    /** The address names the content, so that it can never be something else; only for the one who may see it. */
    static final String IMMUTABLE = "private, max-age=31536000, immutable";

    /** Ask again every time; the entity tag makes that cheap. */
    static final String REVALIDATE = "private, no-cache";

    /** Of a stream that is whole: a player that goes back asks for what it has. */
    static final String AN_HOUR = "private, max-age=3600";

    /** Nothing in it runs, nothing in it loads. */
    static final String SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
}
