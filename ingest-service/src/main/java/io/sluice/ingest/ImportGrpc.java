package io.sluice.ingest;

import java.util.function.Function;

import org.jdbi.v3.core.Handle;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.sluice.contract.ingest.v1.BatchDetail;
import io.sluice.contract.ingest.v1.CancelJobRequest;
import io.sluice.contract.ingest.v1.ContainerState;
import io.sluice.contract.ingest.v1.GetBatchRequest;
import io.sluice.contract.ingest.v1.GetContainerRequest;
import io.sluice.contract.ingest.v1.GetJobRequest;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.contract.ingest.v1.ImportServiceGrpc;
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
import io.sluice.ingest.container.ContainerPages;
import io.sluice.ingest.handover.BatchItemPages;
import io.sluice.ingest.handover.BatchPages;
import io.sluice.ingest.handover.BatchViews;
import io.sluice.ingest.handover.PreflightBatch;
import io.sluice.ingest.handover.SyncId;
import io.sluice.ingest.importjob.CancelJob;
import io.sluice.ingest.importjob.JobPages;
import io.sluice.ingest.importjob.JobViews;
import io.sluice.ingest.importjob.QueueImports;
import io.sluice.ingest.ledger.Ledger;
import io.sluice.ingest.listing.ListCursor;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.command.CommandsOnce;
import io.sluice.messaging.grpc.GrpcAnswers;

/** Answers questions about imports, and takes their commands. */
@GrpcService
class ImportGrpc extends ImportServiceGrpc.ImportServiceImplBase {

    private final Transactions transactions;
    private final BatchPages batches;
    private final BatchViews views;
    private final BatchItemPages items;
    private final Ledger ledger;
    private final PreflightBatch preflight;
    private final QueueImports queue;
    private final CancelJob cancel;
    private final JobPages jobs;
    private final JobViews jobViews;
    private final ContainerPages containers;
    private final CommandsOnce once;

    ImportGrpc(
            Transactions transactions,
            BatchPages batches,
            BatchViews views,
            BatchItemPages items,
            Ledger ledger,
            PreflightBatch preflight,
            QueueImports queue,
            CancelJob cancel,
            JobPages jobs,
            JobViews jobViews,
            ContainerPages containers,
            CommandsOnce once) {
        this.transactions = transactions;
        this.batches = batches;
        this.views = views;
        this.items = items;
        this.ledger = ledger;
        this.preflight = preflight;
        this.queue = queue;
        this.cancel = cancel;
        this.jobs = jobs;
        this.jobViews = jobViews;
        this.containers = containers;
        this.once = once;
    }

    @Override
    public void listBatches(ListBatchesRequest request, StreamObserver<ListBatchesResponse> answer) {
        read(answer, handle -> batches.list(handle, request));
    }

    @Override
    public void getBatch(GetBatchRequest request, StreamObserver<BatchDetail> answer) {
        read(answer, handle -> views.detail(handle, new SyncId(request.getSyncId())));
    }

    @Override
    public void listBatchItems(ListBatchItemsRequest request, StreamObserver<ListBatchItemsResponse> answer) {
        read(answer, handle -> items.list(handle, request));
    }

    @Override
    public void listLedger(ListLedgerRequest request, StreamObserver<ListLedgerResponse> answer) {
        read(answer, handle -> {
            Ledger.Page page = ledger.page(
                    handle, request.getSubject(), request.getCursor(), ListCursor.limit(request.getLimit()));
            return ListLedgerResponse.newBuilder()
                    .addAllEntries(page.entries())
                    .setNextCursor(page.nextCursor())
                    .build();
        });
    }

    @Override
    public void preflightBatch(PreflightBatchRequest request, StreamObserver<BatchDetail> answer) {
        GrpcAnswers.answer(answer, () -> {
            SyncId syncId = new SyncId(request.getSyncId());
            Long expected = request.hasExpectedVersion() ? request.getExpectedVersion() : null;
            return once.known(request, BatchDetail.parser())
                    .orElseGet(() -> preflight.preflight(
                            syncId,
                            expected,
                            (tx, finish) -> once.answer(tx, request, BatchDetail.parser(), same -> {
                                finish.run();
                                return views.detail(same, syncId);
                            })));
        });
    }

    @Override
    public void queueImports(QueueImportsRequest request, StreamObserver<QueueImportsResponse> answer) {
        GrpcAnswers.answer(answer, () -> queue.queue(request));
    }

    @Override
    public void cancelJob(CancelJobRequest request, StreamObserver<ImportJob> answer) {
        GrpcAnswers.answer(answer, () -> cancel.cancel(request));
    }

    @Override
    public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> answer) {
        read(answer, handle -> jobs.list(handle, request));
    }

    @Override
    public void getJob(GetJobRequest request, StreamObserver<ImportJob> answer) {
        read(answer, handle -> jobViews.known(handle, request.getJobId()));
    }

    @Override
    public void listContainers(ListContainersRequest request, StreamObserver<ListContainersResponse> answer) {
        read(answer, handle -> containers.list(handle, request));
    }

    @Override
    public void getContainer(GetContainerRequest request, StreamObserver<ContainerState> answer) {
        read(answer, handle -> containers.get(handle, request.getContainerId()));
    }

    @Override
    public void listContainerAssets(
            ListContainerAssetsRequest request, StreamObserver<ListContainerAssetsResponse> answer) {
        read(answer, handle -> containers.assets(handle, request));
    }

    private <A> void read(StreamObserver<A> answer, Function<Handle, A> question) {
        GrpcAnswers.answer(answer, () -> transactions.read(question));
    }
}
