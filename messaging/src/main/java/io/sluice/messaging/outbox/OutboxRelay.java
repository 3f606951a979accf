package io.sluice.messaging.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.EventHeaders;
import io.sluice.messaging.Instance;
import io.sluice.messaging.MessagingMetrics;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.deadletter.DeadLetter;
import io.sluice.messaging.deadletter.DeadLetters;
import io.sluice.messaging.lease.Duty;
import io.sluice.messaging.outbox.OutboxRows.Row;

/**
 * Sends one shard of the outbox: reads under its lease, sends in a Kafka transaction, commits, deletes the rows. Sent
 * twice is possible, in order and on the same key only; sent by a frozen predecessor is not: gaining the lease comes
 * before {@code initTransactions}, which fences it, and that before the first read, which checks the lease again.
 */
public final class OutboxRelay implements Duty, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

    /** Rows of one Kafka transaction: its fixed cost (some milliseconds) is small beside sending as many. */
    private static final int MOST_ROWS = 1000;

    private final int shard;
    private final Map<String, Object> kafka;
    private final Transactions transactions;
    private final OutboxRows rows;
    private final DeadLetters deadLetters;
    private final Duration poll;
    private final MessagingMetrics metrics;

    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private long producerToken;
    private int limit = MOST_ROWS;

    /** Called with the name of each step before it is made; tests freeze and crash the relay there. */
    volatile Consumer<String> beforeStep = step -> {};

    /**
     * @param kafka how to reach the broker: {@code bootstrap.servers} and what else its security needs
     * @param poll between looks at the outbox when nothing wakes it, e.g. 200 ms
     */
    public OutboxRelay(
            int shard,
            Instance instance,
            Map<String, Object> kafka,
            Transactions transactions,
            DeadLetters deadLetters,
            Duration poll,
            MessagingMetrics metrics) {
        this.shard = shard;
        this.kafka = producerSettings(shard, instance, kafka);
        this.transactions = transactions;
        this.rows = new OutboxRows(shard);
        this.deadLetters = deadLetters;
        this.poll = poll;
        this.metrics = metrics;
    }

    private static Map<String, Object> producerSettings(int shard, Instance instance, Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.keySet().retainAll(ProducerConfig.configNames());
        String id = "sluice-" + instance.service() + "-outbox-" + shard;
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, id);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        // An outage is told after 10 s instead of a minute, so that it is seen and the process can stop meanwhile.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 30_000);
        return settings;
    }

    @Override
    public String name() {
        return Outbox.relayName(shard);
    }

    @Override
    public Duration period() {
        return poll;
    }

    @Override
    public void run(Tenure tenure) {
        if (producerToken != tenure.token()) {
            close();
        }
        while (!tenure.over() && transactions.read(rows::any)) {
            try {
                KafkaProducer<byte[], byte[]> sender = sender(tenure);
                beforeStep.accept("read");
                List<Row> batch = transactions.call(tx -> {
                    tenure.verify(tx);
                    return rows.next(tx, limit);
                });
                if (batch.isEmpty()) {
                    return;
                }
                beforeStep.accept("send");
                @Nullable Throwable refusal = send(sender, batch);
                if (refusal == null) {
                    beforeStep.accept("delete");
                    transactions.run(tx -> {
                        tenure.verify(tx);
                        rows.delete(tx, batch);
                    });
                    metrics.sent(batch.size());
                    limit = Math.min(MOST_ROWS, limit * 2);
                } else if (batch.size() > 1) {
                    limit = batch.size() / 2;
                } else {
                    giveUp(tenure, batch.getFirst(), refusal);
                    limit = MOST_ROWS;
                }
            } catch (ProducerFencedException | InvalidProducerEpochException fenced) {
                // By a newer owner, or by an older one that woke up between its lease and its fence. The lease decides.
                LOG.infof("Relay of outbox shard %d was fenced: %s", shard, fenced.getMessage());
                close();
                transactions.run(tenure::verify);
            } catch (KafkaException outage) {
                close();
                throw new CodedException(
                        ErrorCode.BROKER_UNAVAILABLE,
                        "The outbox waits for the broker: " + outage.getMessage(),
                        outage);
            }
        }
    }

    private KafkaProducer<byte[], byte[]> sender(Tenure tenure) {
        if (producer == null) {
            beforeStep.accept("fence");
            producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
            producer.initTransactions();
            producerToken = tenure.token();
        }
        return producer;
    }

    /** Sends all or nothing; tells why the broker will never take one of them, or null when it took all. */
    private @Nullable Throwable send(KafkaProducer<byte[], byte[]> sender, List<Row> batch) {
        AtomicReference<Throwable> failed = new AtomicReference<>();
        sender.beginTransaction();
        try {
            for (Row row : batch) {
                sender.send(
                        new ProducerRecord<>(
                                row.topic(), null, row.key(), row.value(), EventHeaders.unpack(row.headers())),
                        (sent, failure) -> failed.compareAndSet(null, failure));
            }
            sender.commitTransaction();
            return null;
        } catch (ProducerFencedException | InvalidProducerEpochException fenced) {
            throw fenced;
        } catch (KafkaException failure) {
            Throwable first = failed.get();
            if (refused(first) || refused(failure)) {
                sender.abortTransaction();
                return first == null ? failure : first;
            }
            Throwable fence = fence(first) == null ? fence(failure) : fence(first);
            throw fence instanceof KafkaException known ? known : failure;
        }
    }

    private void giveUp(Tenure tenure, Row row, Throwable refusal) {
        ErrorCode code = refusal instanceof RecordTooLargeException ? ErrorCode.RECORD_TOO_LARGE : ErrorCode.INTERNAL;
        transactions.run(tx -> {
            tenure.verify(tx);
            rows.block(tx, List.of(row.id()));
            deadLetters.bury(
                    tx,
                    new DeadLetter(
                            "outbox",
                            row.topic(),
                            row.key(),
                            null,
                            code,
                            "The broker refuses this record and its key waits behind it: " + refusal.getMessage(),
                            1,
                            row.value(),
                            EventHeaders.unpack(row.headers())));
        });
        metrics.refused();
    }

    private static boolean refused(@Nullable Throwable failure) {
        return anyCause(
                        failure,
                        Set.of(
                                RecordTooLargeException.class,
                                RecordBatchTooLargeException.class,
                                InvalidRecordException.class,
                                InvalidTopicException.class,
                                SerializationException.class))
                != null;
    }

    private static @Nullable Throwable fence(@Nullable Throwable failure) {
        return anyCause(failure, Set.of(ProducerFencedException.class, InvalidProducerEpochException.class));
    }

    private static @Nullable Throwable anyCause(@Nullable Throwable failure, Set<Class<?>> kinds) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (kinds.contains(at.getClass())) {
                return at;
            }
        }
        return null;
    }

    /** Lets the producer go, without waiting for what it has not sent. */
    @Override
    public void close() {
        KafkaProducer<byte[], byte[]> old = producer;
        producer = null;
        if (old != null) {
            old.close(Duration.ZERO);
        }
    }
}
