package io.sluice.messaging.work;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jdbi.v3.core.Handle;

import io.sluice.messaging.ManyRows;

/** Where work is put up. One row a (class, key): putting it up again raises its lane, never doubles it. */
public final class WorkBoard {

    /** Assignments see those before them, so the state comes last and what depends on it before. */
    private static final ManyRows SUBMIT = new ManyRows(
            "INSERT INTO work (work_class, work_key, state, lane, priority, turn, due_at) VALUES",
            "(?, ?, IF(? > 0, 'deferred', 'waiting'), ?, ?, ?, NOW(6) + INTERVAL ? MICROSECOND)",
            """
            ON DUPLICATE KEY UPDATE
              lane = IF(state = 'given_up', VALUE(lane), LEAST(lane, VALUE(lane))),
              priority = IF(state = 'given_up', VALUE(priority), LEAST(priority, VALUE(priority))),
              turn = IF(state = 'given_up', VALUE(turn), turn),
              due_at = CASE
                WHEN state IN ('given_up', 'running') THEN VALUE(due_at)
                WHEN failed > 0 OR vanished > 0 THEN due_at
                ELSE LEAST(due_at, VALUE(due_at)) END,
              again = (state = 'running'),
              attempts = IF(state = 'given_up', 0, attempts),
              failed = IF(state = 'given_up', 0, failed),
              vanished = IF(state = 'given_up', 0, vanished),
              interrupted = IF(state = 'given_up', 0, interrupted),
              error_code = IF(state = 'given_up', NULL, error_code),
              error = IF(state = 'given_up', NULL, error),
              state_since = IF(state = 'given_up', NOW(6), state_since),
              state = CASE
                WHEN state = 'given_up' THEN VALUE(state)
                WHEN state = 'deferred' AND due_at <= NOW(6) THEN 'waiting'
                ELSE state END""");

    /** A row that there is, as it would be put up again. */
    private record Up(WorkRequest request, boolean ended) {}

    private final Consumer<String> wakeDuty;

    /** @param wakeDuty has the duty of that name run now, if this instance owns it */
    public WorkBoard(Consumer<String> wakeDuty) {
        this.wakeDuty = wakeDuty;
    }

    /**
     * Puts work up in the caller's transaction. A row that waits keeps the better lane, priority and time (a pause after
     * a failure is not cut short); one that is running is done once more after it ends; one that was given up on starts
     * afresh.
     */
    public void submit(Handle tx, Collection<WorkRequest> requests) {
        if (requests.isEmpty()) {
            return;
        }
        // In key order, as every batch: two that meet wait for each other instead of deadlocking.
        List<WorkRequest> ordered = requests.stream()
                .sorted(Comparator.comparing(WorkRequest::workClass).thenComparing(WorkRequest::key))
                .toList();
        SUBMIT.write(tx, ordered, request -> {
            long delay = request.delay().toNanos() / 1000;
            return new Object[] {
                request.workClass(),
                request.key(),
                delay,
                request.lane().ordinal(),
                request.priority(),
                request.turn(),
                delay
            };
        });
        ordered.stream()
                .map(WorkRequest::workClass)
                .distinct()
                .forEach(workClass -> tx.afterCommit(() -> wakeDuty.accept(Dispatcher.nameOf(workClass))));
    }

    /**
     * Has work that was given up on start afresh, in its own lane and turn; what was put up again meanwhile stays as it is.
     *
     * @param handler told before, so that it takes back what its service wrote of the end
     * @return those of the keys that are up; of the others there is no row any more
     */
    public Set<String> redrive(Handle tx, WorkHandler<?> handler, Collection<String> keys) {
        String workClass = handler.workClass().name();
        List<Up> rows = tx.createQuery(
                        "SELECT work_key, state, lane, priority, turn FROM work" // by work_identity
                                + " WHERE work_class = :class AND work_key IN (<keys>) ORDER BY work_key FOR UPDATE")
                .bind("class", workClass)
                .bindList("keys", List.copyOf(keys))
                .map((row, context) -> new Up(
                        new WorkRequest(
                                workClass,
                                row.getString("work_key"),
                                Lane.values()[row.getInt("lane")],
                                row.getInt("priority"),
                                Duration.ZERO,
                                row.getString("turn")),
                        row.getString("state").equals("given_up")))
                .list();
        List<WorkRequest> ended =
                rows.stream().filter(Up::ended).map(Up::request).toList();
        if (!ended.isEmpty()) {
            handler.redrive(tx, ended.stream().map(WorkRequest::key).toList());
            submit(tx, ended);
        }
        return rows.stream().map(row -> row.request.key()).collect(Collectors.toSet());
    }

    /** Takes work down that is no longer wanted; what runs ends as it may, its result is the handler's to judge. */
    public void withdraw(Handle tx, String workClass, Collection<String> keys) {
        if (keys.isEmpty()) {
            return;
        }
        List<String> ordered = keys.stream().sorted().toList();
        tx.createUpdate("UPDATE work SET again = FALSE WHERE work_class = :class AND work_key IN (<keys>) AND again")
                .bind("class", workClass)
                .bindList("keys", ordered)
                .execute();
        tx.createUpdate("DELETE FROM work WHERE work_class = :class AND work_key IN (<keys>) AND state <> 'running'")
                .bind("class", workClass)
                .bindList("keys", ordered)
                .execute();
    }
}
