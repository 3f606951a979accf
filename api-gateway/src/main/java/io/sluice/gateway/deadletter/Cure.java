package io.sluice.gateway.deadletter;

import io.sluice.contract.ErrorCode;

/** What to do about a dead letter, in one sentence for each error code. */
final class Cure {

    private Cure() {}

    static String of(ErrorCode code) {
        return switch (code) {
            case FILE_UNREADABLE -> "Make the file readable for the service (permissions, disk, mount), then redrive.";
            case FILE_VANISHED ->
                "Bring the file back and redrive, or acknowledge: the next scan tells that it is gone.";
            case FILE_EMPTY -> "Have the file delivered with its bytes: what is observed anew is tried by itself.";
            case SOURCE_CHANGED -> "Have the library scanned, then redrive: the file is not the one that was observed.";
            case LIBRARY_STALE -> "Bring the library's mount back, then redrive.";

            case CHILD_DIED ->
                "Look at the file and at the memory that a decoder may take; raise that or mend the file, then redrive.";
            case CHILD_TIMED_OUT ->
                "See whether the machine was too busy or the file is out of the ordinary; raise the time limit, then redrive.";
            case DECODER_MISSING -> "Install the decoder that the cause names, then redrive.";
            case WORKER_LOST ->
                "The service's process died over it several times: look at its log and its memory limit, then redrive.";

            case UNREADABLE_MESSAGE ->
                "Upgrade this service if a newer one wrote the message, then redrive; else acknowledge: it says nothing to us.";
            case RECORD_TOO_LARGE ->
                "Raise the largest record of the broker and the topic, then redrive: all of its key waits behind it.";

            case MANIFEST_INVALID,
                    MANIFEST_TOO_LARGE,
                    PATH_ESCAPES,
                    PAYLOAD_MISSING,
                    PAYLOAD_DIFFERS,
                    EXTERNAL_HASH_CONFLICT,
                    PARENT_UNKNOWN,
                    ITEM_TYPE_REFUSED ->
                "The sender has to mend the bundle and deliver it again; acknowledge this one.";
            case BATCH_NOT_CONSUMABLE, BATCH_ALREADY_IMPORTED, JOB_NOT_CANCELLABLE ->
                "Look at the batch and its jobs: what was asked for does not fit their state; acknowledge this one.";

            case NOT_AN_IMAGE, FORMAT_REFUSED, IMAGE_DAMAGED, NOT_A_VIDEO, VIDEO_DAMAGED, PLAYLIST_INVALID ->
                "The file cannot be decoded as it is: replace it and it is tried by itself, or acknowledge.";
            case TOO_MANY_PIXELS, VIDEO_TOO_LARGE ->
                "Raise the limit that the cause names and redrive, or acknowledge: the file is larger than allowed.";

            case DATABASE_UNAVAILABLE -> "Bring the database back, then redrive.";
            case BROKER_UNAVAILABLE -> "Bring the broker back, then redrive.";
            case SERVICE_UNAVAILABLE -> "Bring the service back that the cause names, then redrive.";
            case STORE_FULL -> "Make room in the rendition store, then redrive.";
            case STORE_UNAVAILABLE -> "Bring the rendition store back, then redrive.";
            case TOO_MANY_REQUESTS, RENDITION_PENDING, LEASE_LOST, INTERRUPTED ->
                "Nothing is wrong with it: it was interrupted; redrive.";

            case INVALID_REQUEST,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    PLAYBACK_EXPIRED,
                    CSRF_REQUIRED,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    NOT_ACCEPTABLE,
                    CONFLICT,
                    PRECONDITION_FAILED,
                    CONTENT_TOO_LARGE,
                    MEDIA_TYPE_REFUSED,
                    RANGE_NOT_SATISFIABLE,
                    IDEMPOTENCY_KEY_REUSED,
                    RENDITION_FAILED,
                    RENDITION_UNSUPPORTED ->
                "What the cause names was refused: put that right and redrive, or acknowledge.";
            case INTERNAL -> "This is a defect of ours: report it with its cause, and redrive once a release mends it.";
        };
    }
}
