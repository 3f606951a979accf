package io.sluice.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;

import org.junit.jupiter.api.Test;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.profile.Profiles;

/** What every rendition store keeps to. */
abstract class RenditionStoreContract {

    static final ContentHash HASH = new ContentHash("ab".repeat(32));

    /** An empty store. */
    abstract RenditionStore store() throws IOException;

    /** A store without room. */
    abstract RenditionStore fullStore() throws IOException;

    /** A store that cannot be reached. */
    abstract RenditionStore brokenStore() throws IOException;

    static void write(RenditionStore store, ContentHash hash, String text) throws IOException {
        try (RenditionWrite write = store.open(hash, Profiles.THUMBNAIL)) {
            Files.writeString(write.temporaryFile(), text);
            write.commit();
        }
    }

    @Test
    void whatIsCommittedIsThere() throws IOException {
        RenditionStore store = store();
        write(store, HASH, "picture");
        assertThat(store.size(HASH, Profiles.THUMBNAIL)).hasValue(7);
        assertThat(store.size(HASH, Profiles.PREVIEW_IMAGE)).isEmpty();
    }

    @Test
    void whatIsNotCommittedIsNot() throws IOException {
        RenditionStore store = store();
        try (RenditionWrite write = store.open(HASH, Profiles.THUMBNAIL)) {
            Files.writeString(write.temporaryFile(), "half");
        }
        assertThat(store.size(HASH, Profiles.THUMBNAIL)).isEmpty();
    }

    @Test
    void aSecondCommitTakesThePlaceOfTheFirst() throws IOException {
        RenditionStore store = store();
        write(store, HASH, "one");
        write(store, HASH, "other");
        assertThat(store.size(HASH, Profiles.THUMBNAIL)).hasValue(5);
    }

    @Test
    void twoWritersOfOnePictureDoNotMeet() throws IOException {
        RenditionStore store = store();
        try (RenditionWrite one = store.open(HASH, Profiles.THUMBNAIL);
                RenditionWrite other = store.open(HASH, Profiles.THUMBNAIL)) {
            Files.writeString(one.temporaryFile(), "same");
            Files.writeString(other.temporaryFile(), "same");
            one.commit();
            other.commit();
        }
        assertThat(store.size(HASH, Profiles.THUMBNAIL)).hasValue(4);
    }

    @Test
    void namesAreLowerCase() throws IOException {
        assertThat(store().nameOf(HASH, Profiles.THUMBNAIL))
                .isEqualTo("ab/" + HASH.hex() + "/thumbnail@1.webp")
                .isLowerCase();
        assertThat(store().nameOf(HASH, Profiles.PREVIEW_IMAGE)).endsWith("/preview_image@1.jpg");
        assertThatThrownBy(() -> new ContentHash("AB".repeat(32))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFullStoreSaysSoBeforeAnythingIsWritten() throws IOException {
        RenditionStore store = fullStore();
        assertRefused(ErrorCode.STORE_FULL, store::requireRoom);
        assertRefused(ErrorCode.STORE_FULL, () -> store.open(HASH, Profiles.THUMBNAIL));
        assertRefused(ErrorCode.STORE_FULL, () -> store.openTree(HASH, "hls@1", 1));
    }

    @Test
    void aStoreThatIsNotThereSaysSo() throws IOException {
        RenditionStore store = brokenStore();
        assertRefused(ErrorCode.STORE_UNAVAILABLE, store::requireRoom);
        assertRefused(ErrorCode.STORE_UNAVAILABLE, () -> store.open(HASH, Profiles.THUMBNAIL));
    }

    private static void writeTree(TreeWrite tree, String text) throws IOException {
        Files.writeString(tree.folder().resolve("playlist.m3u8"), text);
        Files.createDirectory(tree.folder().resolve("low"));
        Files.writeString(tree.folder().resolve("low/seg_00000.m4s"), "segment");
    }

    @Test
    void aFolderIsThereWithAllItsFilesOnceItIsCommitted() throws IOException {
        RenditionStore store = store();
        try (TreeWrite tree = store.openTree(HASH, "hls@1", 1)) {
            writeTree(tree, "list");
            assertThat(store.treeSize(HASH, "hls@1")).isEmpty();
            assertThat(store.size(HASH, tree.folderName() + "/playlist.m3u8")).hasValue(4);
            assertThat(tree.commit()).isEqualTo(11);
        }
        assertThat(store.treeSize(HASH, "hls@1")).hasValue(11);
        assertThat(store.size(HASH, Profiles.STREAM)).hasValue(4);
    }

    @Test
    void aFolderThatIsNotCommittedIsGone() throws IOException {
        RenditionStore store = store();
        String growing;
        try (TreeWrite tree = store.openTree(HASH, "hls@1", 1)) {
            growing = tree.folderName();
            writeTree(tree, "half");
        }
        assertThat(store.treeSize(HASH, "hls@1")).isEmpty();
        assertThat(store.treeSize(HASH, growing)).isEmpty();
    }

    @Test
    void anotherFolderTakesThePlaceOfTheOneBeforeWhole() throws IOException {
        RenditionStore store = store();
        try (TreeWrite tree = store.openTree(HASH, "hls@1", 1)) {
            writeTree(tree, "one");
            Files.writeString(tree.folder().resolve("only-here"), "x");
            tree.commit();
        }
        try (TreeWrite tree = store.openTree(HASH, "hls@1", 2)) {
            writeTree(tree, "other");
            tree.commit();
        }
        assertThat(store.treeSize(HASH, "hls@1")).hasValue(12);
        assertThat(store.size(HASH, "hls@1/only-here")).isEmpty();
    }

    @Test
    void anAttemptRemovesWhatTheOneBeforeLeft() throws IOException {
        RenditionStore store = store();
        TreeWrite died = store.openTree(HASH, "hls@1", 1);
        writeTree(died, "half");
        try (TreeWrite next = store.openTree(HASH, "hls@1", 2)) {
            assertThat(store.treeSize(HASH, died.folderName())).isEmpty();
            writeTree(next, "list");
            next.commit();
        }
        assertThat(store.treeSize(HASH, "hls@1")).hasValue(11);
    }

    private interface Call {
        void call();
    }

    private static void assertRefused(ErrorCode code, Call call) {
        assertThatThrownBy(call::call).isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
