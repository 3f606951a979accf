package io.sluice.ingest;

import java.util.function.Function;

import org.jdbi.v3.core.Handle;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.sluice.contract.ingest.v1.BatchDetail;
import io.sluice.contract.ingest.v1.GetBatchRequest;
import io.sluice.contract.ingest.v1.ImportServiceGrpc;
import io.sluice.contract.ingest.v1.ListBatchItemsRequest;
import io.sluice.contract.ingest.v1.ListBatchItemsResponse;
import io.sluice.contract.ingest.v1.ListBatchesRequest;
import io.sluice.contract.ingest.v1.ListBatchesResponse;
import io.sluice.contract.ingest.v1.ListLedgerRequest;
import io.sluice.contract.ingest.v1.ListLedgerResponse;
import io.sluice.contract.ingest.v1.PreflightBatchRequest;
import io.sluice.ingest.handover.BatchItemPages;
import io.sluice.ingest.handover.BatchPages;
import io.sluice.ingest.handover.BatchViews;
import io.sluice.ingest.handover.PreflightBatch;
import io.sluice.ingest.handover.SyncId;
import io.sluice.ingest.ledger.Ledger;
import io.sluice.ingest.listing.ListCursor;
import io.sluice.messaging.Transactions;
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

    ImportGrpc(
            Transactions transactions,
            BatchPages batches,
            BatchViews views,
            BatchItemPages items,
            Ledger ledger,
            PreflightBatch preflight) {
        this.transactions = transactions;
        this.batches = batches;
        this.views = views;
        this.items = items;
        this.ledger = ledger;
        this.preflight = preflight;
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
            preflight.preflight(syncId);
            return transactions.read(handle -> views.detail(handle, syncId));
        });
    }

    private <A> void read(StreamObserver<A> answer, Function<Handle, A> question) {
        GrpcAnswers.answer(answer, () -> transactions.read(question));
    }
}
