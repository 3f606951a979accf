package io.sluice.messaging.child;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** The child's side of a {@link ChildPool}. */
public final class ChildServer {

    /** Longest request or answer, in bytes. */
    static final int MAX_FRAME = 16 << 20;

    private static final int BROKEN = 70;
    private static final long PARENT_CHECK_MILLIS = 1_000;

    private ChildServer() {}

    /**
     * Answers requests from stdin on stdout until stdin ends; then, or when the parent is gone, the process ends. What
     * else writes to {@code System.out} goes to stderr. An exception of {@code answer} ends the process: the parent
     * sees its stack trace.
     */
    public static void serve(UnaryOperator<byte[]> answer) {
        DataInputStream requests = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream answers =
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        System.setOut(System.err);
        endWithParent();
        try {
            while (true) {
                byte[] request = new byte[requests.readInt()];
                requests.readFully(request);
                byte[] result = answer.apply(request);
                answers.writeInt(result.length);
                answers.write(result);
                answers.flush();
            }
        } catch (EOFException e) {
            Runtime.getRuntime().halt(0);
        } catch (IOException | RuntimeException | Error e) {
            System.err.println(e);
            StackTraceElement[] trace = e.getStackTrace();
            System.err.println(trace.length == 0 ? "no trace" : "at " + trace[0]);
            Runtime.getRuntime().halt(BROKEN);
        }
    }

    /** A parent that was killed cannot end a child that hangs in native code; the child watches for itself. */
    private static void endWithParent() {
        ProcessHandle parent = ProcessHandle.current().parent().orElse(null);
        if (parent == null) {
            return;
        }
        parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            long pid = parent.pid();
            while (ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L) == pid) {
                try {
                    Thread.sleep(PARENT_CHECK_MILLIS);
                } catch (InterruptedException e) {
                    return;
                }
            }
            Runtime.getRuntime().halt(1);
        });
    }
}
