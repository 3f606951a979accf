package io.sluice.media.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

class MountsTest {

    @TempDir
    Path folder;

    private Path root;
    private Mounts mounts;

    @BeforeEach
    void start() throws IOException {
        root = Files.createDirectories(folder.resolve("mount/pictures"));
        Files.createDirectories(folder.resolve("outside"));
        mounts = new Mounts(() -> Map.of("main", folder.resolve("mount").toString()));
    }

    private static Library library(Library.Health health) {
        return new Library("id", "Pictures", "main", bytes("pictures"), health, "unplugged");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void assertRefused(ErrorCode code, Library library, byte[] path) {
        assertThatThrownBy(() -> mounts.resolve(library, path))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aFileIsFoundBelowItsLibrary() throws IOException {
        Path file =
                Files.writeString(Files.createDirectories(root.resolve("a b")).resolve("ü%.jpg"), "x");
        Path found = mounts.resolve(library(Library.Health.ONLINE), bytes("a b/ü%.jpg"));
        assertThat(Files.isSameFile(found, file)).isTrue();
    }

    @Test
    void aNameThatIsNoTextIsFoundToo() throws IOException {
        byte[] name = {'x', (byte) 0xff, (byte) 0xe4, '.', 'j'};
        Path found = mounts.resolve(library(Library.Health.ONLINE), name);
        Files.writeString(found, "here");
        assertThat(PathBytes.of(found)).endsWith(name);
        assertThat(mounts.resolve(library(Library.Health.ONLINE), name)).hasContent("here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.jpg", "a/../../x.jpg", "./x.jpg", "/etc/passwd/../x", "a/./b"})
    void aPathThatClimbsIsNobodys(String path) {
        assertRefused(ErrorCode.FORBIDDEN, library(Library.Health.ONLINE), bytes(path));
    }

    @Test
    void linksInsideTheMountAreFollowedAndThoseOutOfItAreNot() throws IOException {
        Files.createDirectories(folder.resolve("mount/elsewhere"));
        Files.createSymbolicLink(root.resolve("inside"), folder.resolve("mount/elsewhere"));
        Files.createSymbolicLink(root.resolve("out"), folder.resolve("outside"));
        Files.writeString(folder.resolve("mount/elsewhere/x.jpg"), "x");
        Files.writeString(folder.resolve("outside/x.jpg"), "x");
        assertThat(mounts.resolve(library(Library.Health.ONLINE), bytes("inside/x.jpg")))
                .hasContent("x");
        assertRefused(ErrorCode.FORBIDDEN, library(Library.Health.ONLINE), bytes("out/x.jpg"));
    }

    @Test
    void aLibraryThatIsNotOnlineIsNotRead() {
        for (Library.Health health :
                new Library.Health[] {Library.Health.STALE, Library.Health.DISABLED, Library.Health.UNKNOWN}) {
            assertRefused(ErrorCode.LIBRARY_STALE, library(health), bytes("x.jpg"));
        }
    }

    @Test
    void aMountThatIsNotConfiguredOrNotThereIsNamed() {
        Library elsewhere = new Library("id", "Pictures", "other", new byte[0], Library.Health.ONLINE, "");
        assertThatThrownBy(() -> mounts.resolve(elsewhere, bytes("x.jpg")))
                .hasMessageContaining("sluice.mounts.\"other\"");
        mounts = new Mounts(() -> Map.of("main", "/not/there"));
        assertRefused(ErrorCode.LIBRARY_STALE, library(Library.Health.ONLINE), bytes("x.jpg"));
    }

    @Test
    void aFolderThatIsGoneIsAVanishedFile() {
        assertRefused(ErrorCode.FILE_VANISHED, library(Library.Health.ONLINE), bytes("gone/x.jpg"));
    }

    @Test
    void wrongMountsAreNamedAllAtOnce() {
        assertThatThrownBy(() -> new Mounts(() -> Map.of("a", "relative", "b", "also/relative")))
                .hasMessageContaining("\"a\"")
                .hasMessageContaining("\"b\"");
    }
}
