package io.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.plan.VerifyRenditions;
import io.sluice.testsupport.SluiceInfra;

/** A stream that was delivered ready-made is adopted when it is whole; else one is made. Texts are copied as they are. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(MediaFolders.class)
class ProvidedStreamsIT {

    @Inject
    VerifyRenditions verify;

    private TestVideos videos;

    @BeforeEach
    void start() {
        videos = new TestVideos(MediaFolders.library());
        ToldAssets.tell(ToldAssets.library(HealthState.HEALTH_STATE_ONLINE));
    }

    private static AssetState with(ContentHash hash, Path video, long version, String name, Path file)
            throws IOException {
        return ToldVideos.video(hash, video, version).toBuilder()
                .addProvidedRenditions(ToldAssets.provided(name, file))
                .build();
    }

    @Test
    void aDeliveredStreamThatIsWholeIsAdoptedAndNoneIsMade() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        Path video = videos.h264("adopted.mp4", 4);
        Path playlist = videos.delivered("adopted", video);

        ToldAssets.tell(with(hash, video, 1, "hls", playlist));
        ToldVideos.awaitReady(hash, "hls@0", "poster@1", "thumbnail@1");
        Awaits.until(() -> ToldVideos.works(hash) == 0);

        assertThat(ToldVideos.renditions(hash)).containsOnlyKeys("hls@0", "poster@1", "thumbnail@1");
        StoredRendition stream = ToldVideos.rendition(hash, "hls@0");
        assertThat(stream.getProvided()).isTrue();
        assertThat(stream.getState().getWidth()).isEqualTo(320);
        assertThat(stream.getFile()).endsWith("/hls@0/playlist.m3u8");
        Path copy = ToldVideos.file(stream);
        assertThat(copy).hasSameBinaryContentAs(playlist);
        try (Stream<Path> delivered = Files.list(playlist.getParent())) {
            for (Path file : delivered.filter(one -> !one.equals(playlist)).toList()) {
                assertThat(copy.resolveSibling(file.getFileName())).hasSameBinaryContentAs(file);
            }
        }
        assertThat(ToldVideos.hidden(hash)).isEmpty();

        Files.delete(copy.resolveSibling("part001.ts"));
        assertThat(verify.verify(hash)).isEqualTo(1);
        ToldVideos.awaitReady(hash, "hls@0");
        assertThat(copy.resolveSibling("part001.ts")).exists();
    }

    @Test
    void aStreamIsMadeWhereTheDeliveredOneIsTorn() throws IOException {
        ContentHash torn = ToldAssets.newHash();
        Path video = videos.h264("torn.mp4", 4);
        Path playlist = videos.delivered("torn", video);
        Files.delete(playlist.resolveSibling("part001.ts"));
        ToldAssets.tell(with(torn, video, 1, "hls", playlist));
        ContentHash text = ToldAssets.newHash();
        Path other = videos.delivered("text", video);
        Files.writeString(other.resolveSibling("part000.ts"), "No film at all. ".repeat(400));
        ToldAssets.tell(with(text, video, 1, "hls", other));

        for (ContentHash hash : new ContentHash[] {torn, text}) {
            ToldVideos.awaitUnsupported(hash, "hls@0");
            ToldVideos.awaitReady(hash, "hls@1");
            RenditionState delivered = ToldVideos.rendition(hash, "hls@0").getState();
            assertThat(delivered.getErrorCode()).isEqualTo("playlist_invalid");
            assertThat(delivered.getReason()).isNotBlank();
            assertThat(SluiceInfra.database()
                            .strings("SELECT state FROM video_library WHERE content_hash = UNHEX(?)", hash.hex()))
                    .containsExactly("ready");
            assertThat(ToldVideos.hidden(hash)).isEmpty();
        }
    }

    @Test
    void anotherDeliveredStreamTakesThePlaceOfTheOneBefore() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        Path video = videos.h264("replaced.mp4", 4);
        ToldAssets.tell(with(hash, video, 1, "hls", videos.delivered("first", video)));
        ToldVideos.awaitReady(hash, "hls@0");
        RenditionState before = ToldVideos.rendition(hash, "hls@0").getState();
        Path second = videos.delivered("second", video);
        Files.writeString(second, ToldVideos.text(second) + "# another one\n");

        ToldAssets.tell(with(hash, video, 2, "hls", second));
        Awaits.until(() -> ToldVideos.rendition(hash, "hls@0").getState().getVersion() > before.getVersion()
                && ToldVideos.works(hash) == 0);
        ToldVideos.awaitReady(hash, "hls@0");

        assertThat(ToldVideos.playlist(hash, "hls@0")).endsWith("# another one\n");
        assertThat(ToldVideos.renditions(hash)).doesNotContainKey("hls@1");
        assertThat(ToldVideos.hidden(hash)).isEmpty();
    }

    @Test
    void transcriptsAndCloudPackagesAreTakenByTheirContent() throws IOException {
        Path video = videos.h264("texts.mp4", 2);
        Path library = MediaFolders.library();
        ContentHash hash = ToldAssets.newHash();
        Path transcript = Files.writeString(
                library.resolve("texts.vtt"), "WEBVTT\n\n00:00.000 --> 00:01.000\nHello from a boat\n");
        Path cloud = Files.writeString(library.resolve("texts.json"), "{\"faces\": [1, 2, {\"name\": \"Ada\"}]}\n");
        ToldAssets.tell(with(hash, video, 1, "transcript", transcript).toBuilder()
                .addProvidedRenditions(ToldAssets.provided("cloud_package", cloud))
                .build());
        ContentHash bad = ToldAssets.newHash();
        Path noTranscript = Files.writeString(library.resolve("bad.vtt"), "Hello from a boat");
        Path noCloud = Files.writeString(library.resolve("bad.json"), "{\"faces\": [1, 2");
        ToldAssets.tell(with(bad, video, 1, "transcript", noTranscript).toBuilder()
                .addProvidedRenditions(ToldAssets.provided("cloud_package", noCloud))
                .build());

        ToldVideos.awaitReady(hash, "transcript@0", "cloud_package@0", "hls@1");
        assertThat(ToldVideos.rendition(hash, "transcript@0").getState().getMediaType())
                .isEqualTo("text/vtt");
        assertThat(ToldVideos.rendition(hash, "cloud_package@0").getState().getMediaType())
                .isEqualTo("application/json");
        assertThat(ToldVideos.file(ToldVideos.rendition(hash, "transcript@0"))).hasSameBinaryContentAs(transcript);
        for (String label : new String[] {"transcript@0", "cloud_package@0"}) {
            ToldVideos.awaitUnsupported(bad, label);
            assertThat(ToldVideos.rendition(bad, label).getState().getErrorCode())
                    .isEqualTo("format_refused");
            assertThat(ToldVideos.rendition(bad, label).getState().getReason()).contains("neither WebVTT");
        }
    }
}
