package io.sluice.gateway.world;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.grpc.stub.StreamObserver;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.BatchDetail;
import io.sluice.contract.ingest.v1.BatchItem;
import io.sluice.contract.ingest.v1.BatchView;
import io.sluice.contract.ingest.v1.CancelJobRequest;
import io.sluice.contract.ingest.v1.ContainerState;
import io.sluice.contract.ingest.v1.GetBatchRequest;
import io.sluice.contract.ingest.v1.GetContainerRequest;
import io.sluice.contract.ingest.v1.GetJobRequest;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.contract.ingest.v1.ImportServiceGrpc.ImportServiceImplBase;
import io.sluice.contract.ingest.v1.LedgerEntry;
import io.sluice.contract.ingest.v1.ListBatchItemsRequest;
import io.sluice.contract.ingest.v1.ListBatchItemsResponse;
import io.sluice.contract.ingest.v1.ListBatchesRequest;
import io.sluice.contract.ingest.v1.ListBatchesResponse;
import io.sluice.contract.ingest.v1.ListContainerAssetsRequest;
import io.sluice.contract.ingest.v1.ListContainerAssetsResponse;
import io.sluice.contract.ingest.v1.ListContainersRequest;
import io.sluice.contract.ingest.v1.ListContainersResponse;
import io.sluice.contract.ingest.v1.ListJobsRequest;
import io.sluice.contract.ingest.v1.ListJobsResponse;
import io.sluice.contract.ingest.v1.ListLedgerRequest;
import io.sluice.contract.ingest.v1.ListLedgerResponse;
import io.sluice.contract.ingest.v1.PreflightBatchRequest;
import io.sluice.contract.ingest.v1.QueueImportsRequest;
import io.sluice.contract.ingest.v1.QueueImportsResponse;

/** Batches, jobs, ledger and containers in memory: the refusals of ingest, real filters and keyset cursors. */
public final class FakeImports extends ImportServiceImplBase {

    private final ImportRows rows = new ImportRows();
    private final Map<String, QueueImportsResponse> answered = new HashMap<>();
    private volatile QueueImportsRequest lastQueue = QueueImportsRequest.getDefaultInstance();
    private volatile String lastKey = "";
    private volatile String lastPreflightBy = "";

    public synchronized void clear() {
        rows.clear();
        answered.clear();
    }

    public synchronized void put(BatchDetail batch, BatchItem... items) {
        rows.put(batch, items);
    }

    public synchronized void put(ImportJob job) {
        rows.put(job);
    }

    public synchronized void put(LedgerEntry entry) {
        rows.put(entry);
    }

    public synchronized void put(ContainerState container, AssetState... members) {
        rows.put(container, members);
    }

    public synchronized BatchDetail batch(String syncId) {
        return rows.batch(syncId);
    }

    public synchronized List<ImportJob> jobs() {
        return rows.jobs();
    }

    public QueueImportsRequest lastQueue() {
        return lastQueue;
    }

    /** The idempotency key that the last queueing came with; empty for none. */
    public String lastKey() {
        return lastKey;
    }

    public String lastPreflightBy() {
        return lastPreflightBy;
    }

    @Override
    public synchronized void listBatches(ListBatchesRequest request, StreamObserver<ListBatchesResponse> answer) {
        FakePage<BatchView> page = FakePage.of(
                rows.batches.values().stream().map(BatchDetail::getBatch).toList(),
                batch -> (request.getState().isEmpty() || batch.getState().equals(request.getState()))
                        && (request.getLibraryId().isEmpty()
                                || batch.getLibraryId().equals(request.getLibraryId()))
                        && (!request.getNeedsHand() || batch.getNeedsHand()),
                BatchView::getSyncId,
                request.getCursor(),
                request.getLimit());
        FakeServer.tell(
                answer,
                ListBatchesResponse.newBuilder()
                        .addAllBatches(page.rows())
                        .setNextCursor(page.next())
                        .build());
    }

    @Override
    public synchronized void getBatch(GetBatchRequest request, StreamObserver<BatchDetail> answer) {
        FakeServer.tellKnown(answer, rows.batches.get(request.getSyncId()), "There is no batch with this sync id.");
    }

    @Override
    public synchronized void listBatchItems(
            ListBatchItemsRequest request, StreamObserver<ListBatchItemsResponse> answer) {
        FakePage<BatchItem> page = FakePage.of(
                rows.items.getOrDefault(request.getSyncId(), List.of()),
                item -> request.getDecision().isEmpty() || item.getDecision().equals(request.getDecision()),
                item -> Integer.toString(item.getPosition()),
                request.getCursor(),
                request.getLimit());
        FakeServer.tell(
                answer,
                ListBatchItemsResponse.newBuilder()
                        .addAllItems(page.rows())
                        .setNextCursor(page.next())
                        .build());
    }

    @Override
    public synchronized void listLedger(ListLedgerRequest request, StreamObserver<ListLedgerResponse> answer) {
        FakePage<LedgerEntry> page = FakePage.of(
                rows.ledger,
                entry -> entry.getSubject().equals(request.getSubject()),
                LedgerEntry::getEntryId,
                request.getCursor(),
                request.getLimit());
        FakeServer.tell(
                answer,
                ListLedgerResponse.newBuilder()
                        .addAllEntries(page.rows())
                        .setNextCursor(page.next())
                        .build());
    }

    @Override
    public synchronized void preflightBatch(PreflightBatchRequest request, StreamObserver<BatchDetail> answer) {
        BatchDetail known = rows.batches.get(request.getSyncId());
        if (known != null && !known.getBatch().getVerdict().equals("consumable")) {
            answer.onError(FakeServer.coded(ErrorCode.CONFLICT, known.getBatch().getReason()));
            return;
        }
        lastPreflightBy = request.getRequestedBy();
        if (known != null) {
            known = known.toBuilder()
                    .setBatch(known.getBatch().toBuilder().setState("preflighted"))
                    .build();
            rows.batches.put(request.getSyncId(), known);
        }
        FakeServer.tellKnown(answer, known, "There is no batch with this sync id.");
    }

    @Override
    public synchronized void queueImports(QueueImportsRequest request, StreamObserver<QueueImportsResponse> answer) {
        lastQueue = request;
        String key = FakeServer.COMMAND_KEY.get();
        lastKey = key;
        QueueImportsResponse told =
                key.isEmpty() ? rows.queue(request) : answered.computeIfAbsent(key, first -> rows.queue(request));
        FakeServer.tell(answer, told);
    }

    @Override
    public synchronized void cancelJob(CancelJobRequest request, StreamObserver<ImportJob> answer) {
        ImportJob job = rows.job(request.getJobId());
        if (job != null && request.hasExpectedVersion() && request.getExpectedVersion() != job.getVersion()) {
            answer.onError(FakeServer.coded(ErrorCode.PRECONDITION_FAILED, "The job has changed since you looked."));
            return;
        }
        if (job != null && !job.getState().equals("queued")) {
            answer.onError(FakeServer.coded(
                    ErrorCode.JOB_NOT_CANCELLABLE,
                    "This job is " + job.getState() + "; only a queued one can be cancelled."));
            return;
        }
        if (job != null) {
            job = job.toBuilder()
                    .setState("cancelled")
                    .setVersion(job.getVersion() + 1)
                    .build();
            rows.put(job);
        }
        FakeServer.tellKnown(answer, job, "There is no job with this id.");
    }

    @Override
    public synchronized void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> answer) {
        FakePage<ImportJob> page = FakePage.of(
                rows.jobs.stream()
                        .sorted(Comparator.comparing(job -> !ImportRows.isActive(job)))
                        .toList(),
                job -> (request.getState().isEmpty() || job.getState().equals(request.getState()))
                        && (request.getSyncId().isEmpty() || job.getSyncId().equals(request.getSyncId())),
                ImportJob::getJobId,
                request.getCursor(),
                request.getLimit());
        FakeServer.tell(
                answer,
                ListJobsResponse.newBuilder()
                        .addAllJobs(page.rows())
                        .setNextCursor(page.next())
                        .build());
    }

    @Override
    public synchronized void getJob(GetJobRequest request, StreamObserver<ImportJob> answer) {
        FakeServer.tellKnown(answer, rows.job(request.getJobId()), "There is no job with this id.");
    }

    @Override
    public synchronized void listContainers(
            ListContainersRequest request, StreamObserver<ListContainersResponse> answer) {
        FakePage<ContainerState> page = FakePage.of(
                rows.containers.values().stream()
                        .sorted(Comparator.comparing(ContainerState::getTitle)
                                .thenComparing(ContainerState::getContainerId))
                        .toList(),
                container -> container.getKind() == request.getKind(),
                ContainerState::getContainerId,
                request.getCursor(),
                request.getLimit());
        FakeServer.tell(
                answer,
                ListContainersResponse.newBuilder()
                        .addAllContainers(page.rows())
                        .setNextCursor(page.next())
                        .build());
    }

    @Override
    public synchronized void getContainer(GetContainerRequest request, StreamObserver<ContainerState> answer) {
        FakeServer.tellKnown(
                answer, rows.containers.get(request.getContainerId()), "There is no container with this id.");
    }

    @Override
    public synchronized void listContainerAssets(
            ListContainerAssetsRequest request, StreamObserver<ListContainerAssetsResponse> answer) {
        FakePage<AssetState> page = FakePage.of(
                rows.members.getOrDefault(request.getContainerId(), List.of()),
                any -> true,
                World::hex,
                request.getCursor(),
                request.getLimit());
        FakeServer.tell(
                answer,
                ListContainerAssetsResponse.newBuilder()
                        .addAllAssets(page.rows())
                        .setNextCursor(page.next())
                        .build());
    }
}
