package io.sluice.scanner.scan;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.sluice.messaging.Transactions;
import io.sluice.scanner.inventory.Inventory;
import io.sluice.scanner.inventory.ObservedFile;
import io.sluice.scanner.walk.FileStat;
import io.sluice.scanner.walk.SeenFile;
import io.sluice.scanner.walk.StabilityGate;
import io.sluice.scanner.walk.Stats;

/**
 * Looks again at files that may still be written to, and tells those that came to rest. Which ones stands in the
 * inventory, so that nothing is forgotten over a restart and nothing is held in memory. A file that is gone is left to
 * the next full scan.
 */
final class LookAgain {

    /** Looked at in one go: some 50 ms; the others come next time. */
    private static final int MOST = 10 * LookAtFiles.BATCH;

    private final Transactions transactions;
    private final Inventory inventory;
    private final LookAtFiles look;
    private final Stats stats;
    private final StabilityGate gate;
    private final ScanConfig config;
    private final ScanMetrics metrics;
    private long lastNs = System.nanoTime();
    private long after;

    LookAgain(
            Transactions transactions,
            Inventory inventory,
            LookAtFiles look,
            Stats stats,
            StabilityGate gate,
            ScanConfig config,
            ScanMetrics metrics) {
        this.transactions = transactions;
        this.inventory = inventory;
        this.look = look;
        this.stats = stats;
        this.gate = gate;
        this.config = config;
        this.metrics = metrics;
    }

    void ifDue(ScanContext context, ScanWatch watch) {
        if (System.nanoTime() - lastNs < config.lookAgainAfter().toNanos()) {
            return;
        }
        int lookedAt = 0;
        List<ObservedFile> page;
        do {
            long start = after;
            page = transactions.read(
                    handle -> inventory.unstable(handle, context.library().id(), start, LookAtFiles.BATCH));
            after = page.size() < LookAtFiles.BATCH ? 0 : page.getLast().fileId();
            lookedAt += page.size();
            lookAt(context, page, watch);
        } while (page.size() == LookAtFiles.BATCH && lookedAt < MOST);
        lastNs = System.nanoTime();
    }

    private void lookAt(ScanContext context, List<ObservedFile> page, ScanWatch watch) {
        Instant now = Instant.now();
        List<SeenFile> atRest = new ArrayList<>();
        for (ObservedFile file : page) {
            watch.sign();
            if (file.holdsPath()) {
                at(context, file)
                        .filter(stat -> gate.passes(stat, now, file.stat(), file.observedAt()))
                        .ifPresent(stat -> atRest.add(new SeenFile(file.path(), stat)));
            }
        }
        watch.away();
        if (!atRest.isEmpty()) {
            metrics.told(
                    context.library().name(), look.look(context, atRest, now).told());
        }
    }

    private Optional<FileStat> at(ScanContext context, ObservedFile file) {
        try {
            return stats.ofFile(file.path().under(context.root()));
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }
}
