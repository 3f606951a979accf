package io.sluice.messaging.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import org.apache.kafka.common.header.Headers;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;

import io.sluice.contract.Topic;
import io.sluice.messaging.EventHeaders;
import io.sluice.messaging.EventMetadata;
import io.sluice.messaging.Instance;
import io.sluice.messaging.Spans;

/** Takes the facts that a transaction makes true; the relay sends them after its commit, in order by key. */
public final class Outbox {

    /** Two relays keep a broker busy; rows know their shard, so the number may only change while the outbox is empty. */
    public static final int SHARDS = 2;

    private static final String INSERT =
            "INSERT INTO outbox (shard, topic, record_key, value, headers) VALUES (?, ?, ?, ?, ?)";

    private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

    private final Instance instance;
    private final Consumer<String> wakeDuty;

    /** @param wakeDuty has the duty of that name run now, if this instance owns it */
    public Outbox(Instance instance, Consumer<String> wakeDuty) {
        this.instance = instance;
        this.wakeDuty = wakeDuty;
    }

    /**
     * Appends in the caller's transaction. Call it after the aggregate's row was locked: then the order of a key's rows
     * is the order in which they became true.
     */
    public void append(Handle tx, OutgoingRecord record) {
        appendAll(tx, List.of(record));
    }

    /** As {@link #append}, one statement for all. */
    public void appendAll(Handle tx, Collection<OutgoingRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        boolean[] touched = new boolean[SHARDS];
        try (PreparedBatch batch = tx.prepareBatch(INSERT)) {
            for (OutgoingRecord record : records) {
                byte[] key = record.key().getBytes(UTF_8);
                byte[] value = record.value() == null ? null : record.value().toByteArray();
                touched[add(batch, record.topic(), key, value, EventHeaders.of(metadata(record)))] = true;
            }
            batch.execute();
        }
        for (int shard = 0; shard < SHARDS; shard++) {
            if (touched[shard]) {
                wakeAfterCommit(tx, shard);
            }
        }
    }

    /** Appends bytes that are no event of ours: a copy of something received. */
    public void appendRaw(Handle tx, Topic topic, byte[] key, byte @Nullable [] value, Headers headers) {
        try (PreparedBatch batch = tx.prepareBatch(INSERT)) {
            int shard = add(batch, topic, key, value, headers);
            batch.execute();
            wakeAfterCommit(tx, shard);
        }
    }

    /**
     * Has the blocked records of a key sent again, in their order; the first that the broker refuses blocks it anew.
     *
     * @return how many there were
     */
    public int unblock(Handle tx, String topic, byte[] key) {
        int shard = shardOf(topic, key);
        int unblocked = tx.createUpdate(
                        "UPDATE outbox SET blocked = FALSE" // by outbox_next
                                + " WHERE shard = :shard AND blocked = 1 AND topic = :topic AND record_key = :key")
                .bind("shard", shard)
                .bind("topic", topic)
                .bind("key", key)
                .execute();
        wakeAfterCommit(tx, shard);
        return unblocked;
    }

    private static int shardOf(String topic, byte[] key) {
        return Math.floorMod(31 * topic.hashCode() + Arrays.hashCode(key), SHARDS);
    }

    private static int add(PreparedBatch batch, Topic topic, byte[] key, byte @Nullable [] value, Headers headers) {
        int shard = shardOf(topic.name(), key);
        batch.bind(0, shard)
                .bind(1, topic.name())
                .bind(2, key)
                .bind(3, value)
                .bind(4, EventHeaders.pack(headers))
                .add();
        return shard;
    }

    private void wakeAfterCommit(Handle tx, int shard) {
        String relay = relayName(shard);
        tx.afterCommit(() -> wakeDuty.accept(relay));
    }

    static String relayName(int shard) {
        return "outbox-" + shard;
    }

    private EventMetadata metadata(OutgoingRecord record) {
        return new EventMetadata(
                IDS.generate(),
                "/sluice/" + instance.service(),
                record.value() == null
                        ? "tombstone"
                        : record.value().getDescriptorForType().getFullName(),
                record.key(),
                Instant.now(),
                record.aggregateVersion(),
                Spans.traceparent());
    }
}
