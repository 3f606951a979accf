package io.sluice.messaging.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

import com.google.protobuf.InvalidProtocolBufferException;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.messaging.v1.WorkReleased;
import io.sluice.messaging.Instance;
import io.sluice.messaging.MessagingMetrics;
import io.sluice.messaging.Patience;
import io.sluice.messaging.Progress;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.deadletter.DeadLetter;
import io.sluice.messaging.deadletter.DeadLetters;
import io.sluice.messaging.lease.Duty;
import io.sluice.messaging.outbox.Outbox;

/** Claims what was released and runs it; returns when all of it is claimed by this process or somebody else's. */
public final class WorkRunner implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WorkRunner.class);

    /** What runs gets this long to end by itself at stop; then its rows are given back. */
    private static final Duration GRACE = Duration.ofSeconds(8);

    private final Transactions transactions;
    private final DeadLetters deadLetters;
    private final Progress progress;
    private final Patience patience;
    private final MessagingMetrics metrics;
    private final WorkRows rows;
    private final WorkEnds ends;
    private final HeldLeases leases;
    private final Attempts attempts;
    private final AskedWork asked;
    private final Map<String, Workers> workers = new ConcurrentHashMap<>();

    /** Held shared by every batch, exclusively by work that runs alone; fair, so that it gets its turn. */
    private final ReentrantReadWriteLock company = new ReentrantReadWriteLock(true);

    /**
     * @param lease of a running row, e.g. 30 s
     * @param heartbeat how often it is renewed, e.g. 5 s
     */
    public WorkRunner(
            Transactions transactions,
            Instance instance,
            Duration lease,
            Duration heartbeat,
            DeadLetters deadLetters,
            Progress progress,
            Patience patience,
            MessagingMetrics metrics) {
        this.transactions = transactions;
        this.deadLetters = deadLetters;
        this.progress = progress;
        this.patience = patience;
        this.metrics = metrics;
        this.rows = new WorkRows(instance, lease);
        this.ends = new WorkEnds(transactions, rows, deadLetters, metrics);
        this.leases = new HeldLeases(transactions, rows, lease, heartbeat, progress, metrics);
        this.attempts = new Attempts(ends, leases, patience, metrics);
        this.asked = new AskedWork(transactions, rows, leases, attempts);
    }

    /** The duty that releases this class's work. */
    public Duty dispatcher(WorkHandler<?> handler, Outbox outbox) {
        return new Dispatcher(handler, transactions, rows, ends, outbox, metrics, Dispatcher.UNCLAIMED);
    }

    /** At start: what an earlier incarnation of this stable instance was running waits again, without waiting for its lease. */
    public int reapOwn(WorkHandler<?> handler) {
        return ends.reap(handler);
    }

    /**
     * Claims the rows that the records tell of and hands them to the handler's threads; blocks while those are full.
     * Acknowledge after it returns: from then on the lease row holds the truth, not the message. A batch is claimed when
     * a thread is free for it, so that what merely queues here is not counted as an attempt.
     *
     * @throws CodedException {@code INTERRUPTED} when the process stops: do not acknowledge
     */
    public void run(ConsumerRecords<byte[], byte[]> released, WorkHandler<?> handler) {
        List<CompletableFuture<Void>> claims = new ArrayList<>();
        for (List<WorkReleased> batch :
                batches(read(released), handler.workClass().batchSize())) {
            claims.add(begin(handler, batch));
        }
        String name = "work-" + handler.workClass().name();
        claims.forEach(claim -> await(name, claim));
        progress.ended(name);
    }

    /**
     * Has a work done at once that somebody waits for: claims its row under a new token (an attempt is counted, a pause
     * after a failure is cut short) and runs it on threads of this class's own, beside those of {@link #run}.
     *
     * @param limit how many of the class this process runs so at once; the first call's holds
     * @throws CodedException {@code INTERRUPTED} when the process stops, {@code DATABASE_UNAVAILABLE}
     */
    public <R> Claim claimNow(WorkHandler<R> handler, String key, int limit) {
        leases.stopIfStopping();
        Workers crew = workers.computeIfAbsent(handler.workClass().name() + "-now", name -> new Workers(name, limit));
        return asked.claim(handler, key, crew, companyOf(handler, false));
    }

    private Lock companyOf(WorkHandler<?> handler, boolean alone) {
        if (handler.isLong()) {
            return new ReentrantLock(); // its own: it keeps nobody waiting
        }
        return alone ? company.writeLock() : company.readLock();
    }

    private <R> CompletableFuture<Void> begin(WorkHandler<R> handler, List<WorkReleased> batch) {
        Workers crew = workers.computeIfAbsent(
                handler.workClass().name(),
                name -> new Workers(name, handler.workClass().concurrency()));
        CompletableFuture<Void> claimed = new CompletableFuture<>();
        crew.execute(leases::stopIfStopping, () -> {
            try {
                attempt(handler, batch, claimed);
            } catch (CodedException stopped) {
                claimed.completeExceptionally(stopped);
            } catch (RuntimeException | Error defect) {
                // The rows tell the truth: unclaimed they are released again, claimed their lease runs out.
                LOG.errorf(
                        defect,
                        "work_class=%s: a batch was lost",
                        handler.workClass().name());
            } finally {
                claimed.complete(null);
            }
        });
        return claimed;
    }

    private <R> void attempt(WorkHandler<R> handler, List<WorkReleased> batch, CompletableFuture<Void> claimed) {
        Lock shared = companyOf(handler, batch.getFirst().getAlone());
        shared.lock();
        attempts.make(handler, shared, () -> {
            leases.stopIfStopping();
            List<HeldLeases.Held> held =
                    patience.outlast("claim-" + handler.workClass().name(), () -> false, () -> claim(batch));
            claimed.complete(null);
            return held;
        });
    }

    /** Those of the batch that are still released under the token that the message carries. */
    private List<HeldLeases.Held> claim(List<WorkReleased> batch) {
        Map<Long, Long> tokens = batch.stream()
                .collect(Collectors.toMap(WorkReleased::getWorkId, WorkReleased::getReleaseToken, Math::max));
        long before = System.nanoTime();
        List<WorkRows.Row> claimed = transactions.call(tx -> {
            List<WorkRows.Row> ours = rows.lockReleased(tx, tokens.keySet()).stream()
                    .filter(row -> Objects.equals(tokens.get(row.id()), row.releaseToken()))
                    .toList();
            rows.claim(tx, WorkRows.ids(ours));
            return ours;
        });
        return leases.begun(claimed, before);
    }

    private List<WorkReleased> read(ConsumerRecords<byte[], byte[]> records) {
        List<WorkReleased> told = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                told.add(WorkReleased.parseFrom(record.value()));
            } catch (InvalidProtocolBufferException | NullPointerException unreadable) {
                patience.outlast(
                        "work-unreadable",
                        () -> transactions.run(tx -> deadLetters.bury(
                                tx, DeadLetter.unreadable(record, "No WorkReleased: " + unreadable.getMessage()))));
            }
        }
        return told;
    }

    private static List<List<WorkReleased>> batches(List<WorkReleased> told, int size) {
        List<List<WorkReleased>> batches = new ArrayList<>();
        List<WorkReleased> company =
                told.stream().filter(one -> !one.getAlone()).toList();
        for (int from = 0; from < company.size(); from += size) {
            batches.add(company.subList(from, Math.min(company.size(), from + size)));
        }
        told.stream().filter(WorkReleased::getAlone).forEach(one -> batches.add(List.of(one)));
        return batches;
    }

    private void await(String name, CompletableFuture<Void> claim) {
        while (true) {
            progress.tick(name);
            leases.stopIfStopping();
            try {
                claim.get(1, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException waiting) {
                continue;
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof CodedException coded
                        ? coded
                        : new IllegalStateException(failed.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CodedException(ErrorCode.INTERRUPTED, "Interrupted while work was claimed", interrupted);
            }
        }
    }

    /** Lets what runs end, tells it to hurry, gives back what does not end in time. */
    @Override
    public void close() {
        leases.stop();
        long until = System.nanoTime() + GRACE.toNanos();
        workers.values().forEach(crew -> crew.end(Duration.ofNanos(until - System.nanoTime())));
        // Before the interrupt: what a handler makes of that must not pass for a result.
        leases.giveBack();
        workers.values().forEach(Workers::interrupt);
    }
}
