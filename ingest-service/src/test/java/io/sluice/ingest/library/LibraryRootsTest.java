package io.sluice.ingest.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.library.Library.Health;
import io.sluice.ingest.location.RelativePath;

class LibraryRootsTest {

    @TempDir
    Path dir;

    private Path photos;
    private LibraryRoots roots;

    @BeforeEach
    void makeMount() throws IOException {
        photos = Files.createDirectories(dir.resolve("mount/photos"));
        roots = new LibraryRoots(() -> Map.of("nas", dir.resolve("mount").toString()));
    }

    @Test
    void findsAFileBelowItsRoot() throws IOException {
        Files.createDirectories(photos.resolve("2023"));
        Path file = Files.writeString(photos.resolve("2023/a b%20ü.jpg"), "x");
        Path found = roots.open(library("photos")).resolve(RelativePath.of("2023/a b%20ü.jpg"));
        assertThat(found).isEqualTo(file.toRealPath());
    }

    @Test
    void findsANameThatIsNoText() throws Exception {
        byte[] name = {'x', (byte) 0xff, (byte) 0xe4, '.', 'j', 'p', 'g'};
        Process touch = new ProcessBuilder("sh", "-c", "printf y > \"$(printf 'x\\377\\344.jpg')\"")
                .directory(photos.toFile())
                .start();
        assertThat(touch.waitFor()).isZero();
        Path found = roots.open(library("photos")).resolve(RelativePath.of(name));
        assertThat(Files.readString(found)).isEqualTo("y");
    }

    @Test
    void followsLinksInsideTheMountButNotOut() throws IOException {
        Path inside = Files.createDirectories(dir.resolve("mount/other"));
        Path outside = Files.createDirectories(dir.resolve("secret"));
        Files.writeString(inside.resolve("a.jpg"), "inside");
        Files.writeString(outside.resolve("a.jpg"), "outside");
        Files.createSymbolicLink(photos.resolve("near"), inside);
        Files.createSymbolicLink(photos.resolve("far"), outside);

        LibraryRoot root = roots.open(library("photos"));
        assertThat(root.resolve(RelativePath.of("near/a.jpg"))).exists();
        refused(ErrorCode.FORBIDDEN, "leads out", () -> root.resolve(RelativePath.of("far/a.jpg")));
    }

    @Test
    void aRootThatLeadsOutIsNotOpened() throws IOException {
        Files.createSymbolicLink(dir.resolve("mount/sly"), Files.createDirectories(dir.resolve("secret")));
        refused(ErrorCode.LIBRARY_STALE, "leads out", () -> roots.open(library("sly")));
        refused(ErrorCode.LIBRARY_STALE, "leads out", () -> roots.open(library("../secret")));
    }

    @Test
    void aFileThatIsGoneIsNotALibraryThatIsGone() throws IOException {
        LibraryRoot root = roots.open(library("photos"));
        refused(ErrorCode.FILE_VANISHED, "not there", () -> root.resolve(RelativePath.of("no/a.jpg")));
        Files.delete(photos);
        refused(ErrorCode.LIBRARY_STALE, "went away", () -> root.resolve(RelativePath.of("no/a.jpg")));
        refused(ErrorCode.LIBRARY_STALE, "cannot be reached", () -> roots.open(library("photos")));
    }

    @Test
    void staleLibrariesAndUnknownMountsWait() {
        Library stale =
                new Library("id", "Photos", "nas", "photos".getBytes(StandardCharsets.UTF_8), Health.STALE, "Empty.");
        refused(ErrorCode.LIBRARY_STALE, "is stale. Empty.", () -> roots.open(stale));
        Library elsewhere = new Library("id", "Photos", "usb", new byte[0], Health.ONLINE, "");
        refused(ErrorCode.LIBRARY_STALE, "set sluice.mounts.\"usb\"", () -> roots.open(elsewhere));
    }

    @Test
    void wrongMountsAreRefusedAllAtOnce() {
        assertThatThrownBy(() -> new LibraryRoots(() -> Map.of("a", "relative", "b", "also/relative")))
                .hasMessageContaining("sluice.mounts.\"a\"=relative")
                .hasMessageContaining("sluice.mounts.\"b\"=also/relative");
    }

    private static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    private static Library library(String subPath) {
        return new Library("id", "Photos", "nas", subPath.getBytes(StandardCharsets.UTF_8), Health.ONLINE, "");
    }
}
