package io.sluice.localstack;

/** Why the local stack cannot go on, in words for the person in front of it, with what to do about it. */
public final class StackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
