package io.sluice.messaging.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;

import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.messaging.EventHeaders;
import io.sluice.messaging.Instance;
import io.sluice.messaging.MessagingMetrics;
import io.sluice.messaging.outbox.Outbox;

/** Writes dead letters down, in the transaction that moves past them. */
public final class DeadLetters {

    private record Older(String id, ByteBuffer key, DeadLetter.@Nullable Position position) {

        /** In the same partition; where a topic was made anew the versions in the handlers' own tables decide alone. */
        private boolean isBefore(DeadLetter.@Nullable Position handled) {
            return position != null
                    && handled != null
                    && position.partition() == handled.partition()
                    && position.offset() < handled.offset();
        }
    }

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private static final int LONGEST_CAUSE = 4000;

    /** Time-ordered and growing within this process, so that ids page in the order of writing. */
    private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

    private final Outbox outbox;
    private final MessagingMetrics metrics;
    private final Optional<Topic> copies;

    public DeadLetters(Outbox outbox, Instance instance, MessagingMetrics metrics) {
        this.outbox = outbox;
        this.metrics = metrics;
        this.copies = Topics.named("sluice." + instance.service() + ".dead.v1");
    }

    /**
     * Writes it in the caller's transaction, with a copy for the service's dead-letter topic. The same message
     * twice is one while that is open.
     */
    public void bury(Handle tx, DeadLetter letter) {
        UUID id = IDS.generate();
        DeadLetter.Position record = letter.record();
        String cause = letter.cause()
                .substring(0, Math.min(LONGEST_CAUSE, letter.cause().length()));
        tx.createUpdate("""
                        INSERT INTO dead_letter (id, source, origin, record_key, partition_no, record_offset,
                            record_time, error_code, cause, attempts, value, headers)
                        VALUES (:id, :source, :origin, :key, :partition, :offset, :time, :code, :cause, :attempts,
                            :value, :headers)
                        ON DUPLICATE KEY UPDATE id = id""")
                .bind("id", id.toString())
                .bind("source", letter.source())
                .bind("origin", letter.origin())
                .bind("key", letter.key())
                .bind("partition", record == null ? null : record.partition())
                .bind("offset", record == null ? null : record.offset())
                .bind("time", record == null ? null : record.time())
                .bind("code", letter.code().code())
                .bind("cause", cause)
                .bind("attempts", letter.attempts())
                .bind("value", letter.value())
                .bind("headers", EventHeaders.pack(letter.headers()))
                .execute();
        if (tx.select("SELECT 1 FROM dead_letter WHERE id = ?", id.toString())
                .mapTo(Integer.class)
                .findOne()
                .isEmpty()) {
            return; // buried before, when this message came the first time
        }
        // What the broker refuses for its size it would refuse here too: that copy goes without its value.
        copies.filter(topic -> !topic.name().equals(letter.origin()))
                .ifPresent(topic -> outbox.appendRaw(
                        tx,
                        topic,
                        letter.key(),
                        letter.source().equals("outbox") ? null : letter.value(),
                        copyHeaders(id, letter, cause)));
        tx.afterCommit(() -> {
            metrics.buried(letter.source(), letter.code().code());
            LOG.errorf(
                    "Dead letter %s: source=%s origin=%s key=%s error_code=%s attempt=%d %s",
                    id,
                    letter.source(),
                    letter.origin(),
                    new String(letter.key(), UTF_8),
                    letter.code().code(),
                    letter.attempts(),
                    cause);
        });
    }

    /**
     * Records of these keys of a compacted topic were handled in this transaction: open letters of older ones of the key
     * have nothing left to be redone.
     *
     * @param handled where the record stood, by its key
     */
    public void outlive(Handle tx, Topic topic, Map<ByteBuffer, DeadLetter.Position> handled) {
        boolean any = tx.createQuery( // by dead_letter_origin
                        "SELECT 1 FROM dead_letter WHERE state = 'open' AND origin = :topic LIMIT 1")
                .bind("topic", topic.name())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (!any) {
            return;
        }
        List<String> outlived = tx
                .createQuery( // by dead_letter_key
                        "SELECT id, record_key, partition_no, record_offset, record_time FROM dead_letter"
                                + " WHERE origin = :topic AND record_key IN (<keys>) AND state = 'open'"
                                + " AND source = 'message' AND outlived_at IS NULL ORDER BY id")
                .bind("topic", topic.name())
                .bindList(
                        "keys", handled.keySet().stream().map(ByteBuffer::array).toList())
                .map((row, context) -> new Older(
                        row.getString("id"), ByteBuffer.wrap(row.getBytes("record_key")), LetterLists.position(row)))
                .list()
                .stream()
                .filter(older -> older.isBefore(handled.get(older.key)))
                .map(Older::id)
                .toList();
        if (!outlived.isEmpty()) {
            tx.createUpdate("UPDATE dead_letter SET outlived_at = NOW(6) WHERE id IN (<ids>)")
                    .bindList("ids", outlived)
                    .execute();
        }
    }

    private static Headers copyHeaders(UUID id, DeadLetter letter, String cause) {
        Headers headers = new RecordHeaders(letter.headers().toArray());
        headers.add("sluice-dead-letter-id", id.toString().getBytes(UTF_8));
        headers.add("sluice-dead-letter-source", letter.source().getBytes(UTF_8));
        headers.add("sluice-dead-letter-origin", letter.origin().getBytes(UTF_8));
        headers.add("sluice-error-code", letter.code().code().getBytes(UTF_8));
        headers.add("sluice-cause", cause.getBytes(UTF_8));
        if (letter.record() != null) {
            String position =
                    letter.record().partition() + "/" + letter.record().offset();
            headers.add("sluice-position", position.getBytes(UTF_8));
        }
        return headers;
    }
}
