package io.sluice.ingest.importjob;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.ErrorCode;
import io.sluice.ingest.handover.BatchItem;
import io.sluice.ingest.handover.BatchItems;
import io.sluice.ingest.ledger.Ledger;
import io.sluice.messaging.work.Finished;
import io.sluice.messaging.work.Outcome;

/** Decides items in the transaction that ends their work, under their job: primaries, covers, containers, then the ledger. */
@ApplicationScoped
class DecideItems {

    private final ItemsAtHand atHand;
    private final BringPrimaries primaries;
    private final BringCovers covers;
    private final BringContainers containers;
    private final BatchItems items;
    private final Ledger ledger;
    private final ImportMetrics metrics;
    private final JobSignals signals;

    DecideItems(
            ItemsAtHand atHand,
            BringPrimaries primaries,
            BringCovers covers,
            BringContainers containers,
            BatchItems items,
            Ledger ledger,
            ImportMetrics metrics,
            JobSignals signals) {
        this.atHand = atHand;
        this.primaries = primaries;
        this.covers = covers;
        this.containers = containers;
        this.items = items;
        this.ledger = ledger;
        this.metrics = metrics;
        this.signals = signals;
    }

    void decide(Handle tx, List<Finished<ItemResult>> finished) {
        TreeMap<ItemKey, Finished<ItemResult>> byKey = new TreeMap<>();
        finished.forEach(one -> byKey.put(ItemKey.parse(one.work().key()), one));
        // Key order: jobs are shared in the same order by all.
        Map<String, ItemsAtHand.OfJob> jobs = atHand.share(tx, byKey.keySet());
        TreeMap<String, TreeMap<Integer, Finished<ItemResult>>> byJob = new TreeMap<>();
        byKey.forEach((key, one) ->
                byJob.computeIfAbsent(key.jobId(), id -> new TreeMap<>()).put(key.position(), one));
        byJob.forEach((jobId, ends) -> {
            ItemsAtHand.OfJob job = jobs.get(jobId);
            if (job != null) {
                decide(tx, job, ends);
            }
        });
    }

    private void decide(Handle tx, ItemsAtHand.OfJob of, TreeMap<Integer, Finished<ItemResult>> ends) {
        Reckoning reckoning = new Reckoning(of.job(), of.batch());
        List<BringPrimaries.Read> primariesRead = new ArrayList<>();
        List<BringCovers.Read> coversRead = new ArrayList<>();
        List<BatchItem> groups = new ArrayList<>();
        ends.forEach((position, end) -> {
            BatchItem item = of.item(position);
            if (item == null) {
                return;
            }
            switch (end.outcome()) {
                case Outcome.Ok<ItemResult>(ItemResult.Primary primary) ->
                    primariesRead.add(new BringPrimaries.Read(item, primary));
                case Outcome.Ok<ItemResult>(ItemResult.Cover cover) ->
                    coversRead.add(new BringCovers.Read(item, cover));
                case Outcome.Ok<ItemResult>(ItemResult.Group _) -> groups.add(item);
                case Outcome.Ok<ItemResult>(ItemResult.NotWanted _) -> {}
                case Outcome.Failed<ItemResult>(ErrorCode code, String reason) -> {
                    if (end.last()) {
                        reckoning.failed(item, code, reason);
                    }
                }
                case Outcome.Interrupted<ItemResult> _ -> {}
            }
        });
        primaries.bring(tx, reckoning, primariesRead);
        covers.bring(tx, reckoning, coversRead);
        containers.bring(tx, reckoning, groups);
        items.decide(tx, of.batch().id(), reckoning.decisions(), true);
        ledger.append(tx, reckoning.entries());
        tx.afterCommit(() -> {
            metrics.decided(reckoning.decisions().values());
            signals.decided();
        });
    }
}
