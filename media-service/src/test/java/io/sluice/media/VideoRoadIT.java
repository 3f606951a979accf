package io.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.media.v1.MediaFacts;
import io.sluice.contract.media.v1.RedoRenditionRequest;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.plan.VerifyRenditions;
import io.sluice.messaging.operations.StateLineSource;
import io.sluice.testsupport.SluiceInfra;

/** From what ingest says of a video to its poster, thumbnail, facts and stream. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(MediaFolders.class)
class VideoRoadIT {

    @Inject
    VerifyRenditions verify;

    @Inject
    StateLineSource stateLines;

    @Inject
    MeterRegistry meters;

    private TestVideos videos;

    @BeforeEach
    void start() {
        videos = new TestVideos(MediaFolders.library());
        ToldAssets.tell(ToldAssets.library(HealthState.HEALTH_STATE_ONLINE));
    }

    @Test
    void aVideoGetsItsPicturesFactsAndStream() throws IOException {
        ContentHash hash = ToldAssets.newHash();

        ToldAssets.tell(ToldVideos.video(hash, videos.h264("road.mp4", 6), 1));
        ToldVideos.awaitReady(hash, "poster@1", "thumbnail@1", "hls@1");

        RenditionState poster = ToldVideos.rendition(hash, "poster@1").getState();
        assertThat(poster.getMediaType()).isEqualTo("image/jpeg");
        assertThat(poster.getWidth()).isEqualTo(320);
        assertThat(poster.getHeight()).isEqualTo(240);
        RenditionState thumbnail = ToldVideos.rendition(hash, "thumbnail@1").getState();
        assertThat(thumbnail.getMediaType()).isEqualTo("image/webp");
        assertThat(thumbnail.getWidth()).isEqualTo(250);
        StoredRendition stream = ToldVideos.rendition(hash, "hls@1");
        assertThat(stream.getFile()).isEqualTo(hash.hex().substring(0, 2) + "/" + hash.hex() + "/hls@1/playlist.m3u8");
        assertThat(stream.getState().getMediaType()).isEqualTo("application/vnd.apple.mpegurl");
        assertThat(stream.getState().getWidth()).isEqualTo(320);
        assertThat(stream.getState().getAttempts()).isEqualTo(1);
        assertThat(stream.getState().getBytes())
                .isEqualTo(
                        sizes(hash).values().stream().mapToLong(Long::longValue).sum());
        assertThat(ToldVideos.playlist(hash, "hls@1")).contains("#EXT-X-ENDLIST", "#EXT-X-MAP");
        assertThat(ToldVideos.hidden(hash)).isEmpty();

        MediaFacts facts = MediaClient.renditions(hash).orElseThrow().getFacts();
        assertThat(facts.getWidth()).isEqualTo(320);
        assertThat(facts.getHeight()).isEqualTo(240);
        assertThat(facts.getThumbhash().size()).isBetween(5, 25);
        assertThat(facts.getVideo().getVideoCodec()).isEqualTo("h264");
        assertThat(facts.getVideo().getAudioCodec()).isEqualTo("aac");
        assertThat(facts.getVideo().getDurationMs()).isBetween(5_800L, 6_200L);
        assertThat(stateLines(hash))
                .contains("rendition " + hash + " hls@1 ready "
                        + stream.getState().getBytes());
    }

    @Test
    void whatNoBrowserPlaysIsTranscodedAndComesOutTheSameAgain() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        ToldAssets.tell(ToldVideos.video(hash, videos.hevc("telephone.mov", 5), 1));
        ToldVideos.awaitReady(hash, "hls@1", "poster@1");
        assertThat(MediaClient.renditions(hash)
                        .orElseThrow()
                        .getFacts()
                        .getVideo()
                        .getVideoCodec())
                .isEqualTo("hevc");
        Map<String, Long> first = sizes(hash);
        long version = ToldVideos.rendition(hash, "hls@1").getState().getVersion();

        List<RenditionState> pending = MediaClient.redo(RedoRenditionRequest.newBuilder()
                        .setContentHash(hash.byteString())
                        .setName("hls")
                        .setRequestedBy("test")
                        .build())
                .getRenditionsList();

        assertThat(pending).hasSize(1);
        assertThat(pending.getFirst().getLifecycle()).isEqualTo(RenditionLifecycle.RENDITION_LIFECYCLE_PENDING);
        assertThat(pending.getFirst().getVersion()).isGreaterThan(version);
        assertThat(MediaFolders.store()
                        .resolve(hash.hex().substring(0, 2))
                        .resolve(hash.hex())
                        .resolve("hls@1/playlist.m3u8"))
                .exists();
        ToldVideos.awaitReady(hash, "hls@1");
        assertThat(sizes(hash)).isEqualTo(first);
        assertThat(ToldVideos.hidden(hash)).isEmpty();
    }

    @Test
    void aVideoThatIsCutOffSaysSo() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        ToldAssets.tell(ToldVideos.video(hash, videos.cutOff("cut.mp4", 8), 1));
        ToldVideos.awaitUnsupported(hash, "hls@1");

        RenditionState state = ToldVideos.rendition(hash, "hls@1").getState();
        assertThat(state.getErrorCode()).isEqualTo("video_damaged");
        assertThat(state.getReason()).isNotBlank();
        assertThat(ToldVideos.rendition(hash, "hls@1").getFile()).isEmpty();
        assertThat(ToldVideos.hidden(hash)).isEmpty();
        assertThat(SluiceInfra.database().number("SELECT COUNT(*) FROM dead_letter WHERE record_key = ?", hash.hex()))
                .isZero();
    }

    @Test
    void whatIsNoVideoGivesNeitherPicturesNorStream() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        Path text = Files.writeString(MediaFolders.library().resolve("notes.mp4"), "This is not a film. ".repeat(500));
        ToldAssets.tell(ToldVideos.video(hash, text, 1));
        for (String label : List.of("hls@1", "poster@1", "thumbnail@1")) {
            ToldVideos.awaitUnsupported(hash, label);
            assertThat(ToldVideos.rendition(hash, label).getState().getErrorCode())
                    .isEqualTo("not_a_video");
        }
    }

    @Test
    void theSameBytesInThreePlacesAreMadeOnce() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        Path first = videos.h264("one.mp4", 3);
        Path second = Files.copy(first, MediaFolders.library().resolve("two.mp4"));
        Path third = Files.copy(
                first,
                Files.createDirectories(MediaFolders.library().resolve("three")).resolve("one.mp4"));
        double before = streams();
        AssetState one = ToldVideos.video(hash, first, 1);
        AssetState two = one.toBuilder()
                .setVersion(2)
                .addLocations(ToldAssets.location(second))
                .build();
        ToldAssets.tell(one);
        ToldAssets.tell(two);
        ToldAssets.tell(two.toBuilder()
                .setVersion(3)
                .addLocations(ToldAssets.location(third))
                .build());

        ToldVideos.awaitReady(hash, "hls@1", "poster@1", "thumbnail@1");
        Awaits.until(() -> ToldVideos.works(hash) == 0);

        assertThat(streams() - before).isEqualTo(1);
        assertThat(ToldVideos.renditions(hash)).hasSize(3);
    }

    @Test
    void aLostSegmentHasTheStreamMadeAgain() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        ToldAssets.tell(ToldVideos.video(hash, videos.h264("lost.mp4", 6), 1));
        ToldVideos.awaitReady(hash, "hls@1", "poster@1", "thumbnail@1");
        assertThat(verify.verify(hash)).isZero();
        Map<String, Long> whole = sizes(hash);

        Path segment = ToldVideos.file(ToldVideos.rendition(hash, "hls@1")).resolveSibling("seg_00001.m4s");
        Files.delete(segment);

        assertThat(verify.verify(hash)).isEqualTo(1);
        ToldVideos.awaitReady(hash, "hls@1");
        assertThat(sizes(hash)).isEqualTo(whole);
    }

    private double streams() {
        return meters.find("sluice.media.video.stream").timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    /** Of the files of the stream. */
    private static Map<String, Long> sizes(ContentHash hash) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files =
                Files.list(ToldVideos.file(ToldVideos.rendition(hash, "hls@1")).getParent())) {
            for (Path file : files.toList()) {
                sizes.put(file.getFileName().toString(), Files.size(file));
            }
        }
        return sizes;
    }

    private List<String> stateLines(ContentHash hash) {
        List<String> lines = new ArrayList<>();
        stateLines.forEachLine(lines::add);
        return lines.stream().filter(line -> line.contains(hash.hex())).toList();
    }
}
