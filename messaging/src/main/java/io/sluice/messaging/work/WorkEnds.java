package io.sluice.messaging.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.MessagingMetrics;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.deadletter.DeadLetter;
import io.sluice.messaging.deadletter.DeadLetters;

/** Ends attempts: those that were made, in one transaction with what they came to, and those whose process vanished. */
final class WorkEnds {

    /** An attempt that was made. */
    record Attempt<R>(ClaimedWork work, Outcome<R> outcome) {}

    private record Ending<R>(WorkRows.Row row, Finished<R> finished, Verdict verdict) {}

    private static final Logger LOG = Logger.getLogger(WorkEnds.class);

    /** Rows looked at in one reaping transaction. */
    private static final int REAPED_AT_ONCE = 200;

    private final Transactions transactions;
    private final WorkRows rows;
    private final DeadLetters deadLetters;
    private final MessagingMetrics metrics;

    WorkEnds(Transactions transactions, WorkRows rows, DeadLetters deadLetters, MessagingMetrics metrics) {
        this.transactions = transactions;
        this.rows = rows;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    /**
     * Writes what the attempts came to. A late result, whose lease was lost, is dropped. When the handler refuses, the
     * batch is halved; alone, its refusal becomes the outcome.
     *
     * @throws CodedException {@code DATABASE_UNAVAILABLE}, the only failure that leaves attempts unended
     */
    <R> void finish(WorkHandler<R> handler, List<Attempt<R>> attempts) {
        List<Attempt<R>> ordered = attempts.stream()
                .sorted(Comparator.comparing(attempt -> attempt.work().key()))
                .toList();
        try {
            transactions.run(tx -> end(tx, handler, ordered, handler::finish));
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError refusal) {
            if (refusal instanceof CodedException coded && coded.code() == ErrorCode.DATABASE_UNAVAILABLE) {
                throw coded;
            }
            int half = ordered.size() / 2;
            if (half > 0) {
                finish(handler, ordered.subList(0, half));
                finish(handler, ordered.subList(half, ordered.size()));
            } else {
                refused(handler, ordered.getFirst().work(), refusal);
            }
        }
    }

    private <R> void refused(WorkHandler<R> handler, ClaimedWork work, Throwable refusal) {
        List<Attempt<R>> instead = List.of(new Attempt<>(work, failure(refusal)));
        try {
            transactions.run(tx -> end(tx, handler, instead, handler::finish));
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError again) {
            if (again instanceof CodedException coded && coded.code() == ErrorCode.DATABASE_UNAVAILABLE) {
                throw coded;
            }
            // It cannot even be told that it failed: the row and its dead letter say so alone.
            LOG.errorf(again, "work_class=%s key=%s: its failure was refused", className(handler), work.key());
            transactions.run(tx -> end(tx, handler, instead, (same, finished) -> {}));
        }
    }

    /** What a thrown exception means for the work it was thrown for. */
    static <R> Outcome<R> failure(Throwable thrown) {
        if (thrown instanceof CodedException coded) {
            return new Outcome.Failed<>(coded.code(), String.valueOf(coded.getMessage()));
        }
        LOG.error("Work failed by a defect", thrown);
        return new Outcome.Failed<>(ErrorCode.INTERNAL, thrown.toString());
    }

    private interface Teller<R> {
        void tell(Handle tx, List<Finished<R>> finished);
    }

    private <R> void end(Handle tx, WorkHandler<R> handler, List<Attempt<R>> attempts, Teller<R> teller) {
        Map<Long, WorkRows.Row> held =
                rows
                        .lockHeld(
                                tx,
                                attempts.stream()
                                        .map(attempt -> attempt.work().id())
                                        .toList())
                        .stream()
                        .collect(Collectors.toMap(WorkRows.Row::id, Function.identity()));
        List<Ending<R>> endings = new ArrayList<>();
        for (Attempt<R> attempt : attempts) {
            WorkRows.Row row = held.get(attempt.work().id());
            if (row == null || row.leaseToken() != attempt.work().leaseToken()) {
                tx.afterCommit(() -> metrics.attempt(className(handler), "dropped"));
                continue;
            }
            Verdict verdict = Verdict.of(attempt.outcome(), row.failed(), row.interrupted(), row.again());
            boolean last = verdict.last() || attempt.outcome() instanceof Outcome.Ok;
            endings.add(new Ending<>(
                    row, new Finished<>(attempt.work(), attempt.outcome(), row.attempts(), last), verdict));
        }
        write(tx, handler, endings, teller);
    }

    private <R> void write(Handle tx, WorkHandler<R> handler, List<Ending<R>> endings, Teller<R> teller) {
        if (endings.isEmpty()) {
            return;
        }
        teller.tell(tx, endings.stream().map(Ending::finished).toList());
        List<Long> done = new ArrayList<>();
        List<Long> afresh = new ArrayList<>();
        for (Ending<R> ending : endings) {
            long id = ending.row.id();
            switch (ending.verdict) {
                case Verdict.Done ignored -> done.add(id);
                case Verdict.Afresh ignored -> afresh.add(id);
                case Verdict.Retry retry -> rows.retry(tx, id, retry);
                case Verdict.Refund refund -> rows.refund(tx, id, refund);
                case Verdict.GivenUp end -> {
                    rows.giveUp(tx, id, end);
                    bury(tx, className(handler), ending.row, end);
                }
            }
        }
        rows.delete(tx, done);
        rows.afresh(tx, afresh);
        tx.afterCommit(() -> endings.forEach(ending -> metrics.attempt(className(handler), word(ending))));
    }

    private static String word(Ending<?> ending) {
        return switch (ending.verdict) {
            case Verdict.GivenUp ignored -> "given_up";
            case Verdict.Refund ignored -> "interrupted";
            case Verdict.Retry ignored -> "failed";
            case Verdict.Done ignored -> ending.finished.outcome() instanceof Outcome.Ok ? "ok" : "failed";
            case Verdict.Afresh ignored -> ending.finished.outcome() instanceof Outcome.Ok ? "ok" : "failed";
        };
    }

    private void bury(Handle tx, String workClass, WorkRows.Row row, Verdict.GivenUp end) {
        deadLetters.bury(
                tx,
                new DeadLetter(
                        "work",
                        workClass,
                        row.key().getBytes(UTF_8),
                        null,
                        end.code(),
                        end.reason(),
                        row.attempts(),
                        null,
                        new RecordHeaders()));
    }

    /**
     * Has rows wait again whose process is gone, and ends those that it happened to five times. A stable instance finds
     * those of its own earlier incarnation at once.
     *
     * @return how many rows
     */
    <R> int reap(WorkHandler<R> handler) {
        int reaped = 0;
        boolean more = true;
        while (more) {
            List<WorkRows.Row> ending = new ArrayList<>();
            int found = transactions.call(tx -> {
                ending.clear();
                List<WorkRows.Row> vanished = rows.lockVanished(tx, className(handler), REAPED_AT_ONCE);
                List<Long> waiting = new ArrayList<>();
                for (WorkRows.Row row : vanished) {
                    if (row.vanished() + 1 < Verdict.MOST_VANISHED || row.again()) {
                        waiting.add(row.id());
                    } else {
                        ending.add(row);
                    }
                }
                rows.vanished(tx, waiting);
                tx.afterCommit(() -> waiting.forEach(id -> metrics.attempt(className(handler), "vanished")));
                return vanished.size();
            });
            ending.forEach(row -> endVanished(handler, row));
            reaped += found;
            more = found == REAPED_AT_ONCE;
        }
        return reaped;
    }

    private <R> void endVanished(WorkHandler<R> handler, WorkRows.Row found) {
        try {
            transactions.run(tx -> endVanished(tx, handler, found, handler::finish));
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError refusal) {
            if (refusal instanceof CodedException coded && coded.code() == ErrorCode.DATABASE_UNAVAILABLE) {
                throw coded;
            }
            LOG.errorf(refusal, "work_class=%s key=%s: its end was refused", className(handler), found.key());
            transactions.run(tx -> endVanished(tx, handler, found, (same, finished) -> {}));
        }
    }

    private <R> void endVanished(Handle tx, WorkHandler<R> handler, WorkRows.Row found, Teller<R> teller) {
        for (WorkRows.Row row : rows.lockVanishedRow(tx, className(handler), found.id())) {
            String reason = "The process that worked on it ended " + Verdict.MOST_VANISHED
                    + " times while it did; something in it brings processes down";
            ClaimedWork work =
                    new ClaimedWork(row.id(), row.key(), row.leaseToken(), row.attempts(), row.alone(), () -> true);
            Outcome<R> outcome = new Outcome.Failed<>(ErrorCode.WORKER_LOST, reason);
            Finished<R> finished = new Finished<>(work, outcome, row.attempts(), true);
            Verdict end = new Verdict.GivenUp(ErrorCode.WORKER_LOST, reason);
            write(tx, handler, List.of(new Ending<>(row, finished, end)), teller);
            tx.afterCommit(() -> metrics.attempt(className(handler), "vanished"));
        }
    }

    private static String className(WorkHandler<?> handler) {
        return handler.workClass().name();
    }
}
