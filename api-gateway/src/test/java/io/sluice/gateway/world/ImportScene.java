package io.sluice.gateway.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.ByteString;

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.BatchItem;
import io.sluice.contract.ingest.v1.BundleScanned;
import io.sluice.contract.ingest.v1.ContainerKind;
import io.sluice.contract.ingest.v1.ContainerState;
import io.sluice.contract.ingest.v1.DecisionTally;
import io.sluice.contract.ingest.v1.ImportFinished;
import io.sluice.contract.ingest.v1.ItemDecided;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.contract.scanner.v1.LibraryHealth;
import io.sluice.contract.scanner.v1.LibraryKind;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.contract.scanner.v1.LibraryView;

/** What a person who imports would find on a day like any other. */
public final class ImportScene {

    /** A batch that is imported already. */
    public static final String DONE = "e41c7d90-6b2a-4f58-9c03-8a7b6d5e4f32";

    private static final String GALLERY = "0199f0c5-0f2d-7e61-a4b7-2d9c6e5f8a13";

    private ImportScene() {}

    /** A library of handover bundles; only the scanner tells it. */
    public static void handover(World world) {
        world.scanner.library(LibraryView.newBuilder()
                .setState(LibraryState.newBuilder()
                        .setLibraryId(World.CLOUD)
                        .setVersion(1)
                        .setName("Cloud sync")
                        .setMount("cloud")
                        .setKind(LibraryKind.LIBRARY_KIND_HANDOVER)
                        .setEnabled(true)
                        .setHealth(LibraryHealth.newBuilder().setState(HealthState.HEALTH_STATE_ONLINE)))
                .build());
    }

    /** Batches in all the states that matter, with a picture, galleries and a history behind the one that needs a hand. */
    public static void bundles(World world) {
        handover(world);
        AssetState picture = world.picture(7, Instant.parse("2024-07-14T12:00:00Z"));
        world.imports.put(Bundles.discovered(Bundles.REFERENCE));
        world.imports.put(Bundles.discovered(Bundles.SECOND));
        world.imports.put(Bundles.waiting(Bundles.WAITING));
        world.imports.put(Bundles.imported(DONE));
        List<BatchItem> items = new ArrayList<>();
        for (int position = 0; position < 10; position++) {
            items.add(Bundles.item(
                    position, position == 4 || position == 6 ? "failed" : position == 5 ? "deferred" : "created"));
        }
        items.set(
                0,
                items.getFirst().toBuilder()
                        .setTarget(items.getFirst().getTarget().toBuilder().setAssetId(World.hex(picture)))
                        .build());
        items.add(gallery(10, "Harbour at dusk"));
        items.add(gallery(11, "Roofs of the old town"));
        world.imports.put(
                Bundles.partial(Bundles.BROKEN).toBuilder()
                        .setItems(items.size())
                        .addWarnings("The manifest claims 15,655,459,226 bytes; the payload has 15,652,313,498.")
                        .build(),
                items.toArray(BatchItem[]::new));
        world.imports.put(Bundles.job(Bundles.BROKEN, "done", 89).toBuilder()
                .setLastError("2 items failed")
                .setTally(
                        DecisionTally.newBuilder().setCreated(85).setDeferred(2).setFailed(2))
                .build());
        world.imports.put(
                ContainerState.newBuilder()
                        .setContainerId(GALLERY)
                        .setKind(ContainerKind.CONTAINER_KIND_GALLERY)
                        .setTitle("Harbour at dusk")
                        .setExpectedMembers(2)
                        .setLinkedMembers(1)
                        .setMissingMembers(1)
                        .build(),
                picture);
        history(world);
    }

    private static void history(World world) {
        world.imports.put(Bundles.entry(Bundles.BROKEN, "scan")
                .setScan(BundleScanned.newBuilder()
                        .setSource("filesystem")
                        .setManifestSha256(ByteString.fromHex(Bundles.SHA))
                        .setSyncType("gallery")
                        .setAction("import")
                        .setItemCount(89)
                        .setTotalBytes(15_655_459_226L)
                        .setVerdict("consumable"))
                .build());
        world.imports.put(Bundles.entry(Bundles.BROKEN, "item_failed")
                .setItem(ItemDecided.newBuilder()
                        .setPhase("item_import")
                        .setHash(Bundles.hash(4))
                        .setType("photo")
                        .setErrorCode("payload_missing")
                        .setError("The file is not in the payload folder."))
                .build());
        world.imports.put(Bundles.entry(Bundles.BROKEN, "import_finished")
                .setImportFinished(ImportFinished.newBuilder()
                        .setPhase("import")
                        .setStatus("partial")
                        .setTally(DecisionTally.newBuilder()
                                .setCreated(85)
                                .setDeferred(2)
                                .setFailed(2)))
                .build());
    }

    private static BatchItem gallery(int position, String title) {
        BatchItem.Builder item = Bundles.item(position, "created").toBuilder()
                .setAssetType("gallery_legacy")
                .clearPath()
                .clearCoverHash()
                .clearParentHash()
                .setTargetTitle(title);
        item.getTargetBuilder().clear().setGalleryId(GALLERY);
        return item.build();
    }
}
