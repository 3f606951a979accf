package io.sluice.ingest.importjob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.AssetText;
import io.sluice.contract.ingest.v1.ContainerState;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.contract.ingest.v1.LedgerEntry;
import io.sluice.contract.ingest.v1.QueuedImport;
import io.sluice.ingest.asset.RegisterAsset;
import io.sluice.ingest.asset.RegisterAsset.Bringing;
import io.sluice.ingest.asset.RegisterAsset.BroughtFile;
import io.sluice.ingest.header.FileHeader;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.FileStat;
import io.sluice.ingest.location.RelativePath;
import io.sluice.ingest.world.Ingested;
import io.sluice.ingest.world.Surroundings;
import io.sluice.ingest.world.ToldLibrary;
import io.sluice.messaging.Transactions;
import io.sluice.testsupport.SluiceInfra;

/** From a queued batch to assets, covers, galleries and their ledger, on a real broker, a real database and real files. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class ImportBundleIT {

    @Inject
    QueueImports queue;

    @Inject
    JobViews views;

    @Inject
    Transactions transactions;

    @Inject
    RegisterAsset register;

    @Test
    void theReferenceBundleIsImportedOnce() {
        ToldLibrary library = ToldLibrary.online("reference");
        HandedBundle bundle = HandedBundle.reference(library);
        bundle.handOver();

        ImportJob job = run(bundle, false);
        assertThat(job.getLastError()).isEmpty();
        assertThat(job.getState()).isEqualTo("done");
        assertThat(job.getTally().getCreated()).isEqualTo(89);
        assertThat(job.getItemsDone()).isEqualTo(89);
        assertThat(job.getWorker()).matches(".+/pid:\\d+");
        assertThat(Imports.batch(bundle)).containsEntry("state", "imported");
        assertThat(count(
                        "SELECT COUNT(*) FROM file_location WHERE library_id = ? AND content_hash IS NOT NULL",
                        library))
                .isEqualTo(43);
        assertThat(count("SELECT COUNT(*) FROM asset_library WHERE library_id = ?", library))
                .isEqualTo(43);
        assertThat(count(
                        "SELECT COUNT(*) FROM asset_provided WHERE library_id = ? AND name = 'cover' AND current",
                        library))
                .isEqualTo(43);

        List<LedgerEntry> told = Imports.ledgerUntil(bundle, "job_finished", 1);
        holdsTheLedger(bundle, told);
        String photo = HandedBundle.hashOf(bundle.syncId() + "p00");
        ContainerState harbour = Imports.container(HandedBundle.hashOf(bundle.syncId() + "Harbour"), 14);
        assertThat(harbour.getExpectedMembers()).isEqualTo(14);
        assertThat(harbour.getTitle()).isEqualTo("Harbour");
        assertThat(Imports.container(HandedBundle.hashOf(bundle.syncId() + "Island"), 15)
                        .getMissingMembers())
                .isZero();
        assertThat(Imports.container(HandedBundle.hashOf(bundle.syncId() + "Town"), 14)
                        .getMembersCount())
                .isEqualTo(14);
        Ingested.told(
                assetOf(photo),
                state -> state.getContainerIdsList().equals(List.of(harbour.getContainerId()))
                        && state.getProvidedRenditionsCount() == 1);
        keepsWhatWasSaidOf(assetOf(photo));

        QueuedImport again = Imports.queue(queue, bundle, false);
        assertThat(again.getErrorCode()).isEqualTo("batch_already_imported");
        assertThat(again.getError()).contains("Force");

        List<Map<String, Object>> before = Imports.libraryRows();
        ImportJob forced = run(bundle, true);
        assertThat(forced.getTally().getSkipped()).isEqualTo(89);
        assertThat(Imports.libraryRows()).isEqualTo(before);
        assertThat(Imports.batch(bundle)).containsEntry("state", "imported");
        assertThat(Imports.ledgerUntil(bundle, "item_skipped", 89).stream()
                        .filter(entry -> entry.getEventType().equals("item_skipped"))
                        .filter(entry -> entry.getItem()
                                        .getTargetIds()
                                        .getAssetId()
                                        .isEmpty()
                                && entry.getItem().getTargetIds().getGalleryId().isEmpty()))
                .isEmpty();
    }

    private static void holdsTheLedger(HandedBundle bundle, List<LedgerEntry> told) {
        assertThat(told).extracting(LedgerEntry::getEventType).startsWith("job_queued", "job_claimed");
        assertThat(told)
                .filteredOn(entry -> entry.getEventType().equals("item_created"))
                .hasSize(89);
        assertThat(told)
                .filteredOn(entry -> entry.getEventType().equals("item_created")
                        && entry.getItem().getType().equals("cover"))
                .allSatisfy(entry -> {
                    assertThat(entry.getItem().getPhase()).isEqualTo("item_import");
                    assertThat(entry.getItem().getTargetIds().getAssetId()).hasSize(64);
                    assertThat(entry.getItem().getTargetIds().getParentHash()).hasSize(32);
                    assertThat(entry.getItem().getTargetIds().getCoverHash())
                            .isEqualTo(entry.getItem().getHash());
                });
        assertThat(told)
                .filteredOn(entry -> entry.getEventType().equals("item_updated"))
                .extracting(entry -> entry.getContainer().getTitle() + " "
                        + entry.getContainer().getLinkedMemberCount() + "/"
                        + entry.getContainer().getExpectedMemberCount() + " "
                        + entry.getContainer().getPhase())
                .containsExactlyInAnyOrder(
                        "Harbour 14/14 container_link", "Island 15/15 container_link", "Town 14/14 container_link");
        LedgerEntry finished = told.get(told.size() - 2);
        assertThat(finished.getEventType()).isEqualTo("import_finished");
        assertThat(finished.getImportFinished().getStatus()).isEqualTo("imported");
        assertThat(finished.getImportFinished().getRemaining()).isZero();
        assertThat(finished.getImportFinished().getTally().getCreated()).isEqualTo(89);
        LedgerEntry ended = told.getLast();
        assertThat(ended.getJobFinished().getPhase()).isEqualTo("job_finish");
        assertThat(ended.getJobFinished().getError()).isEmpty();
        assertThat(ended.getJobFinished().getSummary().getOk()).isTrue();
        assertThat(ended.getJobFinished().getSummary().getItemsSeen()).isEqualTo(89);
        assertThat(ended.getJobFinished().getSummary().getSummary()).isEqualTo(finished.getImportFinished());
    }

    private static void keepsWhatWasSaidOf(String asset) {
        assertThat(Ingested.database()
                        .strings(
                                "SELECT analysis_kind FROM asset_ai_run WHERE content_hash = UNHEX(?) ORDER BY analysis_kind",
                                asset))
                .containsExactly("photo.analysis", "source_data:other.json");
        assertThat(Ingested.database().strings("SELECT body FROM asset_source WHERE content_hash = UNHEX(?)", asset))
                .containsExactly("{\"from\":\"p00\"}");
        AssetText text = Ingested.await("text of " + asset)
                .until(
                        () -> SluiceInfra.topics().read(Topics.INGEST_TEXT.name()).stream()
                                .filter(record -> new String(record.key(), java.nio.charset.StandardCharsets.UTF_8)
                                        .equals(asset + "/photo.analysis"))
                                .map(record -> text(record.value()))
                                .toList(),
                        texts -> texts.size() == 1)
                .getFirst();
        assertThat(text.getText()).isEqualTo("a harbour at dusk p00\nboats\nlight");
        assertThat(text.getTruncated()).isFalse();
    }

    private static AssetText text(byte[] value) {
        try {
            return AssetText.parseFrom(value);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneBadItemLeavesTheOthersInAndOnlyItIsDoneAgain() throws IOException {
        ToldLibrary library = ToldLibrary.online("partial");
        HandedBundle bundle = HandedBundle.reference(library);
        String cover = "covers/" + HandedBundle.hashOf(bundle.syncId() + "coverp07") + ".jpg";
        byte[] bytes = Files.readAllBytes(library.file(bundle.path(cover)));
        Files.delete(library.file(bundle.path(cover)));
        bundle.handOver();

        ImportJob job = run(bundle, false);
        assertThat(job.getTally().getCreated()).isEqualTo(88);
        assertThat(job.getTally().getFailed()).isEqualTo(1);
        assertThat(job.getLastError()).contains("payload_missing");
        assertThat(Imports.batch(bundle)).containsEntry("state", "partial");
        assertThat((String) Imports.batch(bundle).get("last_error")).contains("payload_missing");
        assertThat(Ingested.database()
                        .number(
                                "SELECT i.attempts FROM ingest_batch_item i JOIN ingest_batch b ON b.id = i.batch_id"
                                        + " WHERE i.error_code = 'payload_missing' AND b.sync_id = ?",
                                bundle.syncId()))
                .isEqualTo(1);

        Files.write(library.file(bundle.path(cover)), bytes);
        ImportJob second = run(bundle, false);
        assertThat(second.getTally().getCreated()).isEqualTo(1);
        assertThat(second.getSkippedTerminal()).isEqualTo(88);
        assertThat(second.getItemsDone()).isEqualTo(89);
        assertThat(Imports.batch(bundle)).containsEntry("state", "imported").containsEntry("last_error", "");
        assertThat(Imports.items(bundle, "created")).isEqualTo(89);
        List<LedgerEntry> told = Imports.ledgerUntil(bundle, "job_finished", 2);
        assertThat(told)
                .filteredOn(entry -> entry.getEventType().equals("item_created"))
                .hasSize(89);
        assertThat(told)
                .filteredOn(entry -> entry.getEventType().equals("item_failed"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.getItem().getErrorCode()).isEqualTo("payload_missing"));
    }

    @Test
    void aCoverWaitsForItsParentAndAGalleryForItsMembers() {
        ToldLibrary library = ToldLibrary.online("late");
        HandedBundle later = new HandedBundle(library);
        String late = later.photo("late");
        HandedBundle bundle = new HandedBundle(library);
        String here = bundle.photo("here");
        bundle.cover("late", late);
        String gallery = bundle.gallery("Both", List.of(here, late));
        bundle.handOver();
        later.handOver();

        ImportJob first = run(bundle, false);
        assertThat(first.getTally().getCreated()).isEqualTo(2);
        assertThat(first.getTally().getDeferred()).isEqualTo(1);
        assertThat(Imports.batch(bundle)).containsEntry("state", "partial");
        assertThat(Imports.container(gallery, 1).getMissingMembers()).isEqualTo(1);

        run(later, false);
        ContainerState filled = Imports.container(gallery, 2);
        assertThat(filled.getMissingMembers()).isZero();
        Ingested.told(assetOf(late), state -> state.getContainerIdsList().equals(List.of(filled.getContainerId())));

        ImportJob second = run(bundle, false);
        assertThat(second.getTally().getCreated()).isEqualTo(1);
        assertThat(second.getSkippedTerminal()).isEqualTo(2);
        Ingested.told(assetOf(late), state -> state.getProvidedRenditionsCount() == 1);
    }

    @Test
    void anExternalHashKeepsItsMeaningUnlessABundleSaysThatItSupersedes() {
        ToldLibrary library = ToldLibrary.online("meaning");
        String hash = HandedBundle.hashOf("meaning" + library.id());
        HandedBundle first = new HandedBundle(library);
        first.photo("a", hash, "first " + library.id());
        String gallery = first.gallery("Meaning", List.of(hash));
        first.handOver();
        run(first, false);
        String old = assetOf(hash);

        HandedBundle stranger = new HandedBundle(library);
        stranger.photo("a", hash, "other " + library.id());
        stranger.handOver();
        ImportJob refused = run(stranger, false);
        assertThat(refused.getTally().getFailed()).isEqualTo(1);
        assertThat(refused.getState()).isEqualTo("failed");
        assertThat(refused.getLastError()).contains("external_hash_conflict").contains(first.syncId());
        assertThat(assetOf(hash)).isEqualTo(old);

        HandedBundle next = new HandedBundle(library).superseding(first);
        next.photo("a", hash, "next " + library.id());
        next.handOver();
        ImportJob updated = run(next, false);
        assertThat(updated.getTally().getUpdated()).isEqualTo(1);
        String now = assetOf(hash);
        assertThat(now).isNotEqualTo(old);
        assertThat(Imports.batch(first)).containsEntry("state", "superseded");
        ContainerState linked = Imports.container(gallery, 1);
        Ingested.told(now, state -> state.getContainerIdsList().equals(List.of(linked.getContainerId())));
        Ingested.told(old, state -> state.getContainerIdsCount() == 0);
    }

    @Test
    void knownBytesAreLinkedAndWhatIsSaidAgainIsSkipped() {
        ToldLibrary library = ToldLibrary.online("known");
        HandedBundle first = new HandedBundle(library);
        String hash = first.photo("a", HandedBundle.hashOf("known" + library.id()), "known " + library.id());
        first.handOver();
        run(first, false);

        HandedBundle second = new HandedBundle(library);
        second.photo("a", hash, "known " + library.id());
        second.photo("b", HandedBundle.hashOf("other" + library.id()), "known " + library.id());
        second.handOver();
        ImportJob job = run(second, false);
        assertThat(job.getTally().getSkipped()).isEqualTo(1);
        assertThat(job.getTally().getLinked()).isEqualTo(1);
        assertThat(Imports.batch(second)).containsEntry("state", "imported");
        Ingested.told(assetOf(hash), state -> state.getLocationCount() == 3);
    }

    @Test
    void changedBytesKeepTheirPlaceInGalleriesAndTheirName() {
        ToldLibrary library = ToldLibrary.online("heir");
        HandedBundle bundle = new HandedBundle(library);
        String photo = bundle.photo("a");
        String gallery = bundle.gallery("Heir", List.of(photo));
        bundle.handOver();
        run(bundle, false);
        String old = assetOf(photo);

        byte[] other = HexFormat.of().parseHex(HandedBundle.hashOf("x").repeat(2));
        String path = bundle.path("photos/a.jpg");
        BroughtFile changed = new BroughtFile(
                library.id(),
                RelativePath.of(path),
                FileStat.of(ToldLibrary.stat(library.write(path, "other bytes"))),
                ContentHash.of(other),
                FileHeader.empty(),
                "",
                UUID.randomUUID().toString());
        transactions.run(tx -> assertThat(register.bring(tx, List.of(changed), Set.of(), () -> {}))
                .containsExactly(Bringing.CREATED));

        String heir = changed.hash().hex();
        assertThat(assetOf(photo)).isEqualTo(heir);
        Ingested.told(
                old,
                state -> state.getLifecycle() == AssetLifecycle.ASSET_LIFECYCLE_SUPERSEDED
                        && state.getContainerIdsCount() == 0);
        ContainerState told = Ingested.await("the gallery has the heir")
                .until(() -> Imports.container(gallery, 1), state -> state.getMembers(0)
                        .equals(changed.hash().toByteString()));
        Ingested.told(heir, state -> state.getContainerIdsList().equals(List.of(told.getContainerId())));
    }

    @Test
    void whatCannotBeTakenSaysWhy() throws IOException {
        ToldLibrary library = ToldLibrary.online("refused");
        HandedBundle bundle = new HandedBundle(library);
        bundle.photo("good");
        bundle.item("photo", HandedBundle.hashOf("escape" + library.id()), "../" + library.name() + "/secret", null);
        bundle.item("photo", HandedBundle.hashOf("link" + library.id()), "photos/link.jpg", null);
        bundle.item("photo", HandedBundle.hashOf("size" + library.id()), "photos/good.jpg", 3L);
        bundle.item("hologram", HandedBundle.hashOf("holo" + library.id()), "x", null);
        library.write("secret", "not of this bundle");
        Files.createSymbolicLink(library.file(bundle.path("photos/link.jpg")), library.file("secret"));
        bundle.handOver();

        ImportJob job = run(bundle, false);
        assertThat(job.getTally().getCreated()).isEqualTo(1);
        assertThat(job.getTally().getFailed()).isEqualTo(4);
        assertThat(Ingested.database()
                        .strings(
                                "SELECT i.error_code FROM ingest_batch_item i JOIN ingest_batch b ON b.id = i.batch_id"
                                        + " WHERE b.sync_id = ? ORDER BY i.position",
                                bundle.syncId()))
                .containsExactly("", "path_escapes", "path_escapes", "payload_differs", "item_type_refused");
    }

    private ImportJob run(HandedBundle bundle, boolean force) {
        return Imports.run(queue, views, transactions, bundle, force);
    }

    private static String assetOf(String externalHash) {
        return Ingested.database()
                .strings("SELECT HEX(content_hash) FROM external_hash WHERE external_hash = UNHEX(?)", externalHash)
                .getFirst()
                .toLowerCase(Locale.ROOT);
    }

    private static long count(String sql, ToldLibrary library) {
        return Ingested.database().number(sql, library.id());
    }
}
