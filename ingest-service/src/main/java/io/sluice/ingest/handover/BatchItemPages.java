package io.sluice.ingest.handover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import com.google.protobuf.ByteString;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.ListBatchItemsRequest;
import io.sluice.contract.ingest.v1.ListBatchItemsResponse;
import io.sluice.contract.ingest.v1.TargetIds;
import io.sluice.ingest.handover.BatchItem.Decided;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;
import io.sluice.ingest.listing.ListCursor;
import io.sluice.ingest.location.InList;

/** Lists the items of a batch in the order of its manifest. */
@ApplicationScoped
public class BatchItemPages {

    private final Batches batches;

    BatchItemPages(Batches batches) {
        this.batches = batches;
    }

    /** @throws CodedException {@code NOT_FOUND, INVALID_REQUEST} */
    public ListBatchItemsResponse list(Handle handle, ListBatchItemsRequest request) {
        refuseUnknown(request.getDecision());
        Batch batch = batches.known(handle, new SyncId(request.getSyncId()));
        int limit = ListCursor.limit(request.getLimit());
        String list = "items " + batch.id() + " " + request.getDecision();
        long after = ListCursor.read(list, request.getCursor(), -1)[0];
        List<BatchItem> found = handle.createQuery(sql(request.getDecision()))
                .bind("batch", batch.id().value())
                .bind("after", after)
                .bind("decision", request.getDecision())
                .bind("limit", limit + 1)
                .map((row, context) -> BatchItemRows.read(row))
                .list();
        List<BatchItem> page = found.subList(0, Math.min(limit, found.size()));
        Map<String, String> titles = titles(handle, page);
        Map<Integer, String> work = workStates(handle, batch.id(), page);
        ListBatchItemsResponse.Builder response = ListBatchItemsResponse.newBuilder();
        page.forEach(item -> response.addItems(view(item, titles, work.getOrDefault(item.position(), ""))));
        if (found.size() > limit) {
            response.setNextCursor(ListCursor.write(list, page.getLast().position()));
        }
        return response.build();
    }

    /**
     * All of them by their key; those of one decision in six short pieces of {@code by_decision}, which keeps them apart by
     * who decided and by wave.
     */
    static String sql(String decision) {
        if (decision.isEmpty()) {
            return "SELECT " + BatchItemRows.COLUMNS + " FROM ingest_batch_item i FORCE INDEX (PRIMARY)"
                    + " WHERE i.batch_id = :batch AND i.position > :after ORDER BY i.position LIMIT :limit";
        }
        List<String> pieces = new ArrayList<>();
        for (Decision.By by : Decision.By.values()) {
            for (Wave wave : Wave.values()) {
                pieces.add("(SELECT " + BatchItemRows.COLUMNS + " FROM ingest_batch_item i FORCE INDEX (by_decision)"
                        + " WHERE i.batch_id = :batch AND i.decided_by = '" + by.word()
                        + "' AND i.decision = :decision AND i.wave = " + wave.number()
                        + " AND i.position > :after ORDER BY i.position LIMIT :limit)");
            }
        }
        return String.join(" UNION ALL ", pieces) + " ORDER BY position LIMIT :limit";
    }

    private static Map<String, String> titles(Handle handle, List<BatchItem> page) {
        Map<String, String> titles = new HashMap<>();
        List<String> containers = page.stream()
                .map(BatchItem::decided)
                .filter(Objects::nonNull)
                .map(Decided::targetContainer)
                .filter(Objects::nonNull)
                .sorted()
                .distinct()
                .toList();
        InList.of(containers).forEach(part -> part.bind(
                        handle.createQuery("SELECT id, title FROM container WHERE id IN (" + part.marks() + ")"), 0)
                .map((row, context) -> Map.entry(row.getString("id"), row.getString("title")))
                .forEach(entry -> titles.put(entry.getKey(), entry.getValue())));
        return titles;
    }

    /** Of items that the batch's active job has put up as work, by position. */
    private static Map<Integer, String> workStates(Handle handle, BatchId batch, List<BatchItem> page) {
        Map<Integer, String> states = new HashMap<>();
        String job = handle.createQuery("SELECT id FROM import_job FORCE INDEX (by_active) WHERE active_batch_id = ?")
                .bind(0, batch.value())
                .mapTo(String.class)
                .findOne()
                .orElse(null);
        if (job != null) {
            InList.of(page.stream()
                            .map(item -> job + "/" + item.position())
                            .sorted()
                            .toList())
                    .forEach(part -> part.bind(
                                    handle.createQuery("SELECT work_key, state FROM work FORCE INDEX (work_identity)"
                                            + " WHERE work_class = 'item' AND work_key IN (" + part.marks() + ")"),
                                    0)
                            .map((row, context) -> Map.entry(row.getString("work_key"), row.getString("state")))
                            .forEach(entry -> states.put(
                                    Integer.valueOf(entry.getKey().substring(job.length() + 1)),
                                    shown(entry.getValue()))));
        }
        return states;
    }

    /** Deferred and released are ways of waiting. */
    private static String shown(String state) {
        return state.equals("running") || state.equals("given_up") ? state : "waiting";
    }

    private static io.sluice.contract.ingest.v1.BatchItem view(
            BatchItem item, Map<String, String> titles, String workState) {
        io.sluice.contract.ingest.v1.BatchItem.Builder view = io.sluice.contract.ingest.v1.BatchItem.newBuilder()
                .setPosition(item.position())
                .setAssetType(item.assetType())
                .setAssetSubtype(item.assetSubtype())
                .setExternalHash(hex(item.externalHash()))
                .setParentHash(hex(item.parentHash()))
                .setCoverHash(hex(item.coverHash()))
                .setMime(item.mime())
                .setTitle(item.title())
                .setAttempts(item.attempts())
                .setWorkState(workState);
        if (item.path() != null) {
            view.setPath(ByteString.copyFrom(item.path()));
        }
        if (item.bytes() != null) {
            view.setBytes(item.bytes());
        }
        BatchViews.set(item.updatedAt(), view::setUpdatedAt);
        Decided decided = item.decided();
        if (decided != null) {
            ErrorCode error = decided.error();
            view.setDecision(decided.decision().word())
                    .setDecidedBy(decided.by().word())
                    .setTarget(target(item, decided))
                    .setTargetTitle(
                            decided.targetContainer() == null ? "" : titles.getOrDefault(decided.targetContainer(), ""))
                    .setErrorCode(error == null ? "" : error.code())
                    .setLastError(decided.reason());
        }
        return view.build();
    }

    private static TargetIds target(BatchItem item, Decided decided) {
        TargetIds.Builder target = TargetIds.newBuilder();
        ContentHash asset = decided.targetAsset();
        if (asset != null) {
            target.setAssetId(asset.hex());
            if (item.wave() == Wave.COVERS) {
                target.setCoverHash(hex(item.externalHash())).setParentHash(hex(item.parentHash()));
            }
        }
        String container = decided.targetContainer();
        if (container != null) {
            if (item.assetType().equals("collection")) {
                target.setCollectionId(container);
            } else {
                target.setGalleryId(container);
            }
        }
        return target.build();
    }

    private static String hex(@Nullable ExternalHash hash) {
        return hash == null ? "" : hash.hex();
    }

    private static void refuseUnknown(String decision) {
        if (!decision.isEmpty()
                && Arrays.stream(Decision.values())
                        .noneMatch(known -> known.word().equals(decision))) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST,
                    "No item is ever decided '" + decision
                            + "'. Decisions are created, linked, updated, skipped, deferred, failed.");
        }
    }
}
