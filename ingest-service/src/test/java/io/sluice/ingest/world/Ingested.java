package io.sluice.ingest.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import com.google.protobuf.InvalidProtocolBufferException;

import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.testsupport.DatabaseProbe;
import io.sluice.testsupport.SluiceInfra;

/** What ingest has made of it: rows, and what it told. */
public final class Ingested {

    private Ingested() {}

    public static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100));
    }

    public static DatabaseProbe database() {
        return SluiceInfra.database();
    }

    /** The row of a file; waits until it stands for that observation. */
    public static Map<String, Object> row(FileObservation seen) {
        return await("row of " + seen.getPath().toStringUtf8())
                .until(
                        () -> database()
                                .rows(
                                        "SELECT *, HEX(content_hash) AS hash, HEX(former_hash) AS former FROM"
                                                + " file_location WHERE library_id = ? AND file_id = ? AND sequence >= ?",
                                        seen.getLibraryId(),
                                        seen.getFileId(),
                                        seen.getSequence()),
                        rows -> !rows.isEmpty())
                .getFirst();
    }

    /** Waits until a file is hashed as that observation says, and gives the hash (64 hex digits). */
    public static String hash(FileObservation seen) {
        return await("hash of " + seen.getPath().toStringUtf8())
                .until(() -> Optional.ofNullable((String) row(seen).get("hash")), Optional::isPresent)
                .orElseThrow()
                .toLowerCase(Locale.ROOT);
    }

    /** Everything told of an asset, in order. */
    public static List<AssetState> told(String hash) {
        List<AssetState> states = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : SluiceInfra.topics().read(Topics.INGEST_ASSET.name())) {
            AssetState state = parse(record.value());
            if (HexFormat.of().formatHex(state.getContentHash().toByteArray()).equals(hash)) {
                states.add(state);
            }
        }
        return states;
    }

    /** Waits until the last that was told of an asset fits. */
    public static AssetState told(String hash, Predicate<AssetState> fits) {
        return await("told of " + hash)
                .until(
                        () -> told(hash).stream().max(Comparator.comparingLong(AssetState::getVersion)),
                        last -> last.filter(fits).isPresent())
                .orElseThrow();
    }

    private static AssetState parse(byte[] value) {
        try {
            return AssetState.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
