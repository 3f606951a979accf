package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.ingest.asset.RegisterAsset;
import io.sluice.ingest.asset.RegisterAsset.Bringing;
import io.sluice.ingest.asset.RegisterAsset.BroughtFile;
import io.sluice.ingest.header.FileHeader;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ContentHasher;
import io.sluice.ingest.location.FileStat;
import io.sluice.ingest.location.RelativePath;
import io.sluice.ingest.world.Ingested;
import io.sluice.ingest.world.Surroundings;
import io.sluice.ingest.world.ToldLibrary;
import io.sluice.messaging.Transactions;
import io.sluice.testsupport.SluiceInfra;

/** Files that the scanner never tells of come in by the same road as all others. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class BroughtFilesIT {

    private static final String JOB = UUID.randomUUID().toString();

    @Inject
    RegisterAsset register;

    @Inject
    Transactions transactions;

    @Test
    void aBroughtFileIsAnAssetWithALocationOfOurOwn() {
        ToldLibrary library = ToldLibrary.online("brought");
        BroughtFile photo = brought(library, "s/photos/a.jpg", "one");
        assertThat(bring(photo)).containsExactly(Bringing.CREATED);

        AssetState told = Ingested.told(photo.hash().hex(), state -> true);
        assertThat(told.getLocationsList()).singleElement().satisfies(location -> {
            assertThat(location.getLibraryId()).isEqualTo(library.id());
            assertThat(location.getPath().toStringUtf8()).isEqualTo("s/photos/a.jpg");
            assertThat(location.getFileId()).isNegative();
            assertThat(location.getSequence()).isEqualTo(1);
            assertThat(location.getStat()).isEqualTo(photo.stat().told());
            assertThat(location.getPresent()).isTrue();
        });

        assertThat(bring(photo)).containsExactly(Bringing.KNOWN);
        assertThat(Ingested.told(photo.hash().hex())).hasSize(1);
        assertThat(Ingested.database()
                        .number("SELECT SUM(present) FROM library_count WHERE library_id = ?", library.id()))
                .isEqualTo(1);
    }

    @Test
    void bytesThatAreKnownFromAnywhereAreLinked() {
        ToldLibrary library = ToldLibrary.online("linked");
        library.write("scanned.txt", "known " + library.id());
        FileObservation seen = library.see("scanned.txt");
        library.tell(seen);
        String hash = Ingested.hash(seen);

        BroughtFile same = brought(library, "s/a.txt", "known");
        BroughtFile twice = brought(library, "s/b.txt", "twice");
        BroughtFile again = brought(library, "s/c.txt", "twice");
        assertThat(bring(same, twice, again)).containsExactly(Bringing.LINKED, Bringing.CREATED, Bringing.LINKED);
        assertThat(same.hash().hex()).isEqualTo(hash);
        Ingested.told(hash, state -> state.getLocationCount() == 2);
        Ingested.told(twice.hash().hex(), state -> state.getLocationCount() == 2);
    }

    @Test
    void otherBytesAtTheSamePlaceAreASuccession() {
        ToldLibrary library = ToldLibrary.online("replaced");
        BroughtFile old = brought(library, "s/a.jpg", "old");
        bring(old);
        BroughtFile next = brought(library, "s/a.jpg", "next");
        assertThat(bring(next)).containsExactly(Bringing.CREATED);

        AssetState superseded = Ingested.told(
                old.hash().hex(), state -> state.getLifecycle() == AssetLifecycle.ASSET_LIFECYCLE_SUPERSEDED);
        assertThat(superseded.getSupersededBy()).isEqualTo(next.hash().toByteString());
        assertThat(Ingested.told(next.hash().hex(), state -> true)
                        .getLocations(0)
                        .getSequence())
                .isEqualTo(2);
    }

    @Test
    void aPathThatTheScannerHeldChangesHands() {
        ToldLibrary library = ToldLibrary.online("held");
        library.write("s/a.txt", "held " + library.id());
        FileObservation seen = library.see("s/a.txt");
        library.tell(seen);
        Ingested.hash(seen);

        BroughtFile brought = brought(library, "s/a.txt", "held");
        assertThat(bring(brought)).containsExactly(Bringing.LINKED);
        AssetState told = Ingested.told(
                brought.hash().hex(), state -> state.getLocations(0).getFileId() < 0);
        assertThat(told.getLocationCount()).isEqualTo(1);
    }

    @Test
    void containersAndCoversAreToldWithTheAsset() {
        ToldLibrary library = ToldLibrary.online("grouped");
        BroughtFile photo = brought(library, "s/a.jpg", "grouped");
        bring(photo);
        String container = UUID.randomUUID().toString();
        transactions.run(tx -> {
            tx.execute(
                    "INSERT INTO container_member (container_id, position, external_hash, content_hash)"
                            + " VALUES (?, 0, UNHEX(MD5('x')), ?)",
                    container,
                    photo.hash().bytes());
            tx.execute(
                    "INSERT INTO asset_provided (content_hash, name, source_hash, batch_id, library_id, path, size, mtime_ns,"
                            + " ctime_ns, birth_time_ns, inode, current)"
                            + " VALUES (?, 'cover', UNHEX(MD5('c')), 1, ?, 's/c.jpg', 7, 1, 2, 3, 4, TRUE)",
                    photo.hash().bytes(),
                    library.id());
            assertThat(register.bring(tx, List.of(photo), Set.of(photo.hash()), () -> {}))
                    .containsExactly(Bringing.KNOWN);
        });

        AssetState told = Ingested.told(photo.hash().hex(), state -> state.getContainerIdsCount() == 1);
        assertThat(told.getContainerIds(0)).isEqualTo(container);
        assertThat(told.getProvidedRenditionsList()).singleElement().satisfies(cover -> {
            assertThat(cover.getName()).isEqualTo("cover");
            assertThat(cover.getLibraryId()).isEqualTo(library.id());
            assertThat(cover.getPath().toStringUtf8()).isEqualTo("s/c.jpg");
            assertThat(cover.getStat().getSize()).isEqualTo(7);
        });
    }

    @Test
    void theScannersDigestsDoNotSeeThem() {
        ToldLibrary library = ToldLibrary.online("digest");
        library.write("scanned.txt", "scanned " + library.id());
        FileObservation seen = library.see("scanned.txt");
        library.tell(seen);
        Ingested.hash(seen);
        bring(brought(library, "s/a.txt", "a"), brought(library, "s/b.txt", "b"));

        String scan = library.tellDigest();
        Ingested.await("the digest was compared and is equal").until(() -> Ingested.database()
                .strings("SELECT state FROM scan_digest WHERE scan_id = ?", scan)
                .contains("equal"));
        assertThat(Ingested.database()
                        .number("SELECT SUM(present) FROM library_count WHERE library_id = ?", library.id()))
                .isEqualTo(3);
    }

    private List<Bringing> bring(BroughtFile... files) {
        return transactions.call(tx -> register.bring(tx, List.of(files), Set.of(), () -> {}));
    }

    private static BroughtFile brought(ToldLibrary library, String path, String word) {
        byte[] bytes = (word + " " + library.id()).getBytes(StandardCharsets.UTF_8);
        ContentHasher hasher = new ContentHasher();
        hasher.update(bytes, bytes.length);
        ContentHash hash = hasher.finish();
        FileStat stat = FileStat.of(ToldLibrary.stat(library.write(path, bytes)));
        return new BroughtFile(library.id(), RelativePath.of(path), stat, hash, FileHeader.empty(), "", JOB);
    }
}
