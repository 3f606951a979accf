package io.sluice.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.apache.kafka.clients.producer.ProducerRecord;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;

import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.AssetText;
import io.sluice.contract.ingest.v1.ContainerKind;
import io.sluice.contract.ingest.v1.ContainerState;
import io.sluice.contract.ingest.v1.FileLocation;
import io.sluice.contract.ingest.v1.HeaderMetadata;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.ingest.v1.TakenAt;
import io.sluice.contract.media.v1.MediaFacts;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;

/** Assets that were never there: names, folders, galleries of a hundred, and texts of words as frequent as in a language. */
final class SyntheticAssets {

    private static final int WORDS = 20_000;
    private static final int WORDS_A_TEXT = 40;
    private static final int GALLERY = 100;
    private static final String[] CAMERAS = {
        "Canon EOS R5", "SONY ILCE-7M3", "NIKON Z 6", "FUJIFILM X-T4", "Apple iPhone 15"
    };

    private final Random random;
    private final List<String> words = new ArrayList<>();

    SyntheticAssets(long seed) {
        random = new Random(seed);
        String[] syllables = {"ka", "lo", "mi", "ra", "ten", "sol", "ber", "dun", "fi", "gar", "hel", "nor", "pa", "qui"
        };
        for (int i = 0; i < WORDS; i++) {
            StringBuilder word = new StringBuilder();
            for (int rest = i + 3; rest > 0; rest /= syllables.length) {
                word.append(syllables[rest % syllables.length]);
            }
            words.add(word.toString());
        }
    }

    /** Frequent ones often, as 1/rank. */
    String word() {
        return words.get((int) Math.pow(WORDS, random.nextDouble()) - 1);
    }

    String sentence(int length) {
        List<String> sentence = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            sentence.add(word());
        }
        return String.join(" ", sentence);
    }

    /** Everything that is told of one asset; of the first of a gallery also the gallery. */
    List<ProducerRecord<byte[], byte[]>> records(long number) {
        ByteString hash = hash(number);
        String key = "%064x".formatted(number);
        String gallery = "gallery-" + number / GALLERY;
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        if (number % GALLERY == 0) {
            records.add(record(
                    Topics.INGEST_CONTAINER,
                    gallery,
                    ContainerState.newBuilder()
                            .setContainerId(gallery)
                            .setVersion(1)
                            .setKind(ContainerKind.CONTAINER_KIND_GALLERY)
                            .setTitle(sentence(3))
                            .build()));
        }
        records.add(asset(number, word() + "_" + number + ".jpg", gallery));
        records.add(record(
                Topics.INGEST_TEXT,
                key + "/photo.analysis",
                AssetText.newBuilder()
                        .setContentHash(hash)
                        .setVersion(1)
                        .setSource("photo.analysis")
                        .setText(sentence(WORDS_A_TEXT))
                        .build()));
        records.add(record(
                Topics.MEDIA_FACTS,
                key,
                MediaFacts.newBuilder()
                        .setContentHash(hash)
                        .setVersion(1)
                        .setFormat("jpeg")
                        .build()));
        for (String name : List.of("thumbnail", "preview_image")) {
            records.add(record(
                    Topics.MEDIA_RENDITION,
                    key + "/" + name,
                    RenditionState.newBuilder()
                            .setContentHash(hash)
                            .setVersion(1)
                            .setName(name)
                            .setLifecycle(RenditionLifecycle.RENDITION_LIFECYCLE_READY)
                            .build()));
        }
        return records;
    }

    /** Its own part alone. */
    ProducerRecord<byte[], byte[]> asset(long number, String name, String gallery) {
        String camera = CAMERAS[(int) (number % CAMERAS.length)];
        Instant taken = Instant.parse("2004-01-01T00:00:00Z").plusSeconds(number * 6_311);
        return record(
                Topics.INGEST_ASSET,
                "%064x".formatted(number),
                AssetState.newBuilder()
                        .setContentHash(hash(number))
                        .setVersion(1)
                        .setLifecycle(AssetLifecycle.ASSET_LIFECYCLE_LIVE)
                        .setKind(number % 10 == 0 ? MediaKind.MEDIA_KIND_VIDEO : MediaKind.MEDIA_KIND_IMAGE)
                        .setMediaType("image/jpeg")
                        .setSize(1_000_000 + number)
                        .setTakenAt(TakenAt.newBuilder()
                                .setAt(Timestamp.newBuilder().setSeconds(taken.getEpochSecond())))
                        .setHeader(HeaderMetadata.newBuilder()
                                .setCameraMake(camera.substring(0, camera.indexOf(' ')))
                                .setCameraModel(camera))
                        .addLocations(FileLocation.newBuilder()
                                .setLibraryId("library-" + number % 3)
                                .setPath(ByteString.copyFromUtf8(word() + "/" + word() + "/" + name))
                                .setPresent(true))
                        .setLocationCount(1)
                        .addContainerIds(gallery)
                        .build());
    }

    private static ByteString hash(long number) {
        return ByteString.fromHex("%064x".formatted(number));
    }

    private static ProducerRecord<byte[], byte[]> record(Topic topic, String key, Message value) {
        return new ProducerRecord<>(topic.name(), key.getBytes(UTF_8), value.toByteArray());
    }
}
