package io.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.store.RenditionStore;
import io.sluice.media.store.TreeWrite;
import io.sluice.media.work.OnVideoWork;
import io.sluice.media.work.SweepGrowingStreams;
import io.sluice.messaging.Transactions;
import io.sluice.testsupport.SluiceInfra;

/** Laws 1, 6 and 7 for what takes minutes: an attempt that is lost, a store without room, work that is redriven. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(MediaFolders.class)
class InterruptedStreamsIT {

    @Inject
    RenditionStore store;

    @Inject
    SweepGrowingStreams sweep;

    @Inject
    Transactions transactions;

    @Inject
    OnVideoWork handler;

    private TestVideos videos;

    @BeforeEach
    void start() {
        videos = new TestVideos(MediaFolders.library());
        ToldAssets.tell(ToldAssets.library(HealthState.HEALTH_STATE_ONLINE));
    }

    @AfterEach
    void makeRoom() {
        TestStore.KEEP_FREE.set(0);
    }

    private static boolean isRunning(ContentHash hash) {
        return ToldVideos.lifecycle(hash, "hls@1") == RenditionLifecycle.RENDITION_LIFECYCLE_RUNNING;
    }

    /** What a reader finds in its place is there to its end, or not at all. */
    private static boolean isTorn(ContentHash hash) {
        Path playlist = MediaFolders.store()
                .resolve(hash.hex().substring(0, 2))
                .resolve(hash.hex())
                .resolve("hls@1/playlist.m3u8");
        return Files.exists(playlist) && !ToldVideos.text(playlist).contains("#EXT-X-ENDLIST");
    }

    @Test
    void anAttemptThatLostItsLeaseIsFollowedByOneUnderAnotherToken() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        ToldAssets.tell(ToldVideos.video(hash, videos.slow("lost-lease.mp4", 25), 1));
        Awaits.until(() -> isRunning(hash));
        String before = ToldVideos.rendition(hash, "hls@1").getFile();

        // As a process that was frozen past its lease: somebody else counts it as vanished.
        SluiceInfra.database()
                .execute(
                        "UPDATE work SET lease_until = NOW(6) - INTERVAL 1 SECOND, lease_incarnation = UUID()"
                                + " WHERE work_class = 'video' AND work_key = ? AND state = 'running'",
                        hash.hex());
        Awaits.until(() -> {
            assertThat(isTorn(hash)).isFalse();
            StoredRendition now = ToldVideos.rendition(hash, "hls@1");
            return !now.getFile().isEmpty() && !now.getFile().equals(before);
        });
        assertThat(MediaFolders.store().resolve(before).getParent()).doesNotExist();
        ToldVideos.awaitReady(hash, "hls@1");

        assertThat(isTorn(hash)).isFalse();
        assertThat(ToldVideos.rendition(hash, "hls@1").getState().getAttempts()).isEqualTo(2);
        assertThat(ToldVideos.hidden(hash)).isEmpty();
        assertThat(MediaFolders.store().resolve(".growing")).isDirectoryNotContaining("glob:**" + hash + "*");
        assertThat(SluiceInfra.database().number("SELECT COUNT(*) FROM dead_letter WHERE record_key = ?", hash.hex()))
                .isZero();
    }

    @Test
    void whatAProcessLeftIsSweptAndWhatRunsIsNot() throws IOException {
        ContentHash running = ToldAssets.newHash();
        ContentHash left = ToldAssets.newHash();
        TreeWrite died = store.openTree(left, "hls@1", 99);
        Files.writeString(died.folder().resolve("init.mp4"), "half");
        ToldAssets.tell(ToldVideos.video(running, videos.slow("swept.mp4", 20), 1));
        Awaits.until(() -> isRunning(running));

        assertThat(sweep.sweep()).isEqualTo(1);

        assertThat(died.folder()).doesNotExist();
        assertThat(isRunning(running)).isTrue();
        ToldVideos.awaitReady(running, "hls@1");
        assertThat(ToldVideos.rendition(running, "hls@1").getState().getAttempts())
                .isEqualTo(1);
    }

    @Test
    void aFullStoreIsWaitedFor() throws IOException {
        TestStore.KEEP_FREE.set(Long.MAX_VALUE);
        ContentHash hash = ToldAssets.newHash();
        ToldAssets.tell(ToldVideos.video(hash, videos.h264("full.mp4", 3), 1));
        Awaits.until(() -> SluiceInfra.database()
                        .number(
                                "SELECT COUNT(*) FROM work WHERE work_class = 'video' AND work_key = ?"
                                        + " AND interrupted >= 2 AND attempts = 0",
                                hash.hex())
                == 1);
        RenditionState waits = ToldVideos.rendition(hash, "hls@1").getState();
        assertThat(waits.getLifecycle()).isEqualTo(RenditionLifecycle.RENDITION_LIFECYCLE_PENDING);
        assertThat(waits.getErrorCode()).isEqualTo("store_full");

        TestStore.KEEP_FREE.set(0);

        ToldVideos.awaitReady(hash, "hls@1", "poster@1");
        assertThat(ToldVideos.rendition(hash, "hls@1").getState().getAttempts()).isEqualTo(1);
    }

    @Test
    void whatWasGivenUpOnIsPendingAgainWhenItsWorkIsRedriven() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        ToldAssets.tell(ToldVideos.video(hash, videos.h264("given-up.mp4", 2), 1));
        ToldVideos.awaitReady(hash, "hls@1", "poster@1");
        SluiceInfra.database()
                .execute(
                        "UPDATE rendition SET lifecycle = 'failed', error_code = 'child_died', reason = 'It died'"
                                + " WHERE content_hash = UNHEX(?) AND name = 'hls'",
                        hash.hex());

        transactions.run(tx -> handler.redrive(tx, List.of(hash.hex())));

        assertThat(ToldVideos.lifecycle(hash, "hls@1")).isEqualTo(RenditionLifecycle.RENDITION_LIFECYCLE_PENDING);
        assertThat(ToldVideos.lifecycle(hash, "poster@1")).isEqualTo(RenditionLifecycle.RENDITION_LIFECYCLE_READY);
        assertThat(SluiceInfra.database()
                        .strings("SELECT state FROM video_library WHERE content_hash = UNHEX(?)", hash.hex()))
                .containsExactly("pending");
    }
}
