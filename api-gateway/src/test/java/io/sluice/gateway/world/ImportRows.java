package io.sluice.gateway.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.uuid.Generators;
import com.google.protobuf.util.Timestamps;

import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.BatchDetail;
import io.sluice.contract.ingest.v1.BatchItem;
import io.sluice.contract.ingest.v1.BatchView;
import io.sluice.contract.ingest.v1.ContainerState;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.contract.ingest.v1.LedgerEntry;
import io.sluice.contract.ingest.v1.QueueImportsRequest;
import io.sluice.contract.ingest.v1.QueueImportsResponse;
import io.sluice.contract.ingest.v1.QueuedImport;

/** What the fake of ingest's imports keeps, with the refusals of the real one; guarded by its owner. */
final class ImportRows {

    final Map<String, BatchDetail> batches = new LinkedHashMap<>();
    final Map<String, List<BatchItem>> items = new HashMap<>();
    final List<ImportJob> jobs = new ArrayList<>();
    final List<LedgerEntry> ledger = new ArrayList<>();
    final Map<String, ContainerState> containers = new TreeMap<>();
    final Map<String, List<AssetState>> members = new HashMap<>();

    void clear() {
        batches.clear();
        items.clear();
        jobs.clear();
        ledger.clear();
        containers.clear();
        members.clear();
    }

    void put(BatchDetail batch, BatchItem... its) {
        batches.put(batch.getBatch().getSyncId(), batch);
        if (its.length > 0) {
            items.put(batch.getBatch().getSyncId(), List.of(its));
        }
    }

    /** Newest first as ingest keeps them: a known job is replaced where it stands. */
    void put(ImportJob job) {
        jobs.removeIf(known -> known.getJobId().equals(job.getJobId()));
        jobs.addFirst(job);
        BatchDetail detail = batches.get(job.getSyncId());
        if (detail != null) {
            BatchView.Builder view = detail.getBatch().toBuilder();
            if (isActive(job)) {
                view.setActiveJob(job).setState(job.getState().equals("running") ? "importing" : "queued");
            } else {
                view.clearActiveJob();
            }
            long count = jobs.stream()
                    .filter(each -> each.getSyncId().equals(job.getSyncId()))
                    .count();
            batches.put(
                    job.getSyncId(),
                    detail.toBuilder().setBatch(view).setJobs(count).build());
        }
    }

    void put(LedgerEntry entry) {
        ledger.addFirst(entry);
    }

    void put(ContainerState container, AssetState... its) {
        containers.put(container.getContainerId(), container);
        members.put(container.getContainerId(), List.of(its));
    }

    BatchDetail batch(String syncId) {
        return batches.get(syncId);
    }

    List<ImportJob> jobs() {
        return List.copyOf(jobs);
    }

    QueueImportsResponse queue(QueueImportsRequest request) {
        QueueImportsResponse.Builder told = QueueImportsResponse.newBuilder();
        request.getSyncIdsList().forEach(syncId -> told.addImports(queued(syncId, request)));
        return told.build();
    }

    private QueuedImport queued(String syncId, QueueImportsRequest request) {
        QueuedImport.Builder told = QueuedImport.newBuilder().setSyncId(syncId);
        BatchDetail known = batches.get(syncId);
        if (known == null) {
            return refused(told, ErrorCode.NOT_FOUND, "There is no batch with this sync id.");
        }
        BatchView batch = known.getBatch();
        if (batch.hasActiveJob()) {
            return told.setJob(batch.getActiveJob()).build();
        }
        if (!batch.getVerdict().equals("consumable")) {
            return refused(told, ErrorCode.BATCH_NOT_CONSUMABLE, batch.getReason());
        }
        if (batch.getState().equals("imported") && !request.getForce()) {
            return refused(
                    told,
                    ErrorCode.BATCH_ALREADY_IMPORTED,
                    "This batch is imported. Queue it with force to do it again.");
        }
        ImportJob job = ImportJob.newBuilder()
                .setJobId(Generators.timeBasedEpochGenerator().generate().toString())
                .setSyncId(syncId)
                .setState("queued")
                .setPriority(request.hasPriority() ? request.getPriority() : 50)
                .setForce(request.getForce())
                .setRequestedBy(request.getRequestedBy())
                .setQueuedAt(Timestamps.now())
                .setItemsTotal(batch.getItemCount())
                .build();
        put(job);
        return told.setJob(job).build();
    }

    private static QueuedImport refused(QueuedImport.Builder told, ErrorCode code, String error) {
        return told.setErrorCode(code.code()).setError(error).build();
    }

    ImportJob job(String id) {
        return jobs.stream()
                .filter(job -> job.getJobId().equals(id))
                .findFirst()
                .orElse(null);
    }

    static boolean isActive(ImportJob job) {
        return job.getState().equals("queued") || job.getState().equals("running");
    }
}
