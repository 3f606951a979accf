package io.sluice.ingest.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.ProducerRecord;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;

import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.contract.scanner.v1.FileStat;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.contract.scanner.v1.LibraryHealth;
import io.sluice.contract.scanner.v1.LibraryKind;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.contract.scanner.v1.ScanDigest;
import io.sluice.messaging.EventHeaders;
import io.sluice.messaging.EventMetadata;
import io.sluice.testsupport.SluiceInfra;

/** A library of real files, and the scanner's side of it: every observation has the next sequence number. */
public final class ToldLibrary {

    private final String id = UUID.randomUUID().toString();
    private final String name;
    private final Path root;
    private final String scanId = UUID.randomUUID().toString();
    private final Map<String, Long> fileIds = new TreeMap<>();
    private final Map<Long, FileObservation> current = new TreeMap<>();
    private long sequence = 1_000;
    private long version;

    private ToldLibrary(String name, Path root) {
        this.name = name;
        this.root = root;
    }

    /** A new library, told as online. */
    public static ToldLibrary online(String name) {
        try {
            String unique = name + "-" + UUID.randomUUID().toString().substring(0, 8);
            ToldLibrary library = new ToldLibrary(
                    unique, Files.createDirectories(Surroundings.mount().resolve(unique)));
            library.tellHealth(HealthState.HEALTH_STATE_ONLINE, "");
            return library;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Path file(String path) {
        return root.resolve(path);
    }

    /** What the scanner knows now, by file id. */
    public Collection<FileObservation> current() {
        return List.copyOf(current.values());
    }

    public void tellHealth(HealthState state, String reason) {
        tellState(state, reason, null);
    }

    /** The end of a full scan: the library's state with a digest of what the scanner knows. */
    public String tellDigest() {
        String scan = UUID.randomUUID().toString();
        ScanDigest.Builder digest = ScanDigest.newBuilder()
                .setScanId(scan)
                .setFinishedAt(Timestamps.fromMillis(System.currentTimeMillis()));
        for (long bucket : Digests.of(current.values())) {
            digest.addBuckets(bucket);
        }
        tellState(HealthState.HEALTH_STATE_ONLINE, "", digest.build());
        return scan;
    }

    private void tellState(HealthState state, String reason, ScanDigest digest) {
        LibraryState.Builder library = LibraryState.newBuilder()
                .setLibraryId(id)
                .setVersion(++version)
                .setName(name)
                .setMount(Surroundings.MOUNT)
                .setSubPath(ByteString.copyFromUtf8(root.getFileName().toString()))
                .setKind(LibraryKind.LIBRARY_KIND_LIBRARY)
                .setEnabled(true)
                .setHealth(LibraryHealth.newBuilder().setState(state).setReason(reason));
        if (digest != null) {
            library.setLastFullScan(digest);
        }
        SluiceInfra.topics().produce(record(Topics.SCANNER_LIBRARY, id, library.build(), version));
    }

    /** Writes a file; nobody is told. */
    public Path write(String path, byte[] bytes) {
        try {
            Path file = file(path);
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path write(String path, String text) {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The observation of a file as it is now. */
    public FileObservation see(String path) {
        return observe(path, fileIds.get(path), stat(file(path)), true, true);
    }

    /** As {@link #see}, of a file that may still be written to. */
    public FileObservation seeUnstable(String path) {
        return observe(path, fileIds.get(path), stat(file(path)), true, false);
    }

    /** A file that the scanner takes for another one than what lay there before (other inode). */
    public FileObservation seeAsNewFile(String path) {
        return observe(path, null, stat(file(path)), true, true);
    }

    /** A rename: the file keeps its id. */
    public FileObservation seeMoved(String from, String to, FileStat stat) {
        long fileId = fileIds.remove(from);
        fileIds.put(to, fileId);
        return observe(to, fileId, stat, true, true);
    }

    /** An observation with a stat of our choice. */
    public FileObservation seeWith(String path, FileStat stat) {
        return observe(path, fileIds.get(path), stat, true, true);
    }

    public FileObservation seeAbsent(String path) {
        Long fileId = fileIds.get(path);
        return observe(path, fileId, current.get(fileId).getStat(), false, true);
    }

    /** The file of that id is gone from its last path. */
    public FileObservation seeAbsent(long fileId) {
        FileObservation last = current.get(fileId);
        return observe(last.getPath().toStringUtf8(), fileId, last.getStat(), false, true);
    }

    private FileObservation observe(String path, Long known, FileStat stat, boolean present, boolean stable) {
        long next = ++sequence;
        long fileId = known == null ? next : known;
        fileIds.put(path, fileId);
        FileObservation seen = FileObservation.newBuilder()
                .setLibraryId(id)
                .setFileId(fileId)
                .setSequence(next)
                .setPath(ByteString.copyFromUtf8(path))
                .setPresent(present)
                .setStat(stat)
                .setStable(stable)
                .setScanId(scanId)
                .build();
        current.put(fileId, seen);
        return seen;
    }

    /** Tells observations, in this order. */
    public void tell(FileObservation... observations) {
        tell(List.of(observations));
    }

    public void tell(Collection<FileObservation> observations) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        observations.forEach(seen -> records.add(
                record(Topics.SCANNER_FILE, seen.getLibraryId() + "/" + seen.getFileId(), seen, seen.getSequence())));
        SluiceInfra.topics().produceAll(records);
    }

    public static ProducerRecord<byte[], byte[]> record(Topic topic, String key, Message value, long version) {
        EventMetadata metadata = new EventMetadata(
                UUID.randomUUID(),
                "/sluice/" + topic.owner(),
                value.getDescriptorForType().getFullName(),
                key,
                Instant.now(),
                version,
                null);
        return new ProducerRecord<>(
                topic.name(),
                null,
                key.getBytes(StandardCharsets.UTF_8),
                value.toByteArray(),
                EventHeaders.of(metadata));
    }

    /** As the scanner reads it. */
    public static FileStat stat(Path file) {
        try {
            Map<String, Object> stat = Files.readAttributes(
                    file, "unix:size,lastModifiedTime,ctime,creationTime,ino", LinkOption.NOFOLLOW_LINKS);
            return FileStat.newBuilder()
                    .setSize((Long) stat.get("size"))
                    .setMtimeNs(((FileTime) stat.get("lastModifiedTime")).to(TimeUnit.NANOSECONDS))
                    .setCtimeNs(((FileTime) stat.get("ctime")).to(TimeUnit.NANOSECONDS))
                    .setBirthTimeNs(((FileTime) stat.get("creationTime")).to(TimeUnit.NANOSECONDS))
                    .setInode((Long) stat.get("ino"))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
