package io.sluice.ingest.importjob;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ErrorKind;
import io.sluice.contract.ingest.v1.QueueImportsRequest;
import io.sluice.contract.ingest.v1.QueueImportsResponse;
import io.sluice.contract.ingest.v1.QueuedImport;
import io.sluice.ingest.handover.Batch;
import io.sluice.ingest.handover.BatchState;
import io.sluice.ingest.handover.Batches;
import io.sluice.ingest.handover.SyncId;
import io.sluice.ingest.ledger.EventType;
import io.sluice.ingest.ledger.Ledger;
import io.sluice.messaging.command.CommandsOnce;

/** Queues imports, each batch by itself: one that is refused does not keep the others back. */
@ApplicationScoped
public class QueueImports {

    private static final int DEFAULT_PRIORITY = 50;
    private static final int LEAST_URGENT = 999;
    private static final int MOST_AT_ONCE = 1000;

    private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

    private final CommandsOnce once;
    private final Batches batches;
    private final Jobs jobs;
    private final JobViews views;
    private final Ledger ledger;
    private final JobSignals signals;

    QueueImports(CommandsOnce once, Batches batches, Jobs jobs, JobViews views, Ledger ledger, JobSignals signals) {
        this.once = once;
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
        return once.answer(
                request, QueueImportsResponse.parser(), QueueImports::queuedAny, tx -> queue(tx, priority, request));
    }

    /** When all are refused nothing was done, and their reasons may be gone when they are asked for again. */
    private static boolean queuedAny(QueueImportsResponse response) {
        return response.getImportsList().stream().anyMatch(QueuedImport::hasJob);
    }

    private QueueImportsResponse queue(Handle tx, int priority, QueueImportsRequest request) {
        // Batches are locked in one order, whatever order they are named in.
        Map<String, QueuedImport> answers = new TreeMap<>();
        request.getSyncIdsList().stream()
                .sorted()
                .distinct()
                .forEach(syncId -> answers.put(syncId, answer(tx, syncId, priority, request)));
        QueueImportsResponse.Builder response = QueueImportsResponse.newBuilder();
        request.getSyncIdsList().forEach(syncId -> response.addImports(answers.get(syncId)));
        return response.build();
    }

    private QueuedImport answer(Handle tx, String syncId, int priority, QueueImportsRequest request) {
        QueuedImport.Builder answer = QueuedImport.newBuilder().setSyncId(syncId);
        try {
            String jobId = queue(tx, new SyncId(syncId), priority, request);
            return answer.setJob(views.known(tx, jobId)).build();
        } catch (CodedException refused) {
            if (refused.code().kind() != ErrorKind.SENDER) {
                throw refused;
            }
            return answer.setErrorCode(refused.code().code())
                    .setError(String.valueOf(refused.getMessage()))
                    .build();
        }
    }

    /** Refuses before it writes. */
    private String queue(Handle tx, SyncId syncId, int priority, QueueImportsRequest request) {
        Batch batch = batches.lockKnown(tx, syncId);
        Job active = jobs.active(tx, batch.id()).orElse(null);
        if (active != null) {
            return active.id();
        }
        refuse(batch, request.getForce());
        String id = IDS.generate().toString();
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
}
