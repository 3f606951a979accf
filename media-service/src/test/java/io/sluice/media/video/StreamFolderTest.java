package io.sluice.media.video;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.media.v1.VideoFacts;

/** What ffmpeg said is good and is not: the film's fault ends it with a reason, the store's fault waits. */
class StreamFolderTest {

    private static final Probed.Video VIDEO = new Probed.Video(
            VideoFacts.newBuilder().setDurationMs(4_000).build(),
            320,
            180,
            new Tracks("mov", 0, Tracks.NONE, "", 4_000, false, false));

    @TempDir
    Path folder;

    @BeforeEach
    void aPlaylistOfOneSegment() throws IOException {
        Files.writeString(
                folder.resolve("playlist.m3u8"),
                "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:4\n#EXT-X-MAP:URI=\"init.mp4\"\n"
                        + "#EXTINF:4.000000,\nseg_00000.m4s\n#EXT-X-ENDLIST\n",
                UTF_8);
        Files.write(folder.resolve("init.mp4"), box("ftyp", 8));
        Files.write(folder.resolve("seg_00000.m4s"), box("mdat", 100));
    }

    @Test
    void aFilmWhoseFragmentsTellNoTimesIsDamaged() {
        assertThatExceptionOfType(VideoFailure.class)
                .isThrownBy(() -> new StreamFolder(folder).whole(new StreamPlan.Copy(), VIDEO))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.VIDEO_DAMAGED))
                .withMessageContaining("no readable times");
    }

    @Test
    void aFileThatTheDiskCutOffWaitsForTheStore() throws IOException {
        byte[] whole = box("mdat", 100);
        Files.write(folder.resolve("seg_00000.m4s"), Arrays.copyOf(whole, whole.length - 1));

        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> new StreamFolder(folder).whole(new StreamPlan.Copy(), VIDEO))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                .withMessageContaining("cut off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#EXTM3U\n#EXT-X-VERS"})
    void aPlaylistThatTheDiskCutOffWaitsForTheStore(String left) throws IOException {
        Files.writeString(folder.resolve("playlist.m3u8"), left, UTF_8);
        waitsForTheStore();
    }

    @Test
    void aPlaylistWithoutItsEndWaitsForTheStore() throws IOException {
        String whole = Files.readString(folder.resolve("playlist.m3u8"), UTF_8);
        Files.writeString(folder.resolve("playlist.m3u8"), whole.replace("#EXT-X-ENDLIST\n", ""), UTF_8);
        waitsForTheStore();
    }

    @Test
    void segmentsWithoutAPlaylistWaitForTheStore() throws IOException {
        Files.delete(folder.resolve("playlist.m3u8"));
        waitsForTheStore();
    }

    @Test
    void aHeadAloneIsAFilmOfWhichNothingCouldBeMade() throws IOException {
        Files.delete(folder.resolve("playlist.m3u8"));
        Files.delete(folder.resolve("seg_00000.m4s"));

        assertThatExceptionOfType(VideoFailure.class)
                .isThrownBy(() -> new StreamFolder(folder).whole(new StreamPlan.Copy(), VIDEO))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.VIDEO_DAMAGED))
                .withMessageContaining("nothing of it");
    }

    private void waitsForTheStore() {
        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> new StreamFolder(folder).whole(new StreamPlan.Copy(), VIDEO))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
    }

    private static byte[] box(String type, int body) {
        return ByteBuffer.allocate(8 + body)
                .putInt(8 + body)
                .put(type.getBytes(ISO_8859_1))
                .array();
    }
}
