package io.sluice.media.image;

import io.sluice.contract.ErrorCode;

/** A step that ends a picture's way inside the child; it becomes {@link LadderAnswer.Refused}. */
final class DecodeFailure extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 300;

    private final ErrorCode code;

    DecodeFailure(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    LadderAnswer.Refused refusal() {
        String reason = String.valueOf(getMessage());
        return new LadderAnswer.Refused(code, reason.length() > LONGEST ? reason.substring(0, LONGEST) : reason);
    }
}
