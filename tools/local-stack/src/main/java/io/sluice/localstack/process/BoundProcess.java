package io.sluice.localstack.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.sluice.localstack.StackException;

/**
 * A child process that does not outlive this one, however this one ends.
 *
 * <p>It is started through a small shell that keeps a watcher at the other end of a pipe: when we die (kill -9 too) the
 * kernel closes our end, the watcher wakes up and kills the child. A parent-death signal would hang on the thread that
 * started the child, which in a JVM comes and goes. The child leads a session of its own, so that Ctrl-C in a terminal
 * reaches only us and we stop things in order. The shell replaces itself by the child: {@link #pid} is the child's own.
 */
public final class BoundProcess {

    private static final String WATCHED_START = """
            exec 3<&0 </dev/null
            ( read -r _ <&3; kill -KILL $$ ) 2>/dev/null &
            exec 3<&-
            exec "$@"
            """;

    private final String name;
    private final Process process;
    private final ProcessLog log;
    private final Instant since;

    private BoundProcess(String name, Process process, ProcessLog log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.since = Instant.now();
    }

    /**
     * What to start.
     *
     * @param name for messages
     * @param command program and arguments
     * @param directory working directory, must exist
     * @param log gets stdout and stderr, appended
     * @param pidFile remembers the process, so that a left-over of an earlier life is ended before the new one starts
     */
    public record Command(String name, List<String> command, Path directory, Path log, Path pidFile) {}

    /** Starts it and returns at once. */
    public static BoundProcess start(Command what) {
        PidFile pidFile = new PidFile(what.pidFile());
        pidFile.endLeftOver();
        ProcessLog log = new ProcessLog(what.log());
        log.startNew();
        List<String> watched = new ArrayList<>(List.of("setsid", "sh", "-c", WATCHED_START, "sluice"));
        watched.addAll(what.command());
        ProcessBuilder builder = new ProcessBuilder(watched)
                .directory(what.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(what.log().toFile()));
        // A debugger or agent meant for us is not meant for every child.
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        // File names are bytes; in the POSIX locale Java could not open those outside ASCII.
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            Process process = builder.start();
            pidFile.write(process.toHandle());
            return new BoundProcess(what.name(), process, log);
        } catch (IOException e) {
            throw new StackException("Cannot start " + what.name() + ": " + e.getMessage(), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** When it was started, by this machine's clock. */
    public Instant since() {
        return since;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    /** SIGTERM, and SIGKILL when that was not heard within the time. */
    public void stop(Duration patience) {
        // Not Process.destroy(): that closes the pipe too, and the watcher would kill at once.
        process.toHandle().destroy();
        if (!awaitEnd(patience)) {
            kill();
        }
    }

    /** Whether it has ended within that time. */
    public boolean awaitEnd(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Throws with the end of its log when it is no longer running. */
    public void ensureAlive() {
        if (!isAlive()) {
            throw new StackException(name + " ended with exit code " + process.exitValue() + ". The end of "
                    + log.file() + ":\n" + log.tail());
        }
    }

    /** The exception for a process that runs but does not become ready, with the end of its log. */
    public StackException notReadyWithin(Duration limit) {
        return new StackException(name + " was not ready within " + limit.toSeconds() + " s. The end of " + log.file()
                + ":\n" + log.tail());
    }
}
