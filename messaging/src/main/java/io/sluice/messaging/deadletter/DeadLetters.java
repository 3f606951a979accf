package io.sluice.messaging.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;

import io.sluice.contract.ErrorCode;
import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.messaging.EventHeaders;
import io.sluice.messaging.Instance;
import io.sluice.messaging.MessagingMetrics;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.outbox.Outbox;

/** Writes dead letters down, in the transaction that moves past them, and lists them. Redrive comes with issue 4. */
public final class DeadLetters {

    /** A dead letter with its place in the list. */
    public record Kept(UUID id, Instant createdAt, DeadLetter letter) {}

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private static final int LONGEST_CAUSE = 4000;

    /** Time-ordered and growing within this process, so that ids page in the order of writing. */
    private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

    private final Transactions transactions;
    private final Outbox outbox;
    private final MessagingMetrics metrics;
    private final Optional<Topic> copies;

    public DeadLetters(Transactions transactions, Outbox outbox, Instance instance, MessagingMetrics metrics) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.metrics = metrics;
        this.copies = Topics.named("sluice." + instance.service() + ".dead.v1");
    }

    /** Writes it in the caller's transaction, with a copy for the service's dead-letter topic. The same message twice is one. */
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
     * Newest first.
     *
     * @param before id of the last one of the page before, empty for the first page
     * @param code only those with it; empty for all
     */
    public List<Kept> list(int limit, String before, String code) {
        return transactions.read(handle -> handle.createQuery("SELECT * FROM dead_letter WHERE id < :before"
                        + (code.isEmpty() ? "" : " AND error_code = :code") + " ORDER BY id DESC LIMIT :limit")
                .bind("before", before.isEmpty() ? "g" : before)
                .bind("code", code)
                .bind("limit", limit)
                .map((row, context) -> new Kept(
                        UUID.fromString(row.getString("id")),
                        row.getObject("created_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        new DeadLetter(
                                row.getString("source"),
                                row.getString("origin"),
                                row.getBytes("record_key"),
                                position(
                                        row.getObject("partition_no", Integer.class),
                                        row.getLong("record_offset"),
                                        row.getLong("record_time")),
                                ErrorCode.of(row.getString("error_code")),
                                row.getString("cause"),
                                row.getInt("attempts"),
                                row.getBytes("value"),
                                EventHeaders.unpack(row.getBytes("headers")))))
                .list());
    }

    private static DeadLetter.@Nullable Position position(@Nullable Integer partition, long offset, long time) {
        return partition == null ? null : new DeadLetter.Position(partition, offset, time);
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
