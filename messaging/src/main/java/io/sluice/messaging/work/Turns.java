package io.sluice.messaging.work;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jdbi.v3.core.Handle;

import io.sluice.messaging.work.WorkRows.Row;

/**
 * Which rows of a class are released next: by lane, then priority; among rows of one lane and priority whoever they use
 * up the turn of (a library, a job) gets one after the other, and of his the first come goes first. So ten new files of a
 * small library do not wait for the million of a large one. Used by one thread: that of the class's dispatcher.
 *
 * <p>Reads what it releases and one index entry a turn, however many rows wait.
 */
final class Turns {

    /** Turns of one step; more are served by the steps after it. */
    private static final int AT_ONCE = 64;

    static final String LEVELS =
            "SELECT lane, priority FROM work FORCE INDEX (work_next) WHERE work_class = :class AND state = 'waiting'"
                    + " AND (lane > :lane OR lane = :lane AND priority > :priority) ORDER BY lane, priority LIMIT 1";

    // One entry: DISTINCT would read every row of a turn to find the next one.
    static final String TURN = "SELECT turn FROM work FORCE INDEX (work_next) WHERE work_class = :class"
            + " AND state = 'waiting' AND lane = :lane AND priority = :priority AND turn %s :after ORDER BY turn LIMIT 1";

    static final String NEXT = "WHERE work_class = :class AND state = 'waiting' AND lane = :lane"
            + " AND priority = :priority AND turn = :turn ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED";

    private record Level(int lane, int priority) {

        static final Level BEFORE_ALL = new Level(-1, 0);
    }

    private final WorkRows rows;
    private final String workClass;
    // Whose turn it was last; forgotten with the process, which costs somebody one turn.
    private String last = "";

    Turns(WorkRows rows, String workClass) {
        this.rows = rows;
        this.workClass = workClass;
    }

    /** Releases at most so many rows and gives them in their order. */
    List<Row> release(Handle tx, int limit) {
        List<Row> released = new ArrayList<>();
        Optional<Level> level = level(tx, Level.BEFORE_ALL);
        while (level.isPresent() && released.size() < limit) {
            List<Row> step = step(tx, level.get(), limit - released.size());
            released.addAll(rows.release(tx, step));
            if (step.isEmpty()) {
                // Nothing is left of it but what others have locked.
                level = level(tx, level.get());
            }
        }
        return released;
    }

    private List<Row> step(Handle tx, Level level, int room) {
        Set<String> turns = turns(tx, level, Math.min(room, AT_ONCE));
        List<Deque<Row>> waiting = new ArrayList<>();
        int share = turns.isEmpty() ? 0 : Math.max(1, room / turns.size());
        for (String turn : turns) {
            waiting.add(new ArrayDeque<>(next(tx, level, turn, share)));
            last = turn;
        }
        return oneAfterTheOther(waiting);
    }

    private Optional<Level> level(Handle tx, Level after) {
        return tx.createQuery(LEVELS)
                .bind("class", workClass)
                .bind("lane", after.lane)
                .bind("priority", after.priority)
                .map((row, context) -> new Level(row.getInt("lane"), row.getInt("priority")))
                .findFirst();
    }

    /** Whoever comes after the one that was last, and then from the beginning on, each once. */
    private Set<String> turns(Handle tx, Level level, int most) {
        Set<String> turns = new LinkedHashSet<>();
        Optional<String> turn = turn(tx, level, ">", last).or(() -> turn(tx, level, ">=", ""));
        while (turn.isPresent() && turns.size() < most && turns.add(turn.get())) {
            String after = turn.get();
            turn = turn(tx, level, ">", after).or(() -> turn(tx, level, ">=", ""));
        }
        return turns;
    }

    private Optional<String> turn(Handle tx, Level level, String comparison, String after) {
        return tx.createQuery(TURN.formatted(comparison))
                .bind("class", workClass)
                .bind("lane", level.lane)
                .bind("priority", level.priority)
                .bind("after", after)
                .mapTo(String.class)
                .findFirst();
    }

    private List<Row> next(Handle tx, Level level, String turn, int share) {
        return tx.createQuery(WorkRows.COLUMNS + NEXT)
                .bind("class", workClass)
                .bind("lane", level.lane)
                .bind("priority", level.priority)
                .bind("turn", turn)
                .bind("limit", share)
                .map(WorkRows.ROW)
                .list();
    }

    private static List<Row> oneAfterTheOther(List<Deque<Row>> waiting) {
        List<Row> order = new ArrayList<>();
        List<Deque<Row>> left = new ArrayList<>(waiting);
        while (!left.isEmpty()) {
            for (Iterator<Deque<Row>> turn = left.iterator(); turn.hasNext(); ) {
                Row row = turn.next().poll();
                if (row == null) {
                    turn.remove();
                } else {
                    order.add(row);
                }
            }
        }
        return order;
    }
}
