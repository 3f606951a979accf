package io.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.image.TestPictures;
import io.sluice.messaging.grpc.GrpcErrors;
import io.sluice.testsupport.SluiceInfra;

/** A video that nobody has made a stream of plays within seconds, however many ask, and is made once. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(MediaFolders.class)
class PlayNowIT {

    private static final Duration WAIT = Duration.ofSeconds(30);

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

    @Test
    void whoAsksPlaysWhatGrowsAndTwoWhoAskShareOneRun() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        Path file = videos.slow("asked.mp4", 30);
        // Until its pause is so long that no worker comes first.
        TestStore.KEEP_FREE.set(Long.MAX_VALUE);
        ToldAssets.tell(ToldVideos.video(hash, file, 1));
        Awaits.until(() -> SluiceInfra.database()
                        .number(
                                "SELECT COUNT(*) FROM work WHERE work_class = 'video' AND work_key = ?"
                                        + " AND state = 'deferred' AND interrupted >= 4",
                                hash.hex())
                == 1);
        TestStore.KEEP_FREE.set(0);

        List<StoredRendition> answers = askTogether(hash);

        for (StoredRendition answer : answers) {
            assertThat(answer.getState().getLifecycle()).isEqualTo(RenditionLifecycle.RENDITION_LIFECYCLE_RUNNING);
            assertThat(answer.getFile()).contains("/.hls@1.").endsWith("/playlist.m3u8");
            assertThat(answer.getPermille()).isLessThan(1000);
        }
        assertThat(answers.get(0).getFile()).isEqualTo(answers.get(1).getFile());
        Path growing = ToldVideos.file(answers.getFirst());
        String first = ToldVideos.text(growing);
        assertThat(first).contains("#EXTM3U", "#EXTINF").doesNotContain("#EXT-X-ENDLIST");
        assertThat(segments(first))
                .allSatisfy(name -> assertThat(growing.resolveSibling(name)).isNotEmptyFile());
        StoredRendition shown = ToldVideos.rendition(hash, "hls@1");
        assertThat(shown.getState().getLifecycle()).isEqualTo(RenditionLifecycle.RENDITION_LIFECYCLE_RUNNING);
        Awaits.until(() -> ToldVideos.rendition(hash, "hls@1").getPermille() > 0);
        assertThat(SluiceInfra.database()
                        .number("SELECT lane FROM work WHERE work_class = 'video' AND work_key = ?", hash.hex()))
                .isZero();

        ToldVideos.awaitReady(hash, "hls@1", "poster@1");
        String whole = ToldVideos.playlist(hash, "hls@1");
        assertThat(whole).contains("#EXT-X-ENDLIST");
        assertThat(segments(whole)).startsWith(segments(first).toArray(String[]::new));
        assertThat(ToldVideos.rendition(hash, "hls@1").getState().getAttempts()).isEqualTo(1);
        assertThat(ToldVideos.hidden(hash)).isEmpty();
        assertThat(SluiceInfra.database()
                        .number("SELECT COUNT(*) FROM running_stream WHERE content_hash = UNHEX(?)", hash.hex()))
                .isZero();
        assertThat(MediaClient.play(hash, WAIT)).isEqualTo(ToldVideos.rendition(hash, "hls@1"));
    }

    private static List<StoredRendition> askTogether(ContentHash hash) {
        try (ExecutorService callers = Executors.newFixedThreadPool(2)) {
            return Stream.generate(() -> CompletableFuture.supplyAsync(() -> MediaClient.play(hash, WAIT), callers))
                    .limit(2)
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }

    /** Names of files, in their order. */
    private static List<String> segments(String playlist) {
        return playlist.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
    }

    @Test
    void whatCannotBePlayedIsSaid() throws IOException {
        ContentHash damaged = ToldAssets.newHash();
        ToldAssets.tell(ToldVideos.video(damaged, videos.cutOff("damaged.mp4", 6), 1));
        Awaits.until(() -> MediaClient.renditions(damaged).isPresent());

        StoredRendition answer = MediaClient.play(damaged, WAIT);
        if (answer.getState().getLifecycle() == RenditionLifecycle.RENDITION_LIFECYCLE_RUNNING) {
            ToldVideos.awaitUnsupported(damaged, "hls@1");
            answer = MediaClient.play(damaged, WAIT);
        }

        assertThat(answer.getState().getLifecycle()).isEqualTo(RenditionLifecycle.RENDITION_LIFECYCLE_UNSUPPORTED);
        assertThat(answer.getState().getReason()).isNotBlank();
    }

    @Test
    void onlyLiveVideosArePlayed() throws IOException {
        ContentHash picture = ToldAssets.newHash();
        Path file = new TestPictures(MediaFolders.library()).jpeg("still.jpg", TestPictures.photograph(60, 40, 1));
        ToldAssets.tell(ToldAssets.image(picture, file, 1));
        Awaits.until(() -> MediaClient.renditions(picture).isPresent());
        for (ContentHash hash : List.of(picture, ToldAssets.newHash())) {
            assertThatThrownBy(() -> MediaClient.play(hash, WAIT))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e -> assertThat(GrpcErrors.toCoded(e).code()).isEqualTo(ErrorCode.NOT_FOUND));
        }
    }
}
