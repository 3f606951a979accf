package io.sluice.gateway.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;

import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.FileLocation;
import io.sluice.contract.ingest.v1.HeaderMetadata;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.ingest.v1.TakenAt;
import io.sluice.contract.ingest.v1.TakenAtSource;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.MediaFacts;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.contract.scanner.v1.FileStat;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.contract.scanner.v1.LibraryHealth;
import io.sluice.contract.scanner.v1.LibraryKind;
import io.sluice.contract.scanner.v1.LibraryMode;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.contract.scanner.v1.LibraryView;
import io.sluice.contract.scanner.v1.ScanKind;
import io.sluice.contract.scanner.v1.ScanRun;
import io.sluice.contract.scanner.v1.ScanState;
import io.sluice.testsupport.SluiceInfra;

/**
 * What stands around the gateway under test: the services as real gRPC servers over data in memory, real files
 * under a mount and in a rendition store, and library states on the real topic. One for all test classes.
 */
public final class World {

    public static final String PICTURES = "0199f0c1-7a3e-7d4c-9f65-3c1f0a6e8b11";
    public static final String CLOUD = "0199f0c1-7a3e-7d4c-9f65-3c1f0a6e8b13";
    public static final String AWAY = "0199f0c1-7a3e-7d4c-9f65-3c1f0a6e8b12";

    private static World current;

    public final FakeScanner scanner = new FakeScanner();
    public final FakeIngest ingest = new FakeIngest();
    public final FakeImports imports = new FakeImports();
    public final FakeMedia media = new FakeMedia();
    public final FakeSearch search = new FakeSearch();
    public final FakeOperations scannerOperations = new FakeOperations();
    public final FakeOperations ingestOperations = new FakeOperations();
    public final FakeOperations mediaOperations = new FakeOperations();

    private final FakeServer scannerServer = new FakeServer(port("scanner"), scanner, scannerOperations);
    private final FakeServer ingestServer = new FakeServer(port("ingest"), ingest, imports, ingestOperations);
    private final FakeServer mediaServer = new FakeServer(port("media"), media, mediaOperations);
    private final FakeServer searchServer = new FakeServer(port("search"), search);
    private final Path home = Path.of(System.getProperty(GatewayInfra.HOME));
    private final AtomicLong versions = new AtomicLong(1000);

    private World() {}

    /** The world of this application, empty but for its two libraries. */
    public static synchronized World empty() {
        if (current == null) {
            current = new World();
            SluiceInfra.topics().create(Topics.SCANNER_LIBRARY, Topics.INGEST_LEDGER, Topics.MEDIA_RENDITION);
        }
        current.reset();
        return current;
    }

    private void reset() {
        ingest.clear();
        imports.clear();
        scanner.remove(CLOUD);
        media.clear();
        search.clear();
        for (FakeOperations operations : new FakeOperations[] {scannerOperations, ingestOperations, mediaOperations}) {
            operations.clear();
            operations.work();
            operations.deferred();
            operations.lines(java.util.List.of());
        }
        library(PICTURES, "Pictures", "pictures", HealthState.HEALTH_STATE_ONLINE, "");
        library(AWAY, "Travel disk", "away", HealthState.HEALTH_STATE_STALE, "The disk is not mounted. Plug it in.");
        Rest anyone = Rest.anonymous();
        Awaitility.await("gateway ready")
                .atMost(Duration.ofSeconds(30))
                .until(() -> anyone.get("/q/health/ready").status() == 200);
        Rest admin = Rest.withKey(bootstrapKey());
        Awaitility.await("libraries known")
                .atMost(Duration.ofSeconds(30))
                .until(() -> admin.get("/api/v1/assets?library=Travel%20disk").status() == 200);
    }

    public static String bootstrapKey() {
        return GatewayInfra.BOOTSTRAP_KEY;
    }

    public Path mount() {
        return home.resolve("mount");
    }

    public Path store() {
        return home.resolve("store");
    }

    public void stopMedia() {
        mediaServer.stop();
    }

    public void startMedia() {
        mediaServer.start();
    }

    public void stopIngest() {
        ingestServer.stop();
    }

    public void startIngest() {
        ingestServer.start();
    }

    public void stopSearch() {
        searchServer.stop();
    }

    public void startSearch() {
        searchServer.start();
    }

    public void stopScanner() {
        scannerServer.stop();
    }

    public void startScanner() {
        scannerServer.start();
    }

    public String lastTraceparentOfIngest() {
        return ingestServer.lastTraceparent();
    }

    /** States a library to the topic and to the scanner alike. */
    public void library(String id, String name, String subPath, HealthState health, String reason) {
        LibraryState state = LibraryState.newBuilder()
                .setLibraryId(id)
                .setVersion(versions.incrementAndGet())
                .setName(name)
                .setMount("home")
                .setSubPath(ByteString.copyFromUtf8(subPath))
                .setKind(LibraryKind.LIBRARY_KIND_LIBRARY)
                .setMode(LibraryMode.LIBRARY_MODE_REFERENCED)
                .setEnabled(true)
                .setHealth(LibraryHealth.newBuilder()
                        .setState(health)
                        .setReason(reason)
                        .setSince(Timestamps.fromMillis(
                                Instant.now().minus(Duration.ofHours(3)).toEpochMilli())))
                .build();
        scanner.library(LibraryView.newBuilder()
                .setState(state)
                .setPresentFiles(3)
                .setLastFullScan(ScanRun.newBuilder()
                        .setScanId("0199f0c2-1d2b-7a01-8f3e-5a9c2b7d4e10")
                        .setKind(ScanKind.SCAN_KIND_FULL)
                        .setState(ScanState.SCAN_STATE_COMPLETED)
                        .setStartedAt(Timestamps.fromMillis(
                                Instant.now().minusSeconds(250).toEpochMilli()))
                        .setFinishedAt(Timestamps.fromMillis(
                                Instant.now().minusSeconds(240).toEpochMilli()))
                        .setFilesSeen(3))
                .build());
        SluiceInfra.topics()
                .produce(new ProducerRecord<>(Topics.SCANNER_LIBRARY.name(), id.getBytes(UTF_8), state.toByteArray()));
    }

    /** A file in the library Pictures, and its asset. */
    public AssetState asset(String path, byte[] bytes, String mediaType, Instant takenAt) {
        Path file = mount().resolve("pictures").resolve(path);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            Files.setLastModifiedTime(file, FileTime.from(takenAt));
            AssetState asset = AssetState.newBuilder()
                    .setContentHash(ByteString.copyFrom(hash(bytes)))
                    .setVersion(versions.incrementAndGet())
                    .setLifecycle(AssetLifecycle.ASSET_LIFECYCLE_LIVE)
                    .setKind(kindOf(mediaType))
                    .setMediaType(mediaType)
                    .setSize(bytes.length)
                    .setTakenAt(TakenAt.newBuilder()
                            .setAt(Timestamps.fromMillis(takenAt.toEpochMilli()))
                            .setSource(TakenAtSource.TAKEN_AT_SOURCE_EXIF))
                    .setHeader(
                            HeaderMetadata.newBuilder().setCameraMake("Sluice").setOrientation(1))
                    .addLocations(FileLocation.newBuilder()
                            .setLibraryId(PICTURES)
                            .setFileId(versions.incrementAndGet())
                            .setPath(ByteString.copyFromUtf8(path))
                            .setStat(stat(file))
                            .setPresent(true))
                    .setLocationCount(1)
                    .setRegisteredAt(Timestamps.fromMillis(takenAt.toEpochMilli()))
                    .build();
            ingest.put(asset);
            return asset;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MediaKind kindOf(String mediaType) {
        return switch (mediaType.replaceFirst("/.*", "")) {
            case "image" -> MediaKind.MEDIA_KIND_IMAGE;
            case "video" -> MediaKind.MEDIA_KIND_VIDEO;
            default -> MediaKind.MEDIA_KIND_DOCUMENT;
        };
    }

    /** A number larger than any before: a record that supersedes all others of its key. */
    long nextVersion() {
        return versions.incrementAndGet();
    }

    /** A painted picture with both renditions ready. */
    public AssetState picture(long seed, Instant takenAt) {
        Picture picture = Picture.painted(seed);
        AssetState asset = asset("%04d.jpg".formatted(seed), picture.jpeg(), "image/jpeg", takenAt);
        ready(asset, picture);
        return asset;
    }

    /** A painted picture that nothing is made of yet. */
    public AssetState waitingPicture(long seed, Instant takenAt) {
        AssetState asset =
                asset("%04d.jpg".formatted(seed), Picture.painted(seed).jpeg(), "image/jpeg", takenAt);
        media.put(renditions(asset)
                .addRenditions(state(asset, "thumbnail", RenditionLifecycle.RENDITION_LIFECYCLE_PENDING, "", ""))
                .addRenditions(state(asset, "preview_image", RenditionLifecycle.RENDITION_LIFECYCLE_PENDING, "", ""))
                .build());
        return asset;
    }

    /** Makes both renditions of a painted picture. */
    public void finish(AssetState asset, long seed) {
        ready(asset, Picture.painted(seed));
    }

    /** Something that cannot be shown. */
    public AssetState unshowable(
            String path, RenditionLifecycle lifecycle, String errorCode, String reason, Instant takenAt) {
        AssetState asset = asset(path, ("not a picture: " + path).getBytes(UTF_8), "", takenAt);
        media.put(renditions(asset)
                .addRenditions(state(asset, "thumbnail", lifecycle, errorCode, reason))
                .addRenditions(state(asset, "preview_image", lifecycle, errorCode, reason))
                .build());
        return asset;
    }

    private void ready(AssetState asset, Picture picture) {
        media.put(renditions(asset)
                .addRenditions(stored(asset, "thumbnail", picture.within(250)))
                .addRenditions(stored(asset, "preview_image", picture.within(1440)))
                .setFacts(MediaFacts.newBuilder()
                        .setContentHash(asset.getContentHash())
                        .setWidth(picture.width())
                        .setHeight(picture.height())
                        .setFormat("jpeg")
                        .setThumbhash(ByteString.copyFrom(picture.thumbhash())))
                .build());
    }

    StoredRendition stored(AssetState asset, String name, Picture picture) {
        String hex = hex(asset);
        String file = hex.substring(0, 2) + "/" + hex + "/" + name + "@1.jpg";
        byte[] bytes = picture.jpeg();
        try {
            Files.createDirectories(store().resolve(file).getParent());
            Files.write(store().resolve(file), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return StoredRendition.newBuilder()
                .setState(RenditionState.newBuilder()
                        .setContentHash(asset.getContentHash())
                        .setVersion(versions.incrementAndGet())
                        .setName(name)
                        .setProfileVersion(1)
                        .setLifecycle(RenditionLifecycle.RENDITION_LIFECYCLE_READY)
                        .setMediaType("image/jpeg")
                        .setWidth(picture.width())
                        .setHeight(picture.height())
                        .setBytes(bytes.length))
                .setFile(file)
                .build();
    }

    private StoredRendition state(
            AssetState asset, String name, RenditionLifecycle lifecycle, String errorCode, String reason) {
        return StoredRendition.newBuilder()
                .setState(RenditionState.newBuilder()
                        .setContentHash(asset.getContentHash())
                        .setVersion(versions.incrementAndGet())
                        .setName(name)
                        .setProfileVersion(1)
                        .setLifecycle(lifecycle)
                        .setErrorCode(errorCode)
                        .setReason(reason))
                .build();
    }

    private static AssetRenditions.Builder renditions(AssetState asset) {
        return AssetRenditions.newBuilder().setContentHash(asset.getContentHash());
    }

    public static String hex(AssetState asset) {
        return HexFormat.of().formatHex(asset.getContentHash().toByteArray());
    }

    public static FileStat stat(Path file) throws IOException {
        var unix = Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino");
        return FileStat.newBuilder()
                .setSize((long) unix.get("size"))
                .setMtimeNs(((FileTime) unix.get("lastModifiedTime")).to(TimeUnit.NANOSECONDS))
                .setCtimeNs(((FileTime) unix.get("ctime")).to(TimeUnit.NANOSECONDS))
                .setInode((long) unix.get("ino"))
                .build();
    }

    /** Any 32 bytes that are told apart by the content will do here; nobody checks that it is BLAKE3. */
    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int port(String service) {
        return ConfigProvider.getConfig().getValue("quarkus.grpc.clients." + service + ".test-port", Integer.class);
    }
}
