package io.sluice.messaging.child;

import java.util.function.UnaryOperator;

/** The child's side of a {@link ChildPool}. */
public final class ChildServer {

    private ChildServer() {}

    /** Answers requests from stdin on stdout until stdin ends. Nothing else may write to stdout. */
    public static void serve(UnaryOperator<byte[]> answer) {
        throw new UnsupportedOperationException("skeleton");
    }
}
