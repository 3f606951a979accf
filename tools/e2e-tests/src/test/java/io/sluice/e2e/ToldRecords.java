package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

import com.google.protobuf.ByteString;

import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.JobMoved;
import io.sluice.contract.ingest.v1.LedgerEntry;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;

/**
 * Writes ledger entries and renditions as the outbox relays do, in transactions, some of which are aborted, until it is
 * closed. Every record is a step of its key, counted from 1.
 */
final class ToldRecords implements AutoCloseable {

    private static final int KEYS = 25;
    private static final int MOST_IN_ONE = 12;
    private static final int MOST_BETWEEN_MS = 80;

    private final Random random;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<String> committed = new ArrayList<>();
    private final Map<String, Integer> steps = new HashMap<>();
    private final Thread thread;
    private volatile boolean over;
    private volatile @Nullable Throwable failed;

    ToldRecords(String bootstrapServers, long seed) {
        random = new Random(seed);
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "told-records-" + UUID.randomUUID()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        thread = Thread.ofPlatform().daemon().name("told-records").start(this::write);
    }

    private void write() {
        try {
            while (!over) {
                transaction();
                Thread.sleep(random.nextInt(MOST_BETWEEN_MS));
            }
        } catch (InterruptedException | RuntimeException e) {
            failed = e;
        }
    }

    private void transaction() {
        boolean commits = random.nextInt(6) > 0;
        List<String> written = new ArrayList<>();
        Map<String, Integer> later = new HashMap<>(steps);
        producer.beginTransaction();
        for (int count = random.nextInt(1, MOST_IN_ONE); count > 0; count--) {
            boolean ledger = random.nextBoolean();
            String subject = ledger ? "batch-" + random.nextInt(KEYS) : "%064x".formatted(1 + random.nextInt(KEYS));
            int step = later.merge(subject, 1, Integer::sum);
            producer.send(ledger ? entry(subject, step, commits) : rendition(subject, step, commits));
            written.add(subject + " " + step);
        }
        producer.flush();
        if (commits) {
            producer.commitTransaction();
            steps.putAll(later);
            committed.addAll(written);
        } else {
            producer.abortTransaction();
        }
    }

    private static ProducerRecord<byte[], byte[]> entry(String subject, int step, boolean commits) {
        return new ProducerRecord<>(
                Topics.INGEST_LEDGER.name(),
                subject.getBytes(UTF_8),
                LedgerEntry.newBuilder()
                        .setEntryId(UUID.randomUUID().toString())
                        .setSubject(subject)
                        .setEventType("job_progress")
                        .setJob(JobMoved.newBuilder().setItemsDone(step).setReason(commits ? "" : "aborted"))
                        .build()
                        .toByteArray());
    }

    private static ProducerRecord<byte[], byte[]> rendition(String hash, int step, boolean commits) {
        return new ProducerRecord<>(
                Topics.MEDIA_RENDITION.name(),
                (hash + "/thumbnail").getBytes(UTF_8),
                RenditionState.newBuilder()
                        .setContentHash(ByteString.fromHex(hash))
                        .setVersion(step)
                        .setName("thumbnail")
                        .setProfileVersion(step)
                        .setLifecycle(RenditionLifecycle.RENDITION_LIFECYCLE_READY)
                        .setReason(commits ? "" : "aborted")
                        .build()
                        .toByteArray());
    }

    /** All that was committed, in the order of each key. To be asked after the end. */
    List<String> committed() {
        return committed;
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
        producer.close();
        if (failed != null) {
            throw new AssertionError(failed);
        }
    }
}
