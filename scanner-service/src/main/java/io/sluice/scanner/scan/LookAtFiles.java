package io.sluice.scanner.scan;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jakarta.inject.Singleton;

import io.sluice.messaging.Transactions;
import io.sluice.scanner.inventory.Inventory;
import io.sluice.scanner.inventory.ObservationPlan;
import io.sluice.scanner.inventory.ObserveFiles;
import io.sluice.scanner.inventory.ObservedFile;
import io.sluice.scanner.walk.RawPath;
import io.sluice.scanner.walk.SeenFile;
import io.sluice.scanner.walk.StabilityGate;
import io.sluice.scanner.walk.Stats;

/** Takes a batch of seen files through detect, plan, commit: two look-ups, and one transaction if anything is new. */
@Singleton
class LookAtFiles {

    /** Files in a batch: one look-up, and at most one transaction of about 100 ms. */
    static final int BATCH = Inventory.LOOK_UP;

    private final Transactions transactions;
    private final Inventory inventory;
    private final ObserveFiles observe;
    private final Stats stats;
    private final StabilityGate gate;

    LookAtFiles(Transactions transactions, Inventory inventory, ObserveFiles observe, Stats stats, StabilityGate gate) {
        this.transactions = transactions;
        this.inventory = inventory;
        this.observe = observe;
        this.stats = stats;
        this.gate = gate;
    }

    /**
     * What came of a batch.
     *
     * @param fileIds of every file in it
     * @param told how many were stored and told
     */
    record Looked(List<Long> fileIds, int told) {}

    /** @param seenAt not after the first of the looks */
    Looked look(ScanContext context, List<SeenFile> seen, Instant seenAt) {
        PlanObservations planner = detect(context, seen, seenAt);
        ObservationPlan plan = planner.plan(seen);
        List<Long> fileIds = new ArrayList<>(planner.unchanged());
        if (!plan.isEmpty()) {
            observe.commit(context.library().id(), context.scanId(), plan, context.guard()).stream()
                    .map(ObservedFile::fileId)
                    .forEach(fileIds::add);
        }
        return new Looked(fileIds, plan.observations().size());
    }

    private PlanObservations detect(ScanContext context, List<SeenFile> seen, Instant seenAt) {
        return transactions.read(handle -> {
            Map<RawPath, ObservedFile> holders = inventory.holding(
                    handle,
                    context.library().id(),
                    seen.stream().map(SeenFile::path).distinct().toList());
            List<ObservedFile> sameInode =
                    inventory.withInodes(handle, context.library().id(), PlanObservations.unexplained(seen, holders));
            return new PlanObservations(holders, sameInode, gate, file -> leftItsPath(context, file), seenAt);
        });
    }

    /** In doubt no: then the file seen elsewhere gets a number of its own, and nothing is lost. */
    private boolean leftItsPath(ScanContext context, ObservedFile file) {
        try {
            return stats.ofFile(file.path().under(context.root()))
                    .map(there -> !file.stat().identity().matches(there))
                    .orElse(true);
        } catch (IOException unknown) {
            return false;
        }
    }
}
