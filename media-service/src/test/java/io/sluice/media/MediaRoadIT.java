package io.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.google.protobuf.InvalidProtocolBufferException;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.GetRenditionsRequest;
import io.sluice.contract.media.v1.MediaFacts;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.image.TestPictures;
import io.sluice.media.plan.VerifyRenditions;
import io.sluice.messaging.grpc.GrpcErrors;
import io.sluice.messaging.operations.StateLineSource;
import io.sluice.testsupport.SluiceInfra;

/** From what ingest says of an asset to its pictures in the store and the facts that others are told. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(MediaFolders.class)
class MediaRoadIT {

    @Inject
    StateLineSource stateLines;

    @Inject
    VerifyRenditions verify;

    private TestPictures pictures;

    @BeforeEach
    void start() {
        pictures = new TestPictures(MediaFolders.library());
        ToldAssets.tell(ToldAssets.library(HealthState.HEALTH_STATE_ONLINE));
    }

    private static List<StoredRendition> renditions(ContentHash hash) {
        return MediaClient.renditions(hash)
                .map(AssetRenditions::getRenditionsList)
                .orElse(List.of());
    }

    private static void awaitReady(ContentHash hash) {
        Awaits.until(() -> renditions(hash).size() == 2
                && renditions(hash).stream()
                        .allMatch(rendition ->
                                rendition.getState().getLifecycle() == RenditionLifecycle.RENDITION_LIFECYCLE_READY));
    }

    @Test
    void anAssetGetsItsPicturesAndFactsAndEverybodyIsTold() throws IOException {
        Path file = pictures.jpeg("road.jpg", TestPictures.photograph(1800, 1200, 1));
        ContentHash hash = ToldAssets.newHash();

        ToldAssets.tell(ToldAssets.image(hash, file, 1));
        awaitReady(hash);

        AssetRenditions asset = MediaClient.renditions(hash).orElseThrow();
        assertThat(asset.getRenditionsList())
                .extracting(
                        rendition -> rendition.getState().getName(),
                        rendition -> rendition.getState().getMediaType(),
                        rendition -> rendition.getState().getWidth(),
                        rendition -> rendition.getState().getHeight(),
                        rendition -> rendition.getState().getAttempts(),
                        rendition -> rendition.getState().getErrorCode())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("preview_image", "image/jpeg", 1440, 960, 1, ""),
                        org.assertj.core.groups.Tuple.tuple("thumbnail", "image/webp", 250, 167, 1, ""));
        for (StoredRendition rendition : asset.getRenditionsList()) {
            assertThat(MediaFolders.store().resolve(rendition.getFile()))
                    .hasSize(rendition.getState().getBytes());
        }
        assertThat(asset.getRenditions(1).getFile())
                .isEqualTo(hash.hex().substring(0, 2) + "/" + hash.hex() + "/thumbnail@1.webp");
        assertThat(asset.getFacts().getWidth()).isEqualTo(1800);
        assertThat(asset.getFacts().getHeight()).isEqualTo(1200);
        assertThat(asset.getFacts().getFormat()).isEqualTo("jpeg");
        assertThat(asset.getFacts().getThumbhash().size()).isBetween(5, 25);

        MediaFacts facts = MediaFacts.parseFrom(last(Topics.MEDIA_FACTS.name(), hash.hex()));
        assertThat(facts).isEqualTo(asset.getFacts());
        for (StoredRendition rendition : asset.getRenditionsList()) {
            RenditionState told = RenditionState.parseFrom(last(
                    Topics.MEDIA_RENDITION.name(),
                    hash + "/" + rendition.getState().getName()));
            assertThat(told).isEqualTo(rendition.getState());
        }
    }

    private static byte[] last(String topic, String key) {
        ConsumerRecord<byte[], byte[]> found =
                SluiceInfra.topics().await(topic, Duration.ofSeconds(20), each -> key.equals(text(each.key())));
        return SluiceInfra.topics().read(topic).stream()
                .filter(each -> key.equals(text(each.key())))
                .reduce(found, (older, newer) -> newer)
                .value();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void documentsAndWhatIsOnItsWayOutGetNothing() throws IOException {
        Path file = pictures.jpeg("other.jpg", TestPictures.photograph(30, 20, 1));
        ContentHash document = ToldAssets.newHash();
        ContentHash superseded = ToldAssets.newHash();
        ContentHash after = ToldAssets.newHash();
        ToldAssets.tell(ToldAssets.image(document, file, 1).toBuilder()
                .setKind(MediaKind.MEDIA_KIND_DOCUMENT)
                .build());
        ToldAssets.tell(ToldAssets.image(superseded, file, 1).toBuilder()
                .setLifecycle(AssetLifecycle.ASSET_LIFECYCLE_SUPERSEDED)
                .build());
        ToldAssets.tell(ToldAssets.image(after, file, 1));
        awaitReady(after);
        Awaits.until(() -> MediaClient.renditions(document).isPresent()
                && MediaClient.renditions(superseded).isPresent());
        assertThat(renditions(document)).isEmpty();
        assertThat(renditions(superseded)).isEmpty();
    }

    @Test
    void pendingPicturesOfASupersededAssetAreNoLongerWanted() throws IOException {
        ToldAssets.tell(ToldAssets.library(HealthState.HEALTH_STATE_STALE));
        Path file = pictures.jpeg("waits.jpg", TestPictures.photograph(30, 20, 1));
        ContentHash hash = ToldAssets.newHash();
        AssetState live = ToldAssets.image(hash, file, 1);
        ToldAssets.tell(live);
        Awaits.until(() -> renditions(hash).stream()
                .anyMatch(rendition -> rendition.getState().getErrorCode().equals("library_stale")));

        ToldAssets.tell(live.toBuilder()
                .setVersion(2)
                .setLifecycle(AssetLifecycle.ASSET_LIFECYCLE_SUPERSEDED)
                .build());

        Awaits.until(() -> renditions(hash).isEmpty());
        Awaits.until(
                () -> SluiceInfra.database().number("SELECT COUNT(*) FROM work WHERE work_key = ?", hash.hex()) == 0);
        ToldAssets.tell(ToldAssets.library(HealthState.HEALTH_STATE_ONLINE));
        ToldAssets.tell(live.toBuilder().setVersion(3).build());
        awaitReady(hash);
        assertThat(SluiceInfra.database().number("SELECT COUNT(*) FROM dead_letter WHERE record_key = ?", hash.hex()))
                .isZero();
    }

    @Test
    void eventsThatComeAgainAndOutOfOrderEndInTheSameState() throws IOException {
        Random random = new Random(42);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            files.add(pictures.jpeg("shuffled-" + i + ".jpg", TestPictures.photograph(300 + i, 200, i)));
        }
        List<ContentHash> calm = new ArrayList<>();
        for (Path file : files) {
            calm.add(ToldAssets.newHash());
            ToldAssets.tell(ToldAssets.image(calm.getLast(), file, 3));
        }
        calm.forEach(MediaRoadIT::awaitReady);

        List<ContentHash> shuffled = new ArrayList<>();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        List<ProducerRecord<byte[], byte[]>> ends = new ArrayList<>();
        for (Path file : files) {
            ContentHash hash = ToldAssets.newHash();
            shuffled.add(hash);
            AssetState newest = ToldAssets.image(hash, file, 3);
            AssetState older = newest.toBuilder()
                    .setVersion(2)
                    .clearLocations()
                    .setKind(MediaKind.MEDIA_KIND_VIDEO)
                    .build();
            AssetState oldest = newest.toBuilder()
                    .setVersion(1)
                    .setLifecycle(AssetLifecycle.ASSET_LIFECYCLE_SUPERSEDED)
                    .build();
            ends.add(ToldAssets.record(newest));
            for (AssetState state : List.of(newest, older, oldest)) {
                for (int times = 1 + random.nextInt(5); times > 0; times--) {
                    records.add(ToldAssets.record(state));
                }
            }
        }
        Collections.shuffle(records, random);
        // A compacted topic may repeat itself in any way, but ends on the newest version of each key.
        records.addAll(ends);
        SluiceInfra.topics().produceAll(records);
        shuffled.forEach(MediaRoadIT::awaitReady);
        for (ContentHash hash : shuffled) {
            Awaits.until(() ->
                    SluiceInfra.database().number("SELECT COUNT(*) FROM work WHERE work_key = ?", hash.hex()) == 0);
        }

        assertThat(lines(shuffled)).isEqualTo(lines(calm));
        for (ContentHash hash : shuffled) {
            assertThat(SluiceInfra.database()
                            .number("SELECT version FROM asset WHERE content_hash = UNHEX(?)", hash.hex()))
                    .isEqualTo(3);
        }
        assertThatTopicEndsOnTheRows(shuffled);
    }

    /** This service's part of the state root, with the assets' places in the list instead of their hashes. */
    private List<String> lines(List<ContentHash> hashes) {
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < hashes.size(); i++) {
            names.put(hashes.get(i).hex(), "asset-" + i);
        }
        List<String> all = new ArrayList<>();
        stateLines.forEachLine(all::add);
        assertThat(all).isSorted();
        return all.stream()
                .filter(line -> names.containsKey(line.split(" ", -1)[1]))
                .map(line -> line.replace(line.split(" ", -1)[1], names.get(line.split(" ", -1)[1])))
                .sorted()
                .toList();
    }

    private static void assertThatTopicEndsOnTheRows(List<ContentHash> hashes) throws InvalidProtocolBufferException {
        for (ContentHash hash : hashes) {
            for (StoredRendition rendition : renditions(hash)) {
                String key = hash + "/" + rendition.getState().getName();
                Awaits.until(() -> {
                    RenditionState told = RenditionState.parseFrom(last(Topics.MEDIA_RENDITION.name(), key));
                    return told.equals(rendition.getState());
                });
            }
        }
    }

    @Test
    void aLostPictureIsMadeAgainTheSame() throws IOException {
        Path file = pictures.jpeg("lost.jpg", TestPictures.photograph(400, 300, 8));
        ContentHash hash = ToldAssets.newHash();
        ToldAssets.tell(ToldAssets.image(hash, file, 1));
        awaitReady(hash);
        Path thumbnail = MediaFolders.store().resolve(renditions(hash).get(1).getFile());
        byte[] before = Files.readAllBytes(thumbnail);
        assertThat(verify.verify(hash)).isZero();

        Files.delete(thumbnail);

        assertThat(verify.verify(hash)).isEqualTo(1);
        awaitReady(hash);
        assertThat(thumbnail).hasBinaryContent(before);
    }

    @Test
    void wrongQuestionsAreRefused() {
        GetRenditionsRequest.Builder many = GetRenditionsRequest.newBuilder();
        for (int i = 0; i < 501; i++) {
            many.addContentHashes(ToldAssets.newHash().byteString());
        }
        for (GetRenditionsRequest wrong : List.of(
                many.build(),
                GetRenditionsRequest.newBuilder()
                        .addContentHashes(com.google.protobuf.ByteString.copyFromUtf8("short"))
                        .build())) {
            assertThatThrownBy(() -> MediaClient.ask(wrong))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e -> assertThat(GrpcErrors.toCoded(e).code()).isEqualTo(ErrorCode.INVALID_REQUEST));
        }
        assertThat(MediaClient.renditions(ToldAssets.newHash())).isEmpty();
    }
}
