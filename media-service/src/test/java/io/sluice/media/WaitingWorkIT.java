package io.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.image.TestPictures;
import io.sluice.testsupport.SluiceInfra;

/** Laws 4 and 7: what stands in the way from outside is waited for, and no attempt is counted. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(MediaFolders.class)
class WaitingWorkIT {

    private TestPictures pictures;

    @BeforeEach
    void start() {
        pictures = new TestPictures(MediaFolders.library());
        ToldAssets.tell(ToldAssets.library(HealthState.HEALTH_STATE_ONLINE));
    }

    @AfterEach
    void makeRoom() {
        TestStore.KEEP_FREE.set(0);
    }

    private static List<RenditionState> states(ContentHash hash) {
        return MediaClient.renditions(hash).map(AssetRenditions::getRenditionsList).orElse(List.of()).stream()
                .map(StoredRendition::getState)
                .toList();
    }

    private static void awaitReady(ContentHash hash) {
        Awaits.until(() -> states(hash).size() == 2
                && states(hash).stream()
                        .allMatch(state -> state.getLifecycle() == RenditionLifecycle.RENDITION_LIFECYCLE_READY));
    }

    private static void awaitWaitingFor(ContentHash hash, String errorCode) {
        Awaits.until(() -> states(hash).size() == 2
                && states(hash).stream().allMatch(state -> state.getErrorCode().equals(errorCode)));
        // Twice, so that a second interruption was given back as well.
        Awaits.until(() -> SluiceInfra.database()
                        .number(
                                "SELECT COUNT(*) FROM work WHERE work_key = ? AND interrupted >= 2 AND attempts = 0",
                                hash.hex())
                == 1);
        assertThat(states(hash)).allSatisfy(state -> {
            assertThat(state.getLifecycle()).isEqualTo(RenditionLifecycle.RENDITION_LIFECYCLE_PENDING);
            assertThat(state.getReason()).isNotBlank();
        });
        assertThat(SluiceInfra.database().number("SELECT SUM(failed) FROM work WHERE work_key = ?", hash.hex()))
                .isZero();
        assertThat(MediaFolders.store().resolve(hash.hex().substring(0, 2)).resolve(hash.hex()))
                .doesNotExist();
    }

    private static void assertOneAttempt(ContentHash hash) {
        assertThat(states(hash))
                .allSatisfy(state -> assertThat(state.getAttempts()).isEqualTo(1));
        assertThat(SluiceInfra.database().number("SELECT COUNT(*) FROM dead_letter WHERE record_key = ?", hash.hex()))
                .isZero();
    }

    @Test
    void aChangedFileStoresNothingAndIsDoneAfterTheNextWordOfIt() throws IOException {
        Path file = pictures.jpeg("changed.jpg", TestPictures.photograph(300, 200, 1));
        ContentHash hash = ToldAssets.newHash();
        var before = ToldAssets.image(hash, file, 1);
        pictures.jpeg("changed.jpg", TestPictures.photograph(320, 200, 2));

        ToldAssets.tell(before);
        awaitWaitingFor(hash, "source_changed");

        ToldAssets.tell(ToldAssets.image(hash, file, 2));
        awaitReady(hash);
        assertOneAttempt(hash);
    }

    @Test
    void aFileThatChangesWhileItIsDecodedStoresNothing() throws IOException {
        Path file = pictures.bomb("growing.png", 14_000, 14_000);
        ContentHash hash = ToldAssets.newHash();
        ToldAssets.tell(ToldAssets.image(hash, file, 1));
        Awaits.until(() -> Decoding.of(file));

        Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);

        awaitWaitingFor(hash, "source_changed");
        ToldAssets.tell(ToldAssets.image(hash, file, 2));
        awaitReady(hash);
        assertOneAttempt(hash);
    }

    @Test
    void aFileThatIsGoneIsTakenFromItsOtherPlace() throws IOException {
        Path here = pictures.jpeg("here.jpg", TestPictures.photograph(300, 200, 5));
        Path there = Files.copy(here, MediaFolders.library().resolve("there.jpg"));
        ContentHash hash = ToldAssets.newHash();
        var state = ToldAssets.image(hash, here, 1).toBuilder()
                .addLocations(ToldAssets.location(there))
                .build();
        Files.delete(here);
        ToldAssets.tell(state);
        awaitReady(hash);
        assertOneAttempt(hash);
    }

    @Test
    void aFullStoreIsWaitedFor() throws IOException {
        TestStore.KEEP_FREE.set(Long.MAX_VALUE);
        Path file = pictures.jpeg("full.jpg", TestPictures.photograph(300, 200, 3));
        ContentHash hash = ToldAssets.newHash();
        ToldAssets.tell(ToldAssets.image(hash, file, 1));
        awaitWaitingFor(hash, "store_full");

        TestStore.KEEP_FREE.set(0);

        awaitReady(hash);
        assertOneAttempt(hash);
    }

    @Test
    void aLibraryThatIsAwayIsWaitedFor() throws IOException {
        ToldAssets.tell(ToldAssets.library(HealthState.HEALTH_STATE_STALE));
        Path file = pictures.jpeg("away.jpg", TestPictures.photograph(300, 200, 4));
        ContentHash hash = ToldAssets.newHash();
        ToldAssets.tell(ToldAssets.image(hash, file, 1));
        awaitWaitingFor(hash, "library_stale");

        ToldAssets.tell(ToldAssets.library(HealthState.HEALTH_STATE_ONLINE));

        awaitReady(hash);
        assertOneAttempt(hash);
    }
}
