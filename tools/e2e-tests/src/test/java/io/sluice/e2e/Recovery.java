package io.sluice.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/** Kills a process while there is work for it, and measures how long it takes to go on with it. */
final class Recovery {

    private static final int PICTURES = 5;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final SluiceClient client;
    private final Path library;
    private final Pictures pictures;
    private final Map<String, Double> seconds = new TreeMap<>();

    Recovery(SluiceClient client, Path library, Pictures pictures) {
        this.client = client;
        this.library = library;
        this.pictures = pictures;
    }

    /** From readiness to the first work done, by process. */
    Map<String, Double> seconds() {
        return seconds;
    }

    /** @param back brings the process back, and returns when it is ready */
    void of(String process, Runnable kill, Runnable back) throws IOException {
        kill.run();
        String folder = "while-" + process + "-was-away/";
        Files.createDirectories(library.resolve(folder));
        for (int i = 0; i < PICTURES; i++) {
            Files.write(library.resolve(folder + i + ".jpg"), pictures.jpeg());
        }
        long started = System.nanoTime();
        back.run();
        long ready = System.nanoTime();
        Awaitility.await(process + " goes on")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(RuntimeException.class)
                .until(() -> wentOn(process, folder, client.stateLines()));
        long wentOn = System.nanoTime();
        seconds.put(process, (wentOn - ready) / 1e9);
        System.out.printf(
                "Recovery of %s: ready after %.1f s, its first work done %.1f s later%n",
                process, (ready - started) / 1e9, (wentOn - ready) / 1e9);
        Awaitility.await("all that came while " + process + " was away is rendered")
                .atMost(LIMIT)
                .ignoreExceptionsInstanceOf(RuntimeException.class)
                .until(() -> rendered(folder, client.stateLines()) == PICTURES);
    }

    private boolean wentOn(String process, String folder, List<String> lines) {
        return switch (process) {
            case "scanner", "kafka" -> lines.stream().anyMatch(line -> isLocation(line, folder));
            case "ingest" -> hashes(folder, lines).findAny().isPresent();
            case "media" -> rendered(folder, lines) > 0;
            case "search" -> {
                List<String> found = client.found();
                yield hashes(folder, lines).anyMatch(found::contains);
            }
            // It answered.
            case "gateway" -> !lines.isEmpty();
            default -> throw new IllegalArgumentException(process);
        };
    }

    private static boolean isLocation(String line, String folder) {
        return line.startsWith("location ") && line.contains(" " + folder);
    }

    /** {@code location <library> <path> <hash or -> present} */
    private static Stream<String> hashes(String folder, List<String> lines) {
        return lines.stream()
                .filter(line -> isLocation(line, folder))
                .map(line -> line.split(" ", -1)[3])
                .filter(hash -> !hash.equals("-"));
    }

    private static long rendered(String folder, List<String> lines) {
        return hashes(folder, lines)
                .filter(hash -> lines.stream()
                        .anyMatch(line -> line.startsWith("rendition " + hash + " ") && line.contains(" ready ")))
                .count();
    }
}
