package io.sluice.contract;

import static io.sluice.contract.ErrorKind.CAPACITY;
import static io.sluice.contract.ErrorKind.DEFECT;
import static io.sluice.contract.ErrorKind.SENDER;
import static io.sluice.contract.ErrorKind.TRANSIENT;

import java.util.Locale;

/** Every error there is, with the kind that decides what happens. Travels in gRPC trailers, problem+json, tables and logs. */
public enum ErrorCode {
    // requests
    INVALID_REQUEST(SENDER, 400),
    UNAUTHENTICATED(SENDER, 401),
    FORBIDDEN(SENDER, 403),
    /** A signed playback address whose time is over, or that was never given by us. */
    PLAYBACK_EXPIRED(SENDER, 403),
    /** A write came with the console's cookie but without its CSRF header. */
    CSRF_REQUIRED(SENDER, 403),
    NOT_FOUND(SENDER, 404),
    METHOD_NOT_ALLOWED(SENDER, 405),
    NOT_ACCEPTABLE(SENDER, 406),
    CONFLICT(SENDER, 409),
    PRECONDITION_FAILED(SENDER, 412),
    CONTENT_TOO_LARGE(SENDER, 413),
    MEDIA_TYPE_REFUSED(SENDER, 415),
    RANGE_NOT_SATISFIABLE(SENDER, 416),
    /** An Idempotency-Key that came with another request before. */
    IDEMPOTENCY_KEY_REUSED(SENDER, 422),
    TOO_MANY_REQUESTS(CAPACITY, 429),

    // messages
    UNREADABLE_MESSAGE(DEFECT, 500),
    RECORD_TOO_LARGE(DEFECT, 500),

    // files
    FILE_EMPTY(SENDER, 422),
    FILE_UNREADABLE(TRANSIENT, 503),
    FILE_VANISHED(TRANSIENT, 503),
    /** The file is not the one that was observed; its next observation decides. Never counted. */
    SOURCE_CHANGED(CAPACITY, 503),
    LIBRARY_STALE(CAPACITY, 503),

    // handover bundles
    MANIFEST_INVALID(SENDER, 422),
    MANIFEST_TOO_LARGE(SENDER, 422),
    /** The batch cannot be imported now: it waits, is invalid, superseded, or asks for what we do not do yet. */
    BATCH_NOT_CONSUMABLE(SENDER, 409),
    BATCH_ALREADY_IMPORTED(SENDER, 409),
    JOB_NOT_CANCELLABLE(SENDER, 409),
    /** A path of the manifest that leaves the payload folder; never opened. */
    PATH_ESCAPES(SENDER, 422),
    PAYLOAD_MISSING(SENDER, 422),
    /** The file's size is not the one that its manifest entry claims. */
    PAYLOAD_DIFFERS(SENDER, 422),
    /** The same external hash with other bytes, and no bundle that says it supersedes the former one. */
    EXTERNAL_HASH_CONFLICT(SENDER, 409),
    PARENT_UNKNOWN(SENDER, 422),
    ITEM_TYPE_REFUSED(SENDER, 422),

    // decoding
    NOT_AN_IMAGE(SENDER, 422),
    FORMAT_REFUSED(SENDER, 422),
    IMAGE_DAMAGED(SENDER, 422),
    TOO_MANY_PIXELS(SENDER, 422),
    NOT_A_VIDEO(SENDER, 422),
    /** Cut off or broken inside: what came out is shorter than its container says, or the decoder gave up. */
    VIDEO_DAMAGED(SENDER, 422),
    /** Longer, larger or slower to decode than the limits allow. */
    VIDEO_TOO_LARGE(SENDER, 422),
    /** A stream that was delivered ready-made and is not whole. */
    PLAYLIST_INVALID(SENDER, 422),
    CHILD_DIED(TRANSIENT, 503),
    CHILD_TIMED_OUT(TRANSIENT, 503),
    /** The decoder is not installed; work waits until it is. */
    DECODER_MISSING(CAPACITY, 503),

    // asking for bytes of a rendition that are not there
    RENDITION_PENDING(CAPACITY, 404),
    RENDITION_FAILED(SENDER, 404),
    RENDITION_UNSUPPORTED(SENDER, 404),

    // attempts
    WORKER_LOST(DEFECT, 500),
    LEASE_LOST(CAPACITY, 503),
    INTERRUPTED(CAPACITY, 503),

    // dependencies
    DATABASE_UNAVAILABLE(CAPACITY, 503),
    BROKER_UNAVAILABLE(CAPACITY, 503),
    SERVICE_UNAVAILABLE(CAPACITY, 503),
    STORE_FULL(CAPACITY, 507),
    STORE_UNAVAILABLE(CAPACITY, 503),

    INTERNAL(DEFECT, 500);

    private final ErrorKind kind;
    private final int httpStatus;

    ErrorCode(ErrorKind kind, int httpStatus) {
        this.kind = kind;
        this.httpStatus = httpStatus;
    }

    public ErrorKind kind() {
        return kind;
    }

    /** The status of a REST answer that fails for this. */
    public int httpStatus() {
        return httpStatus;
    }

    /** As it stands in tables, messages, logs and problem+json: lower case with underscores. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The code of that text, {@link #INTERNAL} for one that this release does not know. */
    public static ErrorCode of(String code) {
        for (ErrorCode candidate : values()) {
            if (candidate.code().equals(code)) {
                return candidate;
            }
        }
        return INTERNAL;
    }
}
