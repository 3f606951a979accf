package io.sluice.media.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.contract.ErrorCode;

/** A delivered stream is taken when it is whole and stays where it is. */
class PlaylistsTest {

    private static final String HEAD = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:4\n";
    private static final String TAIL = "#EXT-X-ENDLIST\n";

    @TempDir
    Path outside;

    private Path folder;

    @BeforeEach
    void deliver() throws IOException {
        folder = Files.createDirectories(outside.resolve("hls"));
        Files.createDirectory(folder.resolve("low"));
        for (String name : new String[] {"init.mp4", "a.m4s", "b.m4s", "a b.m4s", "low/a.m4s", "key", "../secret"}) {
            Files.writeString(folder.resolve(name), "0123456789");
        }
        Files.createFile(folder.resolve("empty.m4s"));
        Files.createSymbolicLink(folder.resolve("link.m4s"), outside.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("up"), outside);
    }

    private Path playlist(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private PlaylistChecked check(String lines) throws IOException {
        return new CheckPlaylist().check(playlist("index.m3u8", HEAD + lines + TAIL), OptionalLong.empty());
    }

    private static void assertInvalid(PlaylistChecked checked, String words) {
        assertThat(checked).isInstanceOfSatisfying(PlaylistChecked.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.PLAYLIST_INVALID);
            assertThat(refused.reason()).contains(words).doesNotContain("\n");
        });
    }

    @Test
    void aPlaylistOfSegmentsIsWhole() throws IOException {
        PlaylistChecked checked = check("#EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:4.0,title, with a comma\na.m4s\r\n"
                + "#EXT-X-KEY:METHOD=AES-128,URI=\"key\",IV=0x1\n#EXTINF:2.5,\na%20b.m4s\n");
        assertThat(checked).isInstanceOfSatisfying(PlaylistChecked.Whole.class, whole -> {
            assertThat(whole.files().stream().map(Path::toString))
                    .containsExactly("index.m3u8", "init.mp4", "key", "a.m4s", "a b.m4s");
            assertThat(whole.durationMs()).isEqualTo(6_500);
            assertThat(whole.segments()).isEqualTo(2);
            assertThat(whole.bytes())
                    .isEqualTo(40 + folder.resolve("index.m3u8").toFile().length());
        });
    }

    @Test
    void aMasterPlaylistIsWholeWithAllItsVariants() throws IOException {
        playlist("high.m3u8", HEAD + "#EXTINF:4,\na.m4s\n" + TAIL);
        playlist("low/index.m3u8", HEAD + "#EXT-X-MAP:URI=\"../init.mp4\"\n#EXTINF:4,\na.m4s\n" + TAIL);
        playlist("sound.m3u8", HEAD + "#EXTINF:4,\nb.m4s\n" + TAIL);
        Path master = playlist(
                "master.m3u8",
                "#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"x\",URI=\"sound.m3u8\"\n"
                        + "#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=1920x1080\nhigh.m3u8\n"
                        + "#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=640x360\nlow/index.m3u8\n");

        assertThat(new CheckPlaylist().check(master, OptionalLong.of(4_200)))
                .isInstanceOfSatisfying(PlaylistChecked.Whole.class, whole -> {
                    assertThat(whole.files().stream().map(Path::toString))
                            .containsExactlyInAnyOrder(
                                    "master.m3u8",
                                    "high.m3u8",
                                    "low/index.m3u8",
                                    "sound.m3u8",
                                    "a.m4s",
                                    "b.m4s",
                                    "low/a.m4s",
                                    "init.mp4");
                    assertThat(whole.width()).isEqualTo(1920);
                    assertThat(whole.height()).isEqualTo(1080);
                    assertThat(whole.durationMs()).isEqualTo(4_000);
                });
        playlist("low/index.m3u8", HEAD + "#EXTINF:1,\na.m4s\n" + TAIL);
        assertInvalid(new CheckPlaylist().check(master, OptionalLong.empty()), "cut off");
        playlist("low/index.m3u8", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhigh.m3u8\n");
        assertInvalid(new CheckPlaylist().check(master, OptionalLong.empty()), "again");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/a.ts", "file:///etc/passwd", "//example.org/a.ts", "/etc/passwd", "../secret",
                "%2e%2e/secret", "low/../../secret", "..%2Fsecret", "data:text/plain,x", "concat:a.m4s|b.m4s",
                "HTTPS://x/y", "."
            })
    void nothingLeavesTheFolder(String uri) throws IOException {
        assertInvalid(check("#EXTINF:4,\n" + uri + "\n"), "A line ");
        assertInvalid(check("#EXT-X-MAP:URI=\"" + uri + "\"\n#EXTINF:4,\na.m4s\n"), "A line ");
        assertInvalid(check("#EXT-X-KEY:METHOD=AES-128,URI=\"" + uri + "\"\n#EXTINF:4,\na.m4s\n"), "A line ");
        playlist("one.m3u8", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n" + uri + "\n");
        assertInvalid(new CheckPlaylist().check(folder.resolve("one.m3u8"), OptionalLong.empty()), "A line ");
    }

    @Test
    void whatIsNotThereOrNoFileIsToldByName() throws IOException {
        assertInvalid(check("#EXTINF:4,\nc.m4s\n"), "c.m4s is not there");
        assertInvalid(check("#EXTINF:4,\nempty.m4s\n"), "empty.m4s is empty");
        assertInvalid(check("#EXTINF:4,\nlow\n"), "low is no file");
        assertInvalid(check("#EXTINF:4,\nlink.m4s\n"), "link.m4s is a link");
        assertInvalid(check("#EXTINF:4,\nup/secret\n"), "up/secret is a link");
        assertInvalid(check("#EXTINF:4,\nb%00.m4s\n"), "cannot be");
        assertInvalid(check("#EXTINF:4,\n%zz.m4s\n"), "cannot be");
    }

    @Test
    void whatIsNotFinishedOrMakesNoSenseIsRefused() throws IOException {
        Path playlist = playlist("x.m3u8", HEAD + "#EXTINF:4,\na.m4s\n");
        assertInvalid(new CheckPlaylist().check(playlist, OptionalLong.empty()), "#EXT-X-ENDLIST");
        assertInvalid(check(""), "names no segment");
        assertInvalid(check("a.m4s\n"), "without saying what it is");
        assertInvalid(check("#EXTINF:-4,\na.m4s\n"), "no duration");
        assertInvalid(check("#EXTINF:1e9,\na.m4s\n"), "no duration");
        assertInvalid(check("#EXTINF:4,\n"), "midst");
        assertInvalid(check("#EXTINF:4,\n#EXT-X-BYTERANGE:6@5\na.m4s\n"), "shorter");
        assertInvalid(check("#EXTINF:4,\n#EXT-X-BYTERANGE:x\na.m4s\n"), "range");
        assertInvalid(new CheckPlaylist().check(folder.resolve("a.m4s"), OptionalLong.empty()), "#EXTM3U");
        assertInvalid(new CheckPlaylist().check(folder.resolve("none.m3u8"), OptionalLong.empty()), "not there");
        assertInvalid(new CheckPlaylist().check(folder, OptionalLong.empty()), "no file");
    }

    @Test
    void segmentsMustAddUpToTheDuration() throws IOException {
        Path playlist = playlist("x.m3u8", HEAD + "#EXTINF:4,\na.m4s\n#EXTINF:3,\nb.m4s\n" + TAIL);
        assertThat(new CheckPlaylist().check(playlist, OptionalLong.of(8_000)))
                .isInstanceOf(PlaylistChecked.Whole.class);
        assertInvalid(new CheckPlaylist().check(playlist, OptionalLong.of(8_001)), "7.0 s of 8.0 s");
    }
}
