package io.sluice.ingest.importjob;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.ingest.handover.Batch;
import io.sluice.ingest.handover.BatchItem;
import io.sluice.ingest.handover.BatchItem.Decided;
import io.sluice.ingest.handover.BatchItems;
import io.sluice.ingest.handover.Batches;
import io.sluice.ingest.handover.Decision;

/** Finds what a batch of item work is about: jobs, their batches, their items; one statement a table and job. */
@ApplicationScoped
class ItemsAtHand {

    private final Jobs jobs;
    private final Batches batches;
    private final BatchItems items;

    ItemsAtHand(Jobs jobs, Batches batches, BatchItems items) {
        this.jobs = jobs;
        this.batches = batches;
        this.items = items;
    }

    /** A job that runs, and those of its items that are asked for and that it has not decided, by position. */
    record OfJob(Job job, Batch batch, TreeMap<Integer, BatchItem> undecided) {

        @Nullable
        BatchItem item(int position) {
            return undecided.get(position);
        }
    }

    /** As it is now. */
    Map<String, OfJob> find(Handle handle, Collection<ItemKey> keys) {
        return find(handle, keys, false);
    }

    /** The jobs run to the transaction's end; who takes one over waits for it. */
    Map<String, OfJob> share(Handle tx, Collection<ItemKey> keys) {
        return find(tx, keys, true);
    }

    private Map<String, OfJob> find(Handle handle, Collection<ItemKey> keys, boolean share) {
        TreeMap<String, TreeSet<Integer>> positions = new TreeMap<>();
        keys.forEach(key ->
                positions.computeIfAbsent(key.jobId(), id -> new TreeSet<>()).add(key.position()));
        Map<String, OfJob> found = new HashMap<>();
        positions.forEach((jobId, wanted) -> {
            Job job = (share ? jobs.share(handle, jobId) : jobs.find(handle, jobId)).orElse(null);
            if (job == null || job.state() != JobState.RUNNING) {
                return;
            }
            batches.find(handle, job.batch())
                    .ifPresent(batch -> found.put(
                            jobId, new OfJob(job, batch, undecided(items.find(handle, batch.id(), wanted), job))));
        });
        return found;
    }

    private static TreeMap<Integer, BatchItem> undecided(List<BatchItem> found, Job job) {
        TreeMap<Integer, BatchItem> undecided = new TreeMap<>();
        for (BatchItem item : found) {
            if (isUndecided(item.decided(), job)) {
                undecided.put(item.position(), item);
            }
        }
        return undecided;
    }

    /** The same words as {@link BatchItems#undecided}, of one item. */
    private static boolean isUndecided(@Nullable Decided decided, Job job) {
        if (decided == null || decided.by() != Decision.By.IMPORT) {
            return true;
        }
        return !job.id().equals(decided.jobId()) && !decided.decision().terminal();
    }
}
