package io.sluice.media.video;

import java.io.IOException;
import java.io.OutputStream;
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
 * a shell keeps a watcher at the other end of a pipe that the kernel closes when we die, however we die. (A parent-death
 * signal would hang on the thread that started the child.) A line through the pipe sends the watcher home.
 */
final class BoundedChild implements AutoCloseable {

    private static final String START = """
            exec 3<&0 </dev/null
            (read -r _ <&3 || { kill -KILL $$; rm -f source stream frame*.png; rmdir "$PWD"; }) >/dev/null 2>&1 &
            exec 3<&-
            ulimit -c 0 && ulimit -n 64 && ulimit -f "$1" && ulimit -d "$2" && shift 2 && exec "$@"
            """;

    private static final int BLOCK = 512;
    private static final int LONGEST_LINE = 64 * 1024;
    private static final Duration LAST_LINES = Duration.ofSeconds(2);

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

    long pid() {
        return process.pid();
    }

    /** Kills it when it still runs. */
    @Override
    public void close() {
        // Not Process.destroyForcibly(): that closes the pipe, and the watcher would kill a number that may be
        // another's.
        process.toHandle().destroyForcibly();
        boolean interrupted = Thread.interrupted();
        try (OutputStream watcher = process.getOutputStream()) {
            process.waitFor(LAST_LINES.toMillis(), TimeUnit.MILLISECONDS);
            watcher.write('\n');
        } catch (IOException e) {
            // The watcher is gone already.
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
