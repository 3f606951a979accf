package io.sluice.media.video;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/**
 * One run of ffmpeg or ffprobe. It has no environment, limits on memory, files and core dumps, and does not outlive us:
 * its parent is a shell with a watcher at the other end of a pipe that the kernel closes when we die, however we die. (A
 * parent-death signal would hang on the thread that started the child.) The shell waits for both, so that none of them
 * is left to a process that expects no children.
 */
final class BoundedChild implements AutoCloseable {

    private static final String START = """
            exec 3<&0 </dev/null
            (ulimit -c 0 && ulimit -n 64 && ulimit -f "$1" && ulimit -d "$2" && shift 2 && exec "$@") 3<&- &
            child=$!
            (read -r _ <&3; kill -KILL $child; rm -f source stream frame*.png; rmdir "$PWD") >/dev/null 2>&1 &
            watcher=$!
            exec 3<&- 2>/dev/null
            wait $child
            status=$?
            kill -KILL $watcher
            wait $watcher
            exit $status
            """;

    private static final int BLOCK = 512;
    private static final int LONGEST_LINE = 64 * 1024;
    private static final Duration LAST_LINES = Duration.ofSeconds(2);
    private static final Duration LAST_BREATH = Duration.ofSeconds(5);

    /**
     * @param fileBytes the largest file it may write
     * @param memoryBytes its private writable memory, 0 for no limit
     */
    record Limits(long fileBytes, long memoryBytes) {}

    private final Process process;
    private final LastWords said = new LastWords();
    private final Thread out;
    private final Thread err;

    private BoundedChild(Process process, Consumer<String> lines) {
        this.process = process;
        this.out = Thread.ofVirtual()
                .name("video-child-out")
                .start(() -> LastWords.follow(process.getInputStream(), LONGEST_LINE, lines));
        this.err = Thread.ofVirtual()
                .name("video-child-err")
                .start(() -> LastWords.follow(process.getErrorStream(), LONGEST_LINE, said::add));
    }

    /**
     * Starts it.
     *
     * @param command with the program's absolute path
     * @param lines gets what it prints, on another thread
     */
    static BoundedChild start(List<String> command, Limits limits, Path folder, Consumer<String> lines) {
        List<String> bounded = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                START,
                "sluice-video",
                Long.toString(limits.fileBytes() / BLOCK + 1),
                limits.memoryBytes() == 0 ? "unlimited" : Long.toString(limits.memoryBytes() / 1024)));
        bounded.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(bounded).directory(folder.toFile());
        builder.environment().clear();
        try {
            return new BoundedChild(builder.start(), lines);
        } catch (IOException e) {
            throw new CodedException(
                    ErrorCode.SERVICE_UNAVAILABLE, "A child process cannot be started: " + e.getMessage(), e);
        }
    }

    /** Whether it has ended within that time. */
    boolean awaitEnd(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CodedException(ErrorCode.INTERRUPTED, "interrupted while a video was read", e);
        }
    }

    /** How it ended; all that it printed was handed on. Only after its end. */
    Ending ending() {
        try {
            out.join(LAST_LINES);
            err.join(LAST_LINES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CodedException(ErrorCode.INTERRUPTED, "interrupted while a video was read", e);
        }
        return new Ending(process.exitValue(), said);
    }

    /** Kills it when it still runs. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LAST_BREATH.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
