package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Waits until everything holds that must hold at rest, with the full scans that notice what went away. */
final class Settling {

    private static final Duration SCAN_EVERY = Duration.ofSeconds(10);

    /** Older than any temporary file may become. */
    private static final Duration OLD = Duration.ofHours(2);

    private static final Duration SWEPT = Duration.ofSeconds(30);

    private final Stage stage;
    private final Invariants invariants;
    private final Consumer<String> say;
    private final Strike strike;

    Settling(Stage stage, Deliveries deliveries, Consumer<String> say) {
        this.stage = stage;
        this.invariants = new Invariants(stage, deliveries);
        this.say = say;
        this.strike = new Strike(stage);
    }

    List<String> checks() {
        return invariants.names();
    }

    /** Nothing when it came to rest; else all that did not hold at the end of that time. */
    List<Violation> within(Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        long scanned = 0;
        long told = start;
        while (System.nanoTime() - start < limit.toNanos()) {
            if (scanned == 0 || System.nanoTime() - scanned > SCAN_EVERY.toNanos()) {
                strike.scanAll();
                scanned = System.nanoTime();
            }
            List<Violation> open = invariants.first();
            if (open.isEmpty() && invariants.all().isEmpty()) {
                say.accept(String.format("All at rest after %.1f s", (System.nanoTime() - start) / 1e9));
                return List.of();
            }
            if (!open.isEmpty() && System.nanoTime() - told > SCAN_EVERY.toNanos()) {
                say.accept("  not at rest: " + open.getFirst().check() + ": "
                        + open.getFirst().text());
                told = System.nanoTime();
            }
            Thread.sleep(500);
        }
        return invariants.all();
    }

    /**
     * Makes what writers that died have left look old, starts media anew, whose sweep runs then, and tells what is left.
     * Elsewhere it goes after an hour by itself.
     */
    List<String> leftTemporaryFiles() throws IOException, InterruptedException {
        StoreChecked store = new StoreChecked(stage);
        List<Path> left = store.temporaryFiles();
        if (left.isEmpty()) {
            return List.of();
        }
        say.accept(left.size() + " temporary files of processes that died; made old, to see that they are swept");
        FileTime old = FileTime.from(Instant.now().minus(OLD));
        for (Path file : left) {
            try {
                Files.setLastModifiedTime(file, old);
            } catch (NoSuchFileException gone) {
                // As it should be.
            }
        }
        stage.stack().service("media").stop();
        strike.bringBack(stage.stack().service("media"));
        long start = System.nanoTime();
        while (!left.isEmpty() && System.nanoTime() - start < SWEPT.toNanos()) {
            Thread.sleep(500);
            left = store.temporaryFiles();
        }
        return FilesChecked.few(left.stream().map(Path::toString).toList());
    }
}
