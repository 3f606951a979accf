package io.sluice.media.video;

import io.sluice.contract.ErrorCode;

/** What ends a video's way inside this package; at its door it becomes a refusal. */
final class VideoFailure extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 400;

    private final ErrorCode code;

    VideoFailure(ErrorCode code, String reason) {
        super(reason.length() > LONGEST ? reason.substring(0, LONGEST) : reason);
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
