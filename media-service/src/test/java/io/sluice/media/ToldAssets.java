package io.sluice.media;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.kafka.clients.producer.ProducerRecord;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;

import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.FileLocation;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.ingest.v1.ProvidedRendition;
import io.sluice.contract.scanner.v1.FileStat;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.contract.scanner.v1.LibraryHealth;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.media.asset.ContentHash;
import io.sluice.messaging.EventHeaders;
import io.sluice.messaging.EventMetadata;
import io.sluice.testsupport.SluiceInfra;

/** Says what scanner and ingest would say of the files in the test's library. */
public final class ToldAssets {

    public static final String LIBRARY = "0199aaaa-0000-7000-8000-000000000001";

    private static final AtomicLong NEXT = new AtomicLong(1);

    private ToldAssets() {}

    /** A content hash that no other call gives. */
    public static ContentHash newHash() {
        return new ContentHash("%064x".formatted(0xabc000000L + NEXT.getAndIncrement()));
    }

    /** The library as it is from now on. */
    public static LibraryState library(HealthState health) {
        return LibraryState.newBuilder()
                .setLibraryId(LIBRARY)
                .setVersion(NEXT.getAndIncrement())
                .setName("Pictures")
                .setMount("main")
                .setSubPath(ByteString.copyFromUtf8("pictures"))
                .setEnabled(true)
                .setHealth(LibraryHealth.newBuilder().setState(health))
                .build();
    }

    /** A live image, whose only file lies in the library and looks as it does now. */
    public static AssetState image(ContentHash hash, Path file, long version) throws IOException {
        return AssetState.newBuilder()
                .setContentHash(hash.byteString())
                .setVersion(version)
                .setLifecycle(AssetLifecycle.ASSET_LIFECYCLE_LIVE)
                .setKind(MediaKind.MEDIA_KIND_IMAGE)
                .setSize(Files.size(file))
                .addLocations(location(file))
                .setLocationCount(1)
                .build();
    }

    public static FileLocation location(Path file) throws IOException {
        return FileLocation.newBuilder()
                .setLibraryId(LIBRARY)
                .setFileId(NEXT.getAndIncrement())
                .setPath(ByteString.copyFromUtf8(
                        MediaFolders.library().relativize(file).toString()))
                .setStat(stat(file))
                .setPresent(true)
                .build();
    }

    /** A rendition that was delivered ready-made as that file of the library, which looks as it does now. */
    public static ProvidedRendition provided(String name, Path file) throws IOException {
        return ProvidedRendition.newBuilder()
                .setName(name)
                .setLibraryId(LIBRARY)
                .setPath(ByteString.copyFromUtf8(
                        MediaFolders.library().relativize(file).toString()))
                .setStat(stat(file))
                .build();
    }

    private static FileStat stat(Path file) throws IOException {
        Map<String, Object> told =
                Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino", LinkOption.NOFOLLOW_LINKS);
        return FileStat.newBuilder()
                .setSize((Long) told.get("size"))
                .setMtimeNs(((FileTime) told.get("lastModifiedTime")).to(TimeUnit.NANOSECONDS))
                .setCtimeNs(((FileTime) told.get("ctime")).to(TimeUnit.NANOSECONDS))
                .setInode((Long) told.get("ino"))
                .build();
    }

    public static void tell(LibraryState state) {
        SluiceInfra.topics().produce(record(Topics.SCANNER_LIBRARY.name(), state.getLibraryId(), state));
    }

    public static void tell(AssetState state) {
        SluiceInfra.topics().produce(record(state));
    }

    public static ProducerRecord<byte[], byte[]> record(AssetState state) {
        return record(
                Topics.INGEST_ASSET.name(),
                ContentHash.of(state.getContentHash()).hex(),
                state);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, Message value) {
        EventMetadata metadata = new EventMetadata(
                UUID.randomUUID(),
                "/sluice/test",
                value.getDescriptorForType().getFullName(),
                key,
                Instant.now(),
                1,
                null);
        return new ProducerRecord<>(
                topic, null, key.getBytes(StandardCharsets.UTF_8), value.toByteArray(), EventHeaders.of(metadata));
    }
}
