package io.sluice.ingest.importjob;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.ContainerKind;
import io.sluice.contract.ingest.v1.ContainerLinked;
import io.sluice.contract.ingest.v1.ItemDecided;
import io.sluice.contract.ingest.v1.LedgerEntry;
import io.sluice.contract.ingest.v1.TargetIds;
import io.sluice.ingest.container.Container;
import io.sluice.ingest.container.LinkContainers.Linking;
import io.sluice.ingest.handover.Batch;
import io.sluice.ingest.handover.BatchItem;
import io.sluice.ingest.handover.BatchItem.Decided;
import io.sluice.ingest.handover.Decision;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;
import io.sluice.ingest.ledger.EventType;
import io.sluice.ingest.ledger.LedgerEntries;
import io.sluice.ingest.ledger.LedgerSubject;

/** What became of items of one job in one transaction: their decisions, and the ledger's words for them. */
final class Reckoning {

    private static final String ITEM_PHASE = "item_import";
    private static final String LINK_PHASE = "container_link";

    private final Job job;
    private final Batch batch;
    private final TreeMap<Integer, Decided> decisions = new TreeMap<>();
    private final TreeMap<Integer, List<LedgerEntry>> entries = new TreeMap<>();

    Reckoning(Job job, Batch batch) {
        this.job = job;
        this.batch = batch;
    }

    Job job() {
        return job;
    }

    Batch batch() {
        return batch;
    }

    /** By position. */
    TreeMap<Integer, Decided> decisions() {
        return decisions;
    }

    /** In the order of the items. */
    List<LedgerEntry> entries() {
        return entries.values().stream().flatMap(List::stream).toList();
    }

    static LedgerSubject subject(Batch batch) {
        return new LedgerSubject(batch.syncId().text(), batch.libraryId());
    }

    void failed(BatchItem item, ErrorCode code, String reason) {
        decide(item, Decision.FAILED, null, null, code, reason);
    }

    void deferred(BatchItem item, ErrorCode code, String reason) {
        decide(item, Decision.DEFERRED, null, null, code, reason);
    }

    /** @param note what was left out of it, empty for nothing */
    void asset(BatchItem item, Decision decision, ContentHash target, String note) {
        decide(item, decision, target, null, null, note);
    }

    void container(BatchItem item, Decision decision, Linking linking) {
        Container container = linking.container();
        decide(item, decision, null, container, null, "");
        boolean gallery = container.kind() == ContainerKind.CONTAINER_KIND_GALLERY;
        entries.computeIfAbsent(item.position(), position -> new ArrayList<>())
                .add(LedgerEntries.container(
                        subject(batch),
                        ContainerLinked.newBuilder()
                                .setPhase(LINK_PHASE)
                                .setContainer(gallery ? "gallery" : "collection")
                                .setExpectedMemberCount(container.expected())
                                .setLinkedMemberCount(linking.linked())
                                .setMissingMemberCount(linking.missing())
                                .setGalleryHash(container.externalHash().hex())
                                .setGalleryId(container.id())
                                .setTitle(container.title())
                                .build()));
    }

    /** The item is where it was; this run left it alone. */
    void skippedAgain(BatchItem item, Decided before) {
        decisions.put(
                item.position(),
                new Decided(
                        Decision.SKIPPED,
                        Decision.By.IMPORT,
                        job.id(),
                        before.targetAsset(),
                        before.targetContainer(),
                        null,
                        ""));
        tell(item, Decision.SKIPPED, before.targetAsset(), before.targetContainer(), null, "");
    }

    private void decide(
            BatchItem item,
            Decision decision,
            @Nullable ContentHash asset,
            @Nullable Container container,
            @Nullable ErrorCode code,
            String reason) {
        String containerId = container == null ? null : container.id();
        decisions.put(
                item.position(), new Decided(decision, Decision.By.IMPORT, job.id(), asset, containerId, code, reason));
        tell(item, decision, asset, containerId, code, reason);
    }

    private void tell(
            BatchItem item,
            Decision decision,
            @Nullable ContentHash asset,
            @Nullable String containerId,
            @Nullable ErrorCode code,
            String reason) {
        TargetIds.Builder targets = TargetIds.newBuilder();
        if (asset != null) {
            targets.setAssetId(asset.hex());
        }
        if (containerId != null && item.assetType().equals("collection")) {
            targets.setCollectionId(containerId);
        } else if (containerId != null) {
            targets.setGalleryId(containerId);
        }
        boolean cover = item.assetType().equals("cover");
        if (cover) {
            targets.setCoverHash(hex(item.externalHash())).setParentHash(hex(item.parentHash()));
        }
        List<LedgerEntry> told = new ArrayList<>();
        told.add(LedgerEntries.item(
                subject(batch),
                EventType.valueOf("ITEM_" + decision.name()),
                ItemDecided.newBuilder()
                        .setPhase(ITEM_PHASE)
                        .setHash(hex(item.externalHash()))
                        .setType(item.assetType())
                        .setCoverHash(hex(item.coverHash()))
                        .setErrorCode(code == null ? "" : code.code())
                        .setError(code == null ? "" : reason)
                        .setTargetIds(targets)
                        .build()));
        entries.put(item.position(), told);
    }

    private static String hex(@Nullable ExternalHash hash) {
        return Optional.ofNullable(hash).map(ExternalHash::hex).orElse("");
    }
}
