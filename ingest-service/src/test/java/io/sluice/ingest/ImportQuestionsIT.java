package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.BatchDetail;
import io.sluice.contract.ingest.v1.BatchItem;
import io.sluice.contract.ingest.v1.BatchView;
import io.sluice.contract.ingest.v1.GetBatchRequest;
import io.sluice.contract.ingest.v1.LedgerEntry;
import io.sluice.contract.ingest.v1.ListBatchItemsRequest;
import io.sluice.contract.ingest.v1.ListBatchItemsResponse;
import io.sluice.contract.ingest.v1.ListBatchesRequest;
import io.sluice.contract.ingest.v1.ListBatchesResponse;
import io.sluice.contract.ingest.v1.ListLedgerRequest;
import io.sluice.contract.ingest.v1.PreflightBatchRequest;
import io.sluice.contract.messaging.v1.ListStateLinesRequest;
import io.sluice.contract.scanner.v1.BundleLook;
import io.sluice.ingest.handover.ManifestText;
import io.sluice.ingest.world.HandoverMount;
import io.sluice.ingest.world.IngestClient;
import io.sluice.ingest.world.Surroundings;
import io.sluice.testsupport.SluiceInfra;

/** What is asked of batches over gRPC, answered from real rows. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class ImportQuestionsIT {

    private static IngestClient client;

    @BeforeAll
    static void connect() {
        client = new IngestClient();
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @Test
    void aBatchIsShownWithItsManifestItsTallyAndItsWarnings() {
        HandoverMount mount = HandoverMount.online("shown");
        String id = judged(mount, 2);
        BatchDetail detail = client.imports()
                .preflightBatch(PreflightBatchRequest.newBuilder().setSyncId(id).build());
        assertThat(detail)
                .isEqualTo(client.imports()
                        .getBatch(GetBatchRequest.newBuilder().setSyncId(id).build()));
        BatchView batch = detail.getBatch();
        assertThat(batch.getState()).isEqualTo("preflighted");
        assertThat(batch.getVerdict()).isEqualTo("consumable");
        assertThat(batch.getLibraryName()).startsWith("shown");
        assertThat(batch.getManifestSha256().size()).isEqualTo(32);
        assertThat(batch.getTally().getCreated()).isEqualTo(4);
        assertThat(batch.getNeedsHand()).isFalse();
        assertThat(detail.getItems()).isEqualTo(4);
        assertThat(detail.getManifest().getVerificationPassed()).isTrue();
        assertThat(detail.getManifest().getCreatedAt().getSeconds()).isEqualTo(1_779_411_600L);
        assertThat(client.imports()
                        .listLedger(
                                ListLedgerRequest.newBuilder().setSubject(id).build())
                        .getEntriesList())
                .extracting(LedgerEntry::getEventType)
                .containsExactly("preflight", "scan");
    }

    @Test
    void batchesArePagedNewestFirstWithinTheirFilters() {
        HandoverMount mount = HandoverMount.online("paged");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(judged(mount, 1));
        }
        SluiceInfra.database().execute("UPDATE ingest_batch SET state = 'failed' WHERE sync_id = ?", ids.get(1));
        SluiceInfra.database().execute("UPDATE ingest_batch SET state = 'partial' WHERE sync_id = ?", ids.get(5));
        SluiceInfra.database().execute("UPDATE ingest_batch SET state = 'importing' WHERE sync_id = ?", ids.get(3));
        ListBatchesRequest all =
                ListBatchesRequest.newBuilder().setLibraryId(mount.libraryId()).build();
        assertThat(everyPage(all)).containsExactlyElementsOf(ids.reversed());
        assertThat(everyPage(all.toBuilder().setState("discovered").build()))
                .containsExactly(ids.get(6), ids.get(4), ids.get(2), ids.get(0));
        assertThat(everyPage(all.toBuilder().setNeedsHand(true).build())).containsExactly(ids.get(5), ids.get(1));
        stuck(ids.get(3));
        assertThat(everyPage(all.toBuilder().setNeedsHand(true).build()))
                .containsExactly(ids.get(5), ids.get(3), ids.get(1));
        assertThat(everyPage(ListBatchesRequest.newBuilder().setState("partial").build()))
                .contains(ids.get(5));
        assertThat(everyPage(ListBatchesRequest.getDefaultInstance())).containsAll(ids);
    }

    /** A job that was claimed long ago and has no sign of life since. */
    private static void stuck(String syncId) {
        SluiceInfra.database().execute("""
                INSERT INTO import_job (id, batch_id, active_batch_id, state, priority, forced, requested_by, claimed_at)
                SELECT UUID(), id, id, 'running', 50, FALSE, 'test', NOW(6) - INTERVAL 16 MINUTE
                  FROM ingest_batch WHERE sync_id = ?""", syncId);
    }

    @Test
    void itemsArePagedInTheOrderOfTheManifest() {
        HandoverMount mount = HandoverMount.online("items");
        String id = UUID.randomUUID().toString();
        told(mount, mount.deliver(id, mount.photos(id, 9).photo(90, "photos/none.jpg", 1)));
        client.imports()
                .preflightBatch(PreflightBatchRequest.newBuilder().setSyncId(id).build());
        ListBatchItemsRequest all =
                ListBatchItemsRequest.newBuilder().setSyncId(id).setLimit(4).build();
        assertThat(everyPage(all))
                .extracting(BatchItem::getPosition)
                .hasSize(19)
                .isSorted();
        assertThat(everyPage(all.toBuilder().setDecision("created").build()))
                .extracting(BatchItem::getPosition)
                .hasSize(18)
                .isSorted();
        assertThat(everyPage(all.toBuilder().setDecision("failed").build()))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.getErrorCode()).isEqualTo("payload_missing");
                    assertThat(item.getLastError()).isNotEmpty();
                    assertThat(item.getExternalHash()).isEqualTo(ManifestText.hash(90));
                    assertThat(item.getPath().toStringUtf8()).isEqualTo("photos/none.jpg");
                    assertThat(item.getDecidedBy()).isEqualTo("preflight");
                });
    }

    @Test
    void whatIsUnknownOrWrongIsSaidSo() {
        assertStatus(Status.Code.NOT_FOUND, () -> client.imports()
                .getBatch(GetBatchRequest.newBuilder()
                        .setSyncId(UUID.randomUUID().toString())
                        .build()));
        assertStatus(Status.Code.INVALID_ARGUMENT, () -> client.imports()
                .getBatch(GetBatchRequest.newBuilder().setSyncId("no such/name").build()));
        assertStatus(Status.Code.INVALID_ARGUMENT, () -> client.imports()
                .listBatches(ListBatchesRequest.newBuilder().setState("lost").build()));
        assertStatus(Status.Code.INVALID_ARGUMENT, () -> client.imports()
                .listBatches(ListBatchesRequest.newBuilder().setCursor("x").build()));
    }

    @Test
    void decidedItemsStandInTheStateLines() {
        HandoverMount mount = HandoverMount.online("lines");
        String id = judged(mount, 1);
        client.imports()
                .preflightBatch(PreflightBatchRequest.newBuilder().setSyncId(id).build());
        SluiceInfra.database()
                .execute(
                        "UPDATE ingest_batch_item SET decided_by = 'import' WHERE position = 0 AND batch_id ="
                                + " (SELECT id FROM ingest_batch WHERE sync_id = ?)",
                        id);
        List<String> lines = new ArrayList<>();
        client.operations()
                .listStateLines(ListStateLinesRequest.getDefaultInstance())
                .forEachRemaining(part -> lines.addAll(part.getLinesList()));
        assertThat(lines).isSorted().contains("item " + id + " 000000 photo created");
        assertThat(lines).noneMatch(line -> line.startsWith("item " + id + " 000001"));
    }

    private static void assertStatus(Status.Code code, Runnable question) {
        assertThatThrownBy(question::run).isInstanceOfSatisfying(StatusRuntimeException.class, e -> assertThat(
                        e.getStatus().getCode())
                .isEqualTo(code));
    }

    private static String judged(HandoverMount mount, int photos) {
        String id = UUID.randomUUID().toString();
        told(mount, mount.deliverPhotos(id, photos));
        return id;
    }

    private static void told(HandoverMount mount, BundleLook look) {
        mount.tell(look);
        mount.awaitJudged(look);
    }

    private static List<String> everyPage(ListBatchesRequest request) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            ListBatchesResponse page = client.imports()
                    .listBatches(
                            request.toBuilder().setLimit(2).setCursor(cursor).build());
            assertThat(page.getBatchesCount()).isLessThanOrEqualTo(2);
            page.getBatchesList().forEach(batch -> ids.add(batch.getSyncId()));
            cursor = page.getNextCursor();
        } while (!cursor.isEmpty());
        return ids;
    }

    private static List<BatchItem> everyPage(ListBatchItemsRequest request) {
        List<BatchItem> items = new ArrayList<>();
        String cursor = "";
        do {
            ListBatchItemsResponse page = client.imports()
                    .listBatchItems(request.toBuilder().setCursor(cursor).build());
            items.addAll(page.getItemsList());
            cursor = page.getNextCursor();
        } while (!cursor.isEmpty());
        return items;
    }
}
