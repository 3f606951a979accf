package io.sluice.contract;

import org.jspecify.annotations.Nullable;

/** A whole operation failed; its code says what happens next, its message tells a person the cause and the cure. */
public final class CodedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public CodedException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public CodedException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
