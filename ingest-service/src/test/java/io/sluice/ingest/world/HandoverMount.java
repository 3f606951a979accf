package io.sluice.ingest.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;

import io.sluice.contract.Topics;
import io.sluice.contract.scanner.v1.BundleLook;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.ingest.handover.ManifestText;
import io.sluice.testsupport.SluiceInfra;

/** A mount with bundles, and the scanner's side of it: every look has the next sequence number. */
public final class HandoverMount {

    private final ToldLibrary library;
    private final String scanId = UUID.randomUUID().toString();
    private final List<RecordMetadata> produced = new ArrayList<>();
    private long sequence = 5_000;

    private HandoverMount(ToldLibrary library) {
        this.library = library;
    }

    public static HandoverMount online(String name) {
        return new HandoverMount(ToldLibrary.online(name));
    }

    public String libraryId() {
        return library.id();
    }

    public String scanId() {
        return scanId;
    }

    public void tellHealth(HealthState state, String reason) {
        library.tellHealth(state, reason);
    }

    public Path file(String path) {
        return library.file(path);
    }

    /** A file of the payload. */
    public Path payload(String syncId, String path, String text) {
        return library.write(syncId + "/" + path, text);
    }

    /** A bundle of that manifest, with its sentinel, and what the scanner says of it. */
    public BundleLook deliver(String syncId, ManifestText manifest) {
        library.write(syncId + ".json", manifest.bytes());
        library.write(syncId + ".ready", "");
        return look(syncId);
    }

    /** A bundle of as many photos with covers, all of whose files are there. */
    public BundleLook deliverPhotos(String syncId, int photos) {
        return deliver(syncId, photos(syncId, photos));
    }

    public ManifestText photos(String syncId, int photos) {
        ManifestText manifest = new ManifestText(syncId);
        for (int i = 0; i < photos; i++) {
            payload(syncId, "photos/" + i + ".jpg", "photo " + i);
            payload(syncId, "covers/" + i + ".jpg", "cover " + i);
            manifest.photo(i, "photos/" + i + ".jpg", ("photo " + i).length())
                    .cover(i, "covers/" + i + ".jpg", ("cover " + i).length());
        }
        return manifest;
    }

    public void remove(String file) {
        try {
            Files.deleteIfExists(file(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bundle's files as they are now. */
    public BundleLook look(String syncId) {
        BundleLook.Builder look = BundleLook.newBuilder()
                .setLibraryId(library.id())
                .setName(ByteString.copyFromUtf8(syncId))
                .setSequence(++sequence)
                .setScanId(scanId)
                .setObservedAt(Timestamps.fromMillis(System.currentTimeMillis()));
        if (Files.exists(file(syncId + ".json"))) {
            look.setManifest(ToldLibrary.stat(file(syncId + ".json")));
        }
        if (Files.exists(file(syncId + ".ready"))) {
            look.setSentinel(ToldLibrary.stat(file(syncId + ".ready")));
        }
        return look.build();
    }

    public void tell(BundleLook... looks) {
        produced.addAll(SluiceInfra.topics()
                .produceAll(List.of(looks).stream()
                        .map(look -> ToldLibrary.record(
                                Topics.SCANNER_SENTINEL,
                                look.getLibraryId() + "/" + look.getName().toStringUtf8(),
                                look,
                                look.getSequence()))
                        .toList()));
    }

    /** Waits until everything that was told has been taken in and judged, however little it changed. */
    public void settle() {
        Ingested.await("everything told is taken").until(() -> {
            Map<TopicPartition, Long> committed = SluiceInfra.topics().committed("ingest.sentinel");
            return produced.stream()
                    .allMatch(
                            record -> committed.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)
                                    > record.offset());
        });
        Ingested.await("everything taken is judged")
                .until(() -> Ingested.database()
                                .number(
                                        "SELECT COUNT(*) FROM ingest_batch WHERE library_id = ? AND judge_at <= NOW(6)"
                                                + " AND state <> 'importing'",
                                        library.id())
                        == 0);
    }

    /** The row of a bundle; empty when there is none. */
    public Map<String, Object> row(String syncId) {
        return Ingested.database()
                .rows(
                        "SELECT *, HEX(manifest_sha256) AS sha FROM ingest_batch WHERE library_id = ? AND sync_id = ?",
                        library.id(),
                        syncId)
                .stream()
                .findFirst()
                .orElse(Map.of());
    }

    /** Waits until the row of a bundle has been judged so. */
    public Map<String, Object> awaitVerdict(String syncId, String verdict) {
        return Ingested.await(verdict + " of " + syncId)
                .until(() -> row(syncId), row -> verdict.equals(row.get("verdict")));
    }

    /** Waits until everything that was told of a bundle has been judged. */
    public Map<String, Object> awaitJudged(BundleLook look) {
        String syncId = look.getName().toStringUtf8();
        return Ingested.await("judgement of " + syncId)
                .until(
                        () -> row(syncId),
                        row -> row.get("judge_at") == null
                                && row.get("look_sequence") instanceof Long stored
                                && stored >= look.getSequence());
    }

    /** Event types of the ledger, oldest first. */
    public static List<String> ledger(String syncId) {
        return SluiceInfra.ledgerAsTheService()
                .strings("SELECT event_type FROM ingest_event WHERE subject = ? ORDER BY id", syncId);
    }
}
