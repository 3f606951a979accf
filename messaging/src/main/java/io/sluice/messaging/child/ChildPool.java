package io.sluice.messaging.child;

import java.time.Duration;
import java.util.List;

/**
 * Child JVMs that answer one request at a time over stdin and stdout (4-byte length, then the bytes; the child's side is
 * {@link ChildServer}). One that dies, hangs past its time limit or breaks the protocol is killed and replaced.
 */
public final class ChildPool implements AutoCloseable {

    /**
     * @param name for logs and metrics
     * @param mainClass the child's main class, on this process's own class path unless {@code classPath} says else
     * @param jvmArgs e.g. {@code -Xmx64m}; native access is on
     * @param size children at once; started when first needed
     * @param maxDataBytes limit of the child's private writable memory (RLIMIT_DATA), 0 for none
     */
    public record Settings(
            String name, Class<?> mainClass, List<String> jvmArgs, int size, long maxDataBytes, int requestsPerChild) {}

    public ChildPool(Settings settings) {
        throw new UnsupportedOperationException("skeleton " + settings);
    }

    /**
     * Waits for a free child and asks it.
     *
     * @throws io.sluice.contract.CodedException {@code CHILD_DIED} or {@code CHILD_TIMED_OUT}, with what the child last
     *     said on stderr
     */
    public byte[] call(byte[] request, Duration timeLimit) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Kills all children. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("skeleton");
    }
}
