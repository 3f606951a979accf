package io.sluice.ingest.importjob;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ErrorKind;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.contract.ingest.v1.QueueImportsRequest;
import io.sluice.contract.ingest.v1.QueueImportsResponse;
import io.sluice.contract.ingest.v1.QueuedImport;
import io.sluice.ingest.handover.Batch;
import io.sluice.ingest.handover.BatchState;
import io.sluice.ingest.handover.Batches;
import io.sluice.ingest.handover.SyncId;
import io.sluice.ingest.ledger.EventType;
import io.sluice.ingest.ledger.Ledger;
import io.sluice.messaging.Transactions;

/** Queues imports, each batch by itself: one that is refused does not keep the others back. */
@ApplicationScoped
public class QueueImports {

    private static final int DEFAULT_PRIORITY = 50;
    private static final int LEAST_URGENT = 999;
    private static final int MOST_AT_ONCE = 1000;

    /** How long a key stands for what was asked with it first. */
    private static final Duration KEPT = Duration.ofHours(24);

    private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

    private final Transactions transactions;
    private final Batches batches;
    private final Jobs jobs;
    private final JobViews views;
    private final Ledger ledger;
    private final JobSignals signals;

    QueueImports(
            Transactions transactions, Batches batches, Jobs jobs, JobViews views, Ledger ledger, JobSignals signals) {
        this.transactions = transactions;
        this.batches = batches;
        this.jobs = jobs;
        this.views = views;
        this.ledger = ledger;
        this.signals = signals;
    }

    /** @throws CodedException {@code INVALID_REQUEST} for a priority that there is not, or too many batches */
    public QueueImportsResponse queue(QueueImportsRequest request) {
        int priority = request.hasPriority() ? request.getPriority() : DEFAULT_PRIORITY;
        if (priority < 0 || priority > LEAST_URGENT) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST, "priority must be 0 (first) to " + LEAST_URGENT + ", not " + priority);
        }
        if (request.getSyncIdsCount() > MOST_AT_ONCE) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST,
                    "Queue at most " + MOST_AT_ONCE + " batches at once, not " + request.getSyncIdsCount());
        }
        QueueImportsResponse.Builder response = QueueImportsResponse.newBuilder();
        request.getSyncIdsList().forEach(syncId -> response.addImports(answer(syncId, priority, request)));
        return response.build();
    }

    private QueuedImport answer(String syncId, int priority, QueueImportsRequest request) {
        QueuedImport.Builder answer = QueuedImport.newBuilder().setSyncId(syncId);
        try {
            SyncId id = new SyncId(syncId);
            String jobId = transactions.call(tx -> queue(tx, id, priority, request));
            ImportJob job = transactions.read(handle -> views.known(handle, jobId));
            return answer.setJob(job).build();
        } catch (CodedException refused) {
            if (refused.code().kind() != ErrorKind.SENDER) {
                throw refused;
            }
            return answer.setErrorCode(refused.code().code())
                    .setError(String.valueOf(refused.getMessage()))
                    .build();
        }
    }

    private String queue(Handle tx, SyncId syncId, int priority, QueueImportsRequest request) {
        Batch batch = batches.lockKnown(tx, syncId);
        String asked = request.getIdempotencyKey().isEmpty() ? null : idOf(request.getIdempotencyKey(), batch);
        Job sameKey = asked == null ? null : jobs.find(tx, asked).orElse(null);
        if (sameKey != null && sameKey.queuedAt().isAfter(Instant.now().minus(KEPT))) {
            return sameKey.id();
        }
        Job active = jobs.active(tx, batch.id()).orElse(null);
        if (active != null) {
            return active.id();
        }
        refuse(batch, request.getForce());
        String id = asked == null || sameKey != null ? IDS.generate().toString() : asked;
        jobs.insert(tx, id, batch.id(), priority, request.getForce(), request.getRequestedBy());
        // What is imported stays that: a forced run adds rows of its own and nothing else.
        if (batch.state() != BatchState.IMPORTED) {
            batches.move(tx, batch, BatchState.QUEUED);
        }
        Job job = jobs.find(tx, id).orElseThrow();
        ledger.append(tx, List.of(JobEntries.moved(EventType.JOB_QUEUED, batch, job, "", "")));
        tx.afterCommit(signals::queued);
        return id;
    }

    private static void refuse(Batch batch, boolean force) {
        batch.ensureConsumable();
        if (batch.state() == BatchState.IMPORTED && !force) {
            throw new CodedException(
                    ErrorCode.BATCH_ALREADY_IMPORTED,
                    "Batch " + batch.syncId()
                            + " is imported already. Force it to look at every item again; nothing in the"
                            + " library changes by that.");
        }
    }

    /** A key names the job that it makes, so that asking again finds it: a UUID of our own making (version 8 of RFC 9562). */
    private static String idOf(String key, Batch batch) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((batch.id().value() + "/").getBytes(StandardCharsets.US_ASCII));
            ByteBuffer bits = ByteBuffer.wrap(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
            return new UUID(
                            (bits.getLong() & 0xffffffffffff0fffL) | 0x8000L,
                            (bits.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L)
                    .toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
