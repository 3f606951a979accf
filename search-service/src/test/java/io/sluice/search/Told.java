package io.sluice.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;

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

/** What ingest and media tell, as records. */
public final class Told {

    public static final String LIBRARY = "0199aaaa-0000-7000-8000-000000000001";

    /** Every topic that search reads. */
    public static final Topic[] TOPICS = {
        Topics.INGEST_ASSET, Topics.INGEST_CONTAINER, Topics.INGEST_TEXT, Topics.MEDIA_FACTS, Topics.MEDIA_RENDITION
    };

    private Told() {}

    /** The content hash of a number. */
    public static String hash(long number) {
        return "%064x".formatted(number);
    }

    /** A live image without a header; taken at the number's second of 2024. */
    public static AssetState.Builder asset(long number, long version, String... paths) {
        return AssetState.newBuilder()
                .setContentHash(ByteString.fromHex(hash(number)))
                .setVersion(version)
                .setLifecycle(AssetLifecycle.ASSET_LIFECYCLE_LIVE)
                .setKind(MediaKind.MEDIA_KIND_IMAGE)
                .setMediaType("image/jpeg")
                .setSize(1_000 + number)
                .setTakenAt(TakenAt.newBuilder()
                        .setAt(Timestamps.fromMillis(
                                Instant.parse("2024-07-14T12:00:00Z").toEpochMilli() + number * 1_000)))
                .addAllLocations(Stream.of(paths).map(Told::location).toList())
                .setLocationCount(paths.length);
    }

    public static FileLocation location(String path) {
        return FileLocation.newBuilder()
                .setLibraryId(LIBRARY)
                .setPath(ByteString.copyFromUtf8(path))
                .setPresent(true)
                .build();
    }

    public static HeaderMetadata camera(String make, String model, String lens) {
        return HeaderMetadata.newBuilder()
                .setCameraMake(make)
                .setCameraModel(model)
                .setLensModel(lens)
                .build();
    }

    public static ContainerState gallery(String id, long version, String title) {
        return ContainerState.newBuilder()
                .setContainerId(id)
                .setVersion(version)
                .setKind(ContainerKind.CONTAINER_KIND_GALLERY)
                .setTitle(title)
                .build();
    }

    public static ProducerRecord<byte[], byte[]> record(AssetState.Builder asset) {
        return of(Topics.INGEST_ASSET, hex(asset.getContentHash()), asset.build());
    }

    public static ProducerRecord<byte[], byte[]> record(ContainerState container) {
        return of(Topics.INGEST_CONTAINER, container.getContainerId(), container);
    }

    public static ProducerRecord<byte[], byte[]> text(long number, long version, String source, String text) {
        return of(
                Topics.INGEST_TEXT,
                hash(number) + "/" + source,
                AssetText.newBuilder()
                        .setContentHash(ByteString.fromHex(hash(number)))
                        .setVersion(version)
                        .setSource(source)
                        .setText(text)
                        .build());
    }

    public static ProducerRecord<byte[], byte[]> facts(long number, long version, String format) {
        return of(
                Topics.MEDIA_FACTS,
                hash(number),
                MediaFacts.newBuilder()
                        .setContentHash(ByteString.fromHex(hash(number)))
                        .setVersion(version)
                        .setFormat(format)
                        .build());
    }

    public static ProducerRecord<byte[], byte[]> ready(long number, long version, String name) {
        return of(
                Topics.MEDIA_RENDITION,
                hash(number) + "/" + name,
                RenditionState.newBuilder()
                        .setContentHash(ByteString.fromHex(hash(number)))
                        .setVersion(version)
                        .setName(name)
                        .setLifecycle(RenditionLifecycle.RENDITION_LIFECYCLE_READY)
                        .build());
    }

    /** A key is purged. */
    public static ProducerRecord<byte[], byte[]> purge(Topic topic, String key) {
        return of(topic, key, null);
    }

    public static List<String> hashes(long... numbers) {
        return java.util.Arrays.stream(numbers).mapToObj(Told::hash).toList();
    }

    public static String hex(ByteString bytes) {
        return java.util.HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static ProducerRecord<byte[], byte[]> of(Topic topic, String key, @Nullable Message value) {
        return new ProducerRecord<>(topic.name(), key.getBytes(UTF_8), value == null ? null : value.toByteArray());
    }
}
