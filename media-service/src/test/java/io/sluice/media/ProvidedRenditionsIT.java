package io.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.image.TestPictures;
import io.sluice.media.plan.VerifyRenditions;
import io.sluice.testsupport.SluiceInfra;

/** What was delivered ready-made beside an original is copied into the store as it is, beside what is made of it. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(MediaFolders.class)
class ProvidedRenditionsIT {

    @Inject
    VerifyRenditions verify;

    private TestPictures pictures;

    @BeforeEach
    void start() {
        pictures = new TestPictures(MediaFolders.library());
        ToldAssets.tell(ToldAssets.library(HealthState.HEALTH_STATE_ONLINE));
    }

    @Test
    void aCoverIsCopiedAsItIsBesideThePicturesThatAreMade() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        Path cover = pictures.jpeg("copied-cover.jpg", TestPictures.photograph(320, 240, 2));

        ToldAssets.tell(withCover(hash, "copied.jpg", cover, 1));
        awaitAllReady(hash);

        StoredRendition stored = cover(hash);
        assertThat(stored.getState().getMediaType()).isEqualTo("image/jpeg");
        assertThat(stored.getState().getWidth()).isEqualTo(320);
        assertThat(stored.getState().getHeight()).isEqualTo(240);
        assertThat(stored.getState().getBytes()).isEqualTo(Files.size(cover));
        assertThat(stored.getState().getProfileVersion()).isZero();
        assertThat(stored.getState().getAttempts()).isEqualTo(1);
        assertThat(stored(hash).stream().filter(StoredRendition::getProvided)).containsExactly(stored);
        assertThat(file(hash)).hasSameBinaryContentAs(cover);
        assertThat(states(hash)).containsOnlyKeys("cover", "preview_image", "thumbnail");
        Awaits.until(() -> lastTold(hash).equals(stored.getState()));
    }

    @Test
    void aCoverThatComesLaterIsAddedAndNothingElseIsMadeAgain() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        Path original = pictures.jpeg("later.jpg", TestPictures.photograph(300, 200, 1));
        ToldAssets.tell(ToldAssets.image(hash, original, 1));
        Awaits.until(() -> ready(hash) == 2);
        Map<String, RenditionState> before = states(hash);

        Path cover = pictures.jpeg("later-cover.jpg", TestPictures.photograph(90, 60, 2));
        AssetState withCover = ToldAssets.image(hash, original, 2).toBuilder()
                .addProvidedRenditions(ToldAssets.provided("cover", cover))
                .build();
        ToldAssets.tell(withCover);
        awaitAllReady(hash);

        assertThat(states(hash)).containsAllEntriesOf(before);
    }

    @Test
    void whatIsToldAgainIsCopiedOnce() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        Path cover = pictures.jpeg("again-cover.jpg", TestPictures.photograph(80, 60, 3));
        AssetState state = withCover(hash, "again.jpg", cover, 1);
        ToldAssets.tell(state);
        awaitAllReady(hash);
        RenditionState before = cover(hash).getState();
        Object inode = Files.getAttribute(file(hash), "unix:ino");

        for (int version = 1; version < 4; version++) {
            ToldAssets.tell(state.toBuilder().setVersion(version).build());
        }
        Awaits.until(() ->
                SluiceInfra.database().number("SELECT version FROM asset WHERE content_hash = UNHEX(?)", hash.hex())
                        == 3);
        Awaits.until(() -> works(hash) == 0);

        assertThat(cover(hash).getState()).isEqualTo(before);
        assertThat(Files.getAttribute(file(hash), "unix:ino")).isEqualTo(inode);
    }

    @Test
    void anotherCoverTakesThePlaceOfTheOneBefore() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        Path first = pictures.jpeg("first-cover.jpg", TestPictures.photograph(80, 60, 4));
        AssetState state = withCover(hash, "replaced.jpg", first, 1);
        ToldAssets.tell(state);
        awaitAllReady(hash);
        RenditionState before = cover(hash).getState();
        Path second = pictures.jpeg("second-cover.jpg", TestPictures.photograph(120, 90, 5));

        ToldAssets.tell(state.toBuilder()
                .setVersion(2)
                .setProvidedRenditions(0, ToldAssets.provided("cover", second))
                .build());
        Awaits.until(() -> ready(hash) == 3 && cover(hash).getState().getWidth() == 120);

        assertThat(file(hash)).hasSameBinaryContentAs(second);
        assertThat(cover(hash).getState().getVersion()).isGreaterThan(before.getVersion());
        assertThat(file(hash).getParent()).isDirectoryNotContaining("glob:**cover@0?*");
        Awaits.until(() -> lastTold(hash).equals(cover(hash).getState()));
    }

    @Test
    void aCoverThatIsNoPictureSaysSoAndHindersNothing() throws IOException {
        ContentHash text = ToldAssets.newHash();
        Path list = Files.writeString(MediaFolders.library().resolve("list-cover.jpg"), "bread, butter, film");
        ToldAssets.tell(withCover(text, "hindered.jpg", list, 1));
        ContentHash huge = ToldAssets.newHash();
        Path bomb = pictures.bomb("bomb-cover.png", 50_000, 50_000);
        ToldAssets.tell(withCover(huge, "bombed.jpg", bomb, 1));

        Awaits.until(() -> ready(text) == 2 && ready(huge) == 2);
        Awaits.until(() -> unsupported(text) && unsupported(huge));

        assertThat(cover(text).getState().getErrorCode()).isEqualTo("not_an_image");
        assertThat(cover(text).getState().getReason()).isNotBlank();
        assertThat(cover(huge).getState().getErrorCode()).isEqualTo("too_many_pixels");
        assertThat(cover(text).getFile()).isEmpty();
        try (var files = Files.list(file(text, "thumbnail").getParent())) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aCoverThatChangedIsNotStoredUntilTheNextWordOfIt() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        Path cover = pictures.jpeg("changing-cover.jpg", TestPictures.photograph(80, 60, 6));
        AssetState before = withCover(hash, "changing.jpg", cover, 1);
        pictures.jpeg("changing-cover.jpg", TestPictures.photograph(100, 60, 7));

        ToldAssets.tell(before);
        Awaits.until(
                () -> ready(hash) == 2 && cover(hash).getState().getErrorCode().equals("source_changed"));
        assertThat(cover(hash).getState().getLifecycle()).isEqualTo(RenditionLifecycle.RENDITION_LIFECYCLE_PENDING);
        assertThat(file(hash, "thumbnail").resolveSibling("cover@0")).doesNotExist();

        ToldAssets.tell(before.toBuilder()
                .setVersion(2)
                .setProvidedRenditions(0, ToldAssets.provided("cover", cover))
                .build());
        awaitAllReady(hash);
        assertThat(file(hash)).hasSameBinaryContentAs(cover);
    }

    @Test
    void aLinkInTheCoversPlaceIsNotFollowed() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        Path cover = pictures.jpeg("linked-cover.jpg", TestPictures.photograph(80, 60, 8));
        AssetState state = withCover(hash, "linked.jpg", cover, 1);
        Path aside = Files.move(cover, cover.resolveSibling("aside-cover.jpg"));
        Files.createSymbolicLink(cover, aside);

        ToldAssets.tell(state);

        Awaits.until(
                () -> ready(hash) == 2 && cover(hash).getState().getErrorCode().equals("source_changed"));
        assertThat(file(hash, "thumbnail").resolveSibling("cover@0")).doesNotExist();
    }

    @Test
    void aLostCoverIsCopiedAgain() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        Path cover = pictures.jpeg("lost-cover.jpg", TestPictures.photograph(80, 60, 9));
        ToldAssets.tell(withCover(hash, "lost-one.jpg", cover, 1));
        awaitAllReady(hash);
        assertThat(verify.verify(hash)).isZero();

        Files.delete(file(hash));

        assertThat(verify.verify(hash)).isEqualTo(1);
        awaitAllReady(hash);
        assertThat(file(hash)).hasSameBinaryContentAs(cover);
    }

    @Test
    void aPendingCoverOfASupersededAssetIsNoLongerWanted() throws IOException {
        ContentHash hash = ToldAssets.newHash();
        Path cover = pictures.jpeg("unwanted-cover.jpg", TestPictures.photograph(80, 60, 10));
        AssetState state = withCover(hash, "unwanted.jpg", cover, 1);
        Files.delete(cover);
        ToldAssets.tell(state);
        Awaits.until(
                () -> ready(hash) == 2 && cover(hash).getState().getErrorCode().equals("source_changed"));

        ToldAssets.tell(state.toBuilder()
                .setVersion(2)
                .setLifecycle(AssetLifecycle.ASSET_LIFECYCLE_SUPERSEDED)
                .build());

        Awaits.until(() -> states(hash).size() == 2 && works(hash) == 0);
        assertThat(states(hash)).doesNotContainKey("cover");
    }

    private AssetState withCover(ContentHash hash, String original, Path cover, long version) throws IOException {
        Path file = pictures.jpeg(original, TestPictures.photograph(300, 200, 1));
        return ToldAssets.image(hash, file, version).toBuilder()
                .addProvidedRenditions(ToldAssets.provided("cover", cover))
                .build();
    }

    private static List<StoredRendition> stored(ContentHash hash) {
        return MediaClient.renditions(hash)
                .map(AssetRenditions::getRenditionsList)
                .orElse(List.of());
    }

    private static Map<String, RenditionState> states(ContentHash hash) {
        return stored(hash).stream()
                .map(StoredRendition::getState)
                .collect(java.util.stream.Collectors.toMap(RenditionState::getName, state -> state));
    }

    private static StoredRendition cover(ContentHash hash) {
        return named(hash, "cover");
    }

    private static StoredRendition named(ContentHash hash, String name) {
        return stored(hash).stream()
                .filter(rendition -> rendition.getState().getName().equals(name))
                .findFirst()
                .orElse(StoredRendition.getDefaultInstance());
    }

    private static Path file(ContentHash hash) {
        return file(hash, "cover");
    }

    private static Path file(ContentHash hash, String name) {
        return MediaFolders.store().resolve(named(hash, name).getFile());
    }

    private static long ready(ContentHash hash) {
        return states(hash).values().stream()
                .filter(state -> state.getLifecycle() == RenditionLifecycle.RENDITION_LIFECYCLE_READY)
                .count();
    }

    private static void awaitAllReady(ContentHash hash) {
        Awaits.until(() -> ready(hash) == 3);
    }

    private static boolean unsupported(ContentHash hash) {
        return cover(hash).getState().getLifecycle() == RenditionLifecycle.RENDITION_LIFECYCLE_UNSUPPORTED;
    }

    private static long works(ContentHash hash) {
        return SluiceInfra.database()
                .number("SELECT COUNT(*) FROM work WHERE work_key LIKE CONCAT(?, '%')", hash.hex());
    }

    private static RenditionState lastTold(ContentHash hash) {
        String key = hash + "/cover";
        try {
            RenditionState last = RenditionState.getDefaultInstance();
            for (ConsumerRecord<byte[], byte[]> told : SluiceInfra.topics().read(Topics.MEDIA_RENDITION.name())) {
                if (key.equals(new String(told.key(), StandardCharsets.UTF_8))) {
                    last = RenditionState.parseFrom(told.value());
                }
            }
            return last;
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
