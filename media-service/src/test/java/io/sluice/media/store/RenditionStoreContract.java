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
    }

    @Test
    void aStoreThatIsNotThereSaysSo() throws IOException {
        RenditionStore store = brokenStore();
        assertRefused(ErrorCode.STORE_UNAVAILABLE, store::requireRoom);
        assertRefused(ErrorCode.STORE_UNAVAILABLE, () -> store.open(HASH, Profiles.THUMBNAIL));
    }

    private interface Call {
        void call();
    }

    private static void assertRefused(ErrorCode code, Call call) {
        assertThatThrownBy(call::call).isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
