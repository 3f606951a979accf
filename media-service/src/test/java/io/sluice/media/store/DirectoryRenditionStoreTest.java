package io.sluice.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.contract.ErrorCode;
import io.sluice.media.profile.Profiles;

class DirectoryRenditionStoreTest extends RenditionStoreContract {

    @TempDir
    Path folder;

    @Override
    DirectoryRenditionStore store() {
        return new DirectoryRenditionStore(folder.resolve("store"), () -> 0);
    }

    @Override
    RenditionStore fullStore() {
        return new DirectoryRenditionStore(folder.resolve("store"), () -> Long.MAX_VALUE);
    }

    @Override
    RenditionStore brokenStore() throws IOException {
        return new DirectoryRenditionStore(Files.writeString(folder.resolve("file"), "no directory"), () -> 0);
    }

    private List<String> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("store/.tmp"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void theFileLiesWhereItsNameSays() throws IOException {
        DirectoryRenditionStore store = store();
        write(store, HASH, "picture");
        assertThat(folder.resolve("store").resolve(store.nameOf(HASH, Profiles.THUMBNAIL)))
                .hasContent("picture");
        assertThat(temporaryFiles()).isEmpty();
    }

    @Test
    void closingWithoutACommitLeavesNothingAside() throws IOException {
        DirectoryRenditionStore store = store();
        try (RenditionWrite write = store.open(HASH, Profiles.THUMBNAIL)) {
            Files.writeString(write.temporaryFile(), "half");
            assertThat(temporaryFiles()).hasSize(1);
        }
        assertThat(temporaryFiles()).isEmpty();
    }

    @Test
    void onlyOldTemporaryFilesAreSwept() throws IOException {
        DirectoryRenditionStore store = store();
        store.requireRoom();
        Path old = Files.writeString(folder.resolve("store/.tmp/old"), "x");
        Path young = Files.writeString(folder.resolve("store/.tmp/young"), "x");
        FileTime now = Files.getLastModifiedTime(young);
        Files.setLastModifiedTime(old, FileTime.from(now.toInstant().minus(Duration.ofMinutes(61))));
        Files.setLastModifiedTime(young, FileTime.from(now.toInstant().minus(Duration.ofMinutes(59))));
        assertThat(store.sweep(Duration.ofHours(1))).isEqualTo(1);
        assertThat(temporaryFiles()).containsExactly("young");
    }

    @Test
    void onlyFoldersWhoseAttemptIsOverAreSwept() throws IOException {
        DirectoryRenditionStore store = store();
        TreeWrite died = store.openTree(HASH, "hls@1", 7);
        Files.writeString(died.folder().resolve("init.mp4"), "x");
        TreeWrite runs = store.openTree(HASH, "hls@0", 8);
        Files.writeString(folder.resolve("store/.growing/foreign"), "not ours");

        assertThat(store.sweepTrees(tree -> tree.token() == 8)).isEqualTo(1);

        assertThat(died.folder()).doesNotExist();
        assertThat(runs.folder()).isDirectory();
        assertThat(folder.resolve("store/.growing/foreign")).exists();
        assertThat(store.sweepTrees(tree -> tree.token() == 8)).isZero();
    }

    @Test
    void aFolderThatWasMovedAsideInVainComesBack() throws IOException {
        DirectoryRenditionStore store = store();
        try (TreeWrite tree = store.openTree(HASH, "hls@1", 1)) {
            Files.writeString(tree.folder().resolve("playlist.m3u8"), "list");
            tree.commit();
        }
        TreeWrite died = store.openTree(HASH, "hls@1", 2);
        Path home = folder.resolve("store").resolve(store.nameOf(HASH, "hls@1")).getParent();
        Files.move(home.resolve("hls@1"), home.resolve(died.folderName() + ".old"));

        store.sweepTrees(tree -> false);

        assertThat(store.treeSize(HASH, "hls@1")).hasValue(4);
        assertThat(home).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void aDiskThatRunsFullWhileWritingIsFull() {
        for (String reason : List.of("No space left on device", "Disk quota exceeded")) {
            assertThat(StoreFailure.of(new FileSystemException("x", null, reason), folder)
                            .code())
                    .isEqualTo(ErrorCode.STORE_FULL);
        }
        assertThat(StoreFailure.of(new FileSystemException("x", null, "Read-only file system"), folder)
                        .code())
                .isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    }
}
