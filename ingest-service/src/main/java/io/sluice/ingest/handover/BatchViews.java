package io.sluice.ingest.handover;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import com.google.protobuf.Timestamp;

import io.sluice.contract.ingest.v1.BatchDetail;
import io.sluice.contract.ingest.v1.BatchView;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.contract.ingest.v1.ManifestSummary;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.library.Libraries;
import io.sluice.ingest.library.Library;
import io.sluice.ingest.location.InList;

/** What is shown of batches: the row, and beside it its library, its items' decisions and the job that has it. */
@ApplicationScoped
public class BatchViews {

    private final Libraries libraries;
    private final Batches batches;
    private final BatchItems items;
    private final Instance<BatchJobs> jobs;

    BatchViews(Libraries libraries, Batches batches, BatchItems items, @Any Instance<BatchJobs> jobs) {
        this.libraries = libraries;
        this.batches = batches;
        this.items = items;
        this.jobs = jobs;
    }

    /** @throws io.sluice.contract.CodedException {@code NOT_FOUND} with the cure */
    public BatchDetail detail(Handle handle, SyncId syncId) {
        Batch batch = batches.known(handle, syncId);
        ManifestClaims claims = batch.claims();
        ManifestSummary.Builder manifest = ManifestSummary.newBuilder()
                .setVerificationPassed(claims.verifiedPassed())
                .setVerificationTotalFiles(claims.verifiedFiles())
                .setPriorSyncId(text(claims.prior()))
                .setSupersededBy(text(batch.supersededBy()));
        set(claims.created(), manifest::setCreatedAt);
        set(claims.completed(), manifest::setCompletedAt);
        return BatchDetail.newBuilder()
                .setBatch(views(handle, List.of(batch)).getFirst())
                .setManifest(manifest)
                .addAllWarnings(batch.warnings())
                .setJobs(jobs.isResolvable() ? jobs.get().count(handle, batch.id()) : 0)
                .setItems(items.count(handle, batch.id()))
                .build();
    }

    /** In the same order; a few statements for all of them. */
    List<BatchView> views(Handle handle, List<Batch> shown) {
        Map<String, Library> known = libraries.all(handle);
        List<BatchId> ids = shown.stream().map(Batch::id).toList();
        Map<BatchId, Tally> tallies = tallies(handle, ids);
        Map<BatchId, ImportJob> active = jobs.isResolvable() ? jobs.get().active(handle, ids) : Map.of();
        return shown.stream()
                .map(batch -> view(
                        batch,
                        known.get(batch.libraryId()),
                        tallies.getOrDefault(batch.id(), Tally.NONE),
                        active.get(batch.id())))
                .toList();
    }

    /** Read from the index alone. */
    private static Map<BatchId, Tally> tallies(Handle handle, Collection<BatchId> batches) {
        Map<BatchId, Tally> tallies = new HashMap<>();
        InList.of(batches.stream().map(BatchId::value).sorted().toList()).forEach(list -> list.bind(
                        handle.createQuery("SELECT batch_id, decision, COUNT(*) AS count FROM ingest_batch_item"
                                + " FORCE INDEX (by_decision) WHERE batch_id IN (" + list.marks()
                                + ") AND decision IS NOT NULL GROUP BY batch_id, decision"),
                        0)
                .map((row, context) -> Map.entry(
                        new BatchId(row.getLong("batch_id")),
                        new Tally(Map.of(Decision.ofWord(row.getString("decision")), row.getLong("count")))))
                .forEach(entry -> tallies.merge(entry.getKey(), entry.getValue(), Tally::plus)));
        return tallies;
    }

    private static BatchView view(Batch batch, @Nullable Library library, Tally tally, @Nullable ImportJob active) {
        ManifestClaims claims = batch.claims();
        BatchView.Builder view = BatchView.newBuilder()
                .setSyncId(batch.syncId().text())
                .setLibraryId(batch.libraryId())
                .setLibraryName(library == null ? "" : library.name())
                .setState(batch.state().word())
                .setVerdict(batch.verdict().word())
                .setReason(batch.reason())
                .setPointer(batch.pointer())
                .setSyncType(claims.syncType())
                .setAction(claims.action())
                .setItemCount(claims.itemCount())
                .setTotalBytes(claims.totalBytes())
                .setSourceHost(claims.sourceHost())
                .setManifestSha256(StoreJudgement.bytes(batch.manifestSha256()))
                .setTally(tally.told())
                .setLastError(batch.lastError())
                .setVersion(batch.version())
                .setNeedsHand(batch.state() == BatchState.FAILED
                        || batch.state() == BatchState.PARTIAL
                        || (active != null && active.getStuck()));
        set(batch.startedAt(), view::setStartedAt);
        set(batch.completedAt(), view::setCompletedAt);
        set(batch.look().seenAt(), view::setSeenAt);
        set(batch.stateSince(), view::setStateSince);
        if (active != null) {
            view.setActiveJob(active);
        }
        return view.build();
    }

    private static String text(@Nullable SyncId syncId) {
        return syncId == null ? "" : syncId.text();
    }

    /** A field of that message. */
    interface TimeField {
        Object set(Timestamp time);
    }

    static void set(@Nullable Instant time, TimeField field) {
        if (time != null) {
            field.set(Timestamp.newBuilder()
                    .setSeconds(time.getEpochSecond())
                    .setNanos(time.getNano())
                    .build());
        }
    }
}
