package io.sluice.localstack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.sluice.localstack.StackException;

/** Pid and start time of a process: a pid alone may be another program's by now. */
public record PidFile(Path file) {

    private static final Duration END_LIMIT = Duration.ofSeconds(20);

    /** Remembers the process. */
    public void write(ProcessHandle process) throws IOException {
        Files.writeString(file, process.pid() + " " + startOf(process));
    }

    /** The process, when it is the one that was remembered and still runs. */
    public Optional<ProcessHandle> running() {
        try {
            String[] words = Files.readString(file).strip().split(" ", 2);
            long pid = Long.parseLong(words[0]);
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(handle -> words.length == 2 && startOf(handle).equals(words[1]));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Ends what an earlier life left running, and waits for it. */
    void endLeftOver() {
        running().ifPresent(handle -> {
            handle.destroyForcibly();
            try {
                handle.onExit()
                        .orTimeout(END_LIMIT.toSeconds(), TimeUnit.SECONDS)
                        .join();
            } catch (CompletionException e) {
                throw new StackException(
                        "Process " + handle.pid() + " of an earlier run does not end. Kill it: kill -9 " + handle.pid(),
                        e);
            }
        });
    }

    private static String startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toString).orElse("?");
    }
}
