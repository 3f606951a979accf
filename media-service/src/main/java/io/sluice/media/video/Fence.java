package io.sluice.media.video;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Puts a program into a network of its own that has no other end. Whether the kernel lets us is tried once: as root
 * plainly, else inside a user namespace where we stay who we are.
 */
final class Fence {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final List<List<String>> WAYS =
            List.of(List.of("--net"), List.of("--user", "--map-current-user", "--net"));

    private final List<String> prefix;

    private Fence(List<String> prefix) {
        this.prefix = prefix;
    }

    /** The first way that works here, or none. */
    static Fence tried() {
        Path unshare = Program.find("unshare").orElse(null);
        if (unshare != null) {
            for (List<String> way : WAYS) {
                List<String> command = new ArrayList<>();
                command.add(unshare.toString());
                command.addAll(way);
                command.add("--");
                if (works(command)) {
                    return new Fence(List.copyOf(command));
                }
            }
        }
        return new Fence(List.of());
    }

    boolean holds() {
        return !prefix.isEmpty();
    }

    List<String> around(List<String> command) {
        List<String> fenced = new ArrayList<>(prefix);
        fenced.addAll(command);
        return fenced;
    }

    private static boolean works(List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("/bin/sh", "-c", "exit 0"));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
