package io.sluice.gateway.importing;

import static io.sluice.gateway.web.Wire.textOrNull;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.BatchDetail;
import io.sluice.contract.ingest.v1.GetBatchRequest;
import io.sluice.contract.ingest.v1.GetJobRequest;
import io.sluice.contract.ingest.v1.ListBatchItemsRequest;
import io.sluice.contract.ingest.v1.ListBatchItemsResponse;
import io.sluice.contract.ingest.v1.ListBatchesRequest;
import io.sluice.contract.ingest.v1.ListBatchesResponse;
import io.sluice.contract.ingest.v1.ListJobsRequest;
import io.sluice.contract.ingest.v1.ListJobsResponse;
import io.sluice.contract.ingest.v1.ListLedgerRequest;
import io.sluice.contract.ingest.v1.ListLedgerResponse;
import io.sluice.gateway.library.LibraryRoots;
import io.sluice.gateway.upstream.Upstreams;
import io.sluice.gateway.web.PageParameters;

/** Asks ingest for batches, their items, jobs and ledger. A list of a batch that nobody knows is not found, not empty. */
@ApplicationScoped
class LookUpImports {

    private final Upstreams upstreams;
    private final LibraryRoots roots;

    LookUpImports(Upstreams upstreams, LibraryRoots roots) {
        this.upstreams = upstreams;
        this.roots = roots;
    }

    /** Filters are null where all are wanted. */
    BatchPageRepresentation batches(
            @Nullable String state, @Nullable String library, boolean needsHand, PageParameters page) {
        ListBatchesRequest.Builder request = ListBatchesRequest.newBuilder()
                .setLimit(page.limit())
                .setCursor(page.cursor())
                .setNeedsHand(needsHand);
        if (state != null) {
            request.setState(state);
        }
        if (library != null) {
            request.setLibraryId(roots.idOf(library));
        }
        ListBatchesResponse told = upstreams.imports(ingest -> ingest.listBatches(request.build()));
        return new BatchPageRepresentation(
                told.getBatchesList().stream().map(BatchRepresentation::of).toList(), textOrNull(told.getNextCursor()));
    }

    BatchDetailRepresentation batch(String syncId) {
        return BatchDetailRepresentation.of(known(syncId));
    }

    BatchItemPageRepresentation items(String syncId, @Nullable String decision, PageParameters page) {
        ListBatchItemsResponse told =
                upstreams.imports(ingest -> ingest.listBatchItems(ListBatchItemsRequest.newBuilder()
                        .setSyncId(syncId)
                        .setLimit(page.limit())
                        .setCursor(page.cursor())
                        .setDecision(decision == null ? "" : decision)
                        .build()));
        if (told.getItemsCount() == 0) {
            known(syncId);
        }
        return new BatchItemPageRepresentation(
                told.getItemsList().stream().map(BatchItemRepresentation::of).toList(),
                textOrNull(told.getNextCursor()));
    }

    LedgerPageRepresentation events(String syncId, PageParameters page) {
        ListLedgerResponse told = upstreams.imports(ingest -> ingest.listLedger(ListLedgerRequest.newBuilder()
                .setSubject(syncId)
                .setLimit(page.limit())
                .setCursor(page.cursor())
                .build()));
        if (told.getEntriesCount() == 0) {
            known(syncId);
        }
        return new LedgerPageRepresentation(
                told.getEntriesList().stream()
                        .map(LedgerEntryRepresentation::of)
                        .toList(),
                textOrNull(told.getNextCursor()));
    }

    ImportJobPageRepresentation jobsOf(String syncId, PageParameters page) {
        ImportJobPageRepresentation jobs = jobs(null, syncId, page);
        if (jobs.items().isEmpty()) {
            known(syncId);
        }
        return jobs;
    }

    ImportJobPageRepresentation jobs(@Nullable String state, @Nullable String syncId, PageParameters page) {
        ListJobsResponse told = upstreams.imports(ingest -> ingest.listJobs(ListJobsRequest.newBuilder()
                .setState(state == null ? "" : state)
                .setSyncId(syncId == null ? "" : syncId)
                .setLimit(page.limit())
                .setCursor(page.cursor())
                .build()));
        return new ImportJobPageRepresentation(
                told.getJobsList().stream().map(ImportJobRepresentation::of).toList(),
                textOrNull(told.getNextCursor()));
    }

    ImportJobRepresentation job(String id) {
        return ImportJobRepresentation.of(upstreams.imports(
                ingest -> ingest.getJob(GetJobRequest.newBuilder().setJobId(id).build())));
    }

    private BatchDetail known(String syncId) {
        return upstreams.imports(ingest ->
                ingest.getBatch(GetBatchRequest.newBuilder().setSyncId(syncId).build()));
    }
}
