package io.sluice.ingest.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.library.Library;
import io.sluice.ingest.library.LibraryRoots;

/** What a video brings is found inside the payload, or left out with a word. */
class FindDeliverablesTest {

    private static final SyncId ID = new SyncId("37e428d2-a4f6-4a31-bacf-0c835fb24084");

    static final List<String> escaping =
            EscapingPaths.PATHS.stream().filter(path -> !path.equals("photos/")).toList();

    @TempDir
    Path mount;

    private Path payload;

    @BeforeEach
    void deliver() throws IOException {
        payload = Files.createDirectories(mount.resolve("sync").resolve(ID.text()));
        Files.writeString(mount.resolve("sync/secret.m3u8"), "secret");
    }

    @ParameterizedTest
    @CsvSource({
        "v/hls, a.m3u8 index.m3u8 master.m3u8 playlist.m3u8, v/hls/playlist.m3u8",
        "v/hls/, a.m3u8 index.m3u8 master.m3u8, v/hls/index.m3u8",
        "v/hls, a.m3u8 master.m3u8, v/hls/master.m3u8",
        "v/hls, a.m3u8 a.ts b.ts, v/hls/a.m3u8",
        "v/hls/b.m3u8, a.m3u8 b.m3u8 playlist.m3u8, v/hls/b.m3u8",
    })
    void aStreamIsItsEntryPlaylist(String said, String files, String entry) throws IOException {
        put("v/hls", files);
        FindDeliverables.Found found = find(Deliverable.HLS, said);
        assertThat(found.leftOut()).isEmpty();
        assertThat(found.files()).singleElement().satisfies(one -> {
            assertThat(one.what()).isEqualTo(Deliverable.HLS);
            assertThat(one.path()).hasToString(ID + "/" + entry);
        });
    }

    @ParameterizedTest
    @CsvSource({"v/hls, a.m3u8 b.m3u8", "v/hls, a.ts", "v/other, playlist.m3u8", "v/hls/b.m3u8, a.m3u8"})
    void aStreamWithoutOnePlaylistIsLeftOut(String said, String files) throws IOException {
        put("v/hls", files);
        FindDeliverables.Found found = find(Deliverable.HLS, said);
        assertThat(found.files()).isEmpty();
        assertThat(found.leftOut())
                .containsExactly("hls was left out: " + said
                        + " is no playlist and no folder with one. Deliver the bundle again with it.");
    }

    @Test
    void oneThatIsMissingLeavesTheOthers() throws IOException {
        put("v", "cover.jpg");
        FindDeliverables.Found found = FindDeliverables.find(
                folder(),
                new Deliverables(
                        null, Map.of(Deliverable.LIBRARY_COVER, "v/cover.jpg", Deliverable.TRANSCRIPT, "v/t.vtt")));
        assertThat(found.files()).singleElement().satisfies(one -> {
            assertThat(one.what().rendition()).isEqualTo("cover");
            assertThat(one.stat().size()).isEqualTo("cover.jpg".length());
        });
        assertThat(found.leftOut())
                .containsExactly("transcript was left out: v/t.vtt is not there. Deliver the bundle again with it.");
    }

    @ParameterizedTest
    @FieldSource("escaping")
    void aPathThatCouldLeaveIsNotLookedAt(String path) {
        for (Deliverable what : Deliverable.values()) {
            assertEscapes(what, path);
        }
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        put("v/hls", "playlist.m3u8");
        Files.createSymbolicLink(payload.resolve("v/t.vtt"), payload.resolve("v/hls/playlist.m3u8"));
        Files.createSymbolicLink(payload.resolve("v/up"), mount.resolve("sync"));
        Files.createSymbolicLink(payload.resolve("v/twin"), payload.resolve("v/hls"));
        Files.createDirectories(payload.resolve("w"));
        Files.createSymbolicLink(payload.resolve("w/playlist.m3u8"), mount.resolve("sync/secret.m3u8"));
        assertEscapes(Deliverable.TRANSCRIPT, "v/t.vtt");
        assertEscapes(Deliverable.HLS, "v/up");
        assertEscapes(Deliverable.HLS, "v/up/secret.m3u8");
        assertEscapes(Deliverable.HLS, "v/twin");
        assertEscapes(Deliverable.HLS, "w");
    }

    private void assertEscapes(Deliverable what, String path) {
        assertThatThrownBy(() -> find(what, path)).isInstanceOfSatisfying(CodedException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.PATH_ESCAPES);
            assertThat(e).hasMessageStartingWith("Of " + what.field() + ": ");
        });
    }

    private FindDeliverables.Found find(Deliverable what, String path) {
        return FindDeliverables.find(folder(), new Deliverables(null, Map.of(what, path)));
    }

    private void put(String folder, String files) throws IOException {
        Files.createDirectories(payload.resolve(folder));
        for (String file : files.split(" ")) {
            Files.writeString(payload.resolve(folder).resolve(file), file);
        }
    }

    private PayloadFolder folder() {
        Library library =
                new Library("id", "bundles", "m", "sync".getBytes(StandardCharsets.UTF_8), Library.Health.ONLINE, "");
        return new PayloadFolder(new LibraryRoots(() -> Map.of("m", mount.toString())).open(library), ID);
    }
}
