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
import org.junit.jupiter.params.provider.FieldSource;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.handover.PayloadFolder.Payload;
import io.sluice.ingest.library.Library;
import io.sluice.ingest.library.LibraryRoots;

/** Paths of a manifest lead to files of the payload folder and to nothing else. */
class PayloadFolderTest {

    private static final SyncId ID = new SyncId("37e428d2-a4f6-4a31-bacf-0c835fb24084");

    static final List<String> escaping = EscapingPaths.PATHS;

    @TempDir
    Path mount;

    private Path payload;
    private PayloadFolder folder;

    @BeforeEach
    void deliver() throws IOException {
        payload = Files.createDirectories(mount.resolve("sync").resolve(ID.text()));
        Files.createDirectories(payload.resolve("photos"));
        Files.writeString(payload.resolve("photos/a.jpg"), "picture");
        Files.writeString(mount.resolve("sync/secret.txt"), "secret");
        folder = folder();
    }

    @Test
    void aFileOfThePayloadIsFoundWithItsStat() {
        assertThat(find("photos/a.jpg")).isInstanceOfSatisfying(Payload.File.class, file -> {
            assertThat(file.path()).hasContent("picture");
            assertThat(file.stat().size()).isEqualTo(7);
            assertThat(file.relative()).hasToString(ID + "/photos/a.jpg");
        });
    }

    @ParameterizedTest
    @FieldSource("escaping")
    void aPathThatCouldLeaveIsNotLookedAt(String path) {
        assertThat(find(path)).isInstanceOf(Payload.Escapes.class);
    }

    @Test
    void linksThatLeaveAreNotFollowedWhereverTheyStand() throws IOException {
        Files.createSymbolicLink(payload.resolve("photos/out.jpg"), mount.resolve("sync/secret.txt"));
        Files.createSymbolicLink(payload.resolve("photos/in.jpg"), payload.resolve("photos/a.jpg"));
        Files.createSymbolicLink(payload.resolve("up"), mount.resolve("sync"));
        Files.createSymbolicLink(payload.resolve("root"), Path.of("/"));
        assertThat(find("photos/out.jpg")).isInstanceOf(Payload.Escapes.class);
        assertThat(find("photos/in.jpg")).isInstanceOf(Payload.Escapes.class);
        assertThat(find("up/secret.txt")).isInstanceOf(Payload.Escapes.class);
        assertThat(find("root/etc/passwd")).isInstanceOf(Payload.Escapes.class);
    }

    @Test
    void aPayloadFolderThatIsALinkIsNone() throws IOException {
        Files.move(payload, mount.resolve("elsewhere"));
        Files.createSymbolicLink(payload, mount.resolve("elsewhere"));
        assertThat(find("photos/a.jpg")).isInstanceOf(Payload.Missing.class);
    }

    @Test
    void whatIsNotThereOrNoFileIsMissing() throws IOException {
        Files.createDirectories(payload.resolve("photos/folder.jpg"));
        assertThat(find("photos/b.jpg")).isInstanceOf(Payload.Missing.class);
        assertThat(find("nowhere/b.jpg")).isInstanceOf(Payload.Missing.class);
        assertThat(find("photos/folder.jpg")).isInstanceOf(Payload.Missing.class);
    }

    @Test
    void whatCannotBeLookedAtIsAValueToo() {
        assertThat(find("photos/a.jpg/b.jpg")).isNotInstanceOf(Payload.File.class);
        assertThat(find("photos/" + "x".repeat(300))).isNotInstanceOf(Payload.File.class);
        assertThat(find("x/".repeat(2_100) + "a")).isInstanceOf(Payload.Escapes.class);
    }

    @Test
    void aMountThatWentAwayIsSaidToBeAway() throws IOException {
        Files.move(mount.resolve("sync"), mount.resolve("away"));
        assertThatThrownBy(() -> find("photos/b.jpg"))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIBRARY_STALE));
    }

    private Payload find(String path) {
        return folder.find(path.getBytes(StandardCharsets.UTF_8));
    }

    private PayloadFolder folder() {
        Library library =
                new Library("id", "bundles", "m", "sync".getBytes(StandardCharsets.UTF_8), Library.Health.ONLINE, "");
        return new PayloadFolder(new LibraryRoots(() -> Map.of("m", mount.toString())).open(library), ID);
    }
}
