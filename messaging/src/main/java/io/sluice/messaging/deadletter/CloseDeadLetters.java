package io.sluice.messaging.deadletter;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.MessagingMetrics;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.deadletter.Redrive.Letter;
import io.sluice.messaging.deadletter.Redrive.Refused;

/** Ends dead letters as a person says: tried again or dismissed. What follows and the closing are one transaction. */
public final class CloseDeadLetters {

    /** How a letter ends; its name is the state that it is in then. */
    public enum End {
        REDRIVEN,
        ACKNOWLEDGED;

        private String state() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Which of the open ones: these, or all that fit the filter.
     *
     * @param createdBefore null for now
     */
    public record Wanted(
            List<String> ids,
            String origin,
            String code,
            @Nullable Instant createdBefore) {}

    /**
     * @param closed by this call
     * @param more whether more fit the filter
     * @param refused why letters stay open, by id; of a filter at most {@link #AT_ONCE}
     */
    public record Closed(int closed, boolean more, Map<String, Refused> refused) {}

    private record Locked(String state, String source, String code, Letter letter) {
        private boolean open() {
            return state.equals("open");
        }
    }

    private static final Logger LOG = Logger.getLogger(CloseDeadLetters.class);

    /** Letters closed by one call. */
    public static final int AT_ONCE = 500;

    private static final int LONGEST_NAME = 190;

    /** The savepoint that a step goes back to. */
    private static final String STEP = "step";

    private final Transactions transactions;
    private final Map<String, Redrive> redrives;
    private final MessagingMetrics metrics;

    /** @param redrives one for each source */
    public CloseDeadLetters(Transactions transactions, List<Redrive> redrives, MessagingMetrics metrics) {
        this.transactions = transactions;
        this.redrives = redrives.stream().collect(Collectors.toMap(Redrive::source, Function.identity()));
        this.metrics = metrics;
    }

    /**
     * Closes at most {@link #AT_ONCE} of them. Those that are closed already are left as they are, so that asking twice
     * changes nothing.
     *
     * @param by who asks; kept with the letters
     * @throws CodedException {@code INVALID_REQUEST}, {@code DATABASE_UNAVAILABLE}
     */
    public Closed close(End end, Wanted wanted, String by) {
        return transactions.call(tx -> close(tx, end, wanted, by));
    }

    /** As {@link #close(End, Wanted, String)}, in a transaction that does more. */
    public Closed close(Handle tx, End end, Wanted wanted, String by) {
        check(wanted, by);
        Map<String, Refused> refused = new LinkedHashMap<>();
        int closed = 0;
        boolean more = false;
        if (wanted.ids().isEmpty()) {
            Instant before = wanted.createdBefore() == null ? Instant.now() : wanted.createdBefore();
            LetterFilter filter = new LetterFilter("open", wanted.origin(), wanted.code());
            String after = "";
            do {
                int room = AT_ONCE - closed;
                List<String> page = next(tx, filter, before, after, room + 1);
                more = page.size() > room;
                List<String> step = more ? page.subList(0, room) : page;
                closed += step(tx, end, step, by, refused);
                after = step.isEmpty() ? after : step.getLast();
            } while (more && closed < AT_ONCE);
        } else {
            closed = step(tx, end, List.copyOf(new LinkedHashSet<>(wanted.ids())), by, refused);
        }
        LOG.infof(
                "Dead letters %s by=%s: closed=%d refused=%d more=%s origin=%s error_code=%s",
                end.state(), by, closed, refused.size(), more, wanted.origin(), wanted.code());
        return new Closed(closed, more, refused);
    }

    private static void check(Wanted wanted, String by) {
        boolean filter = !wanted.origin().isEmpty() || !wanted.code().isEmpty() || wanted.createdBefore() != null;
        if (filter != wanted.ids().isEmpty() || wanted.ids().size() > AT_ONCE) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST,
                    "Give either 1 to " + AT_ONCE + " ids or a filter of origin, error_code or created_before");
        }
        if (by.isBlank() || by.length() > LONGEST_NAME) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST,
                    "requested_by must say who asks, in 1 to " + LONGEST_NAME + " characters");
        }
    }

    static String nextSql(LetterFilter filter) {
        return "SELECT id" + filter.from() + " AND id > :after AND created_at < :before ORDER BY id LIMIT :limit";
    }

    /** Open ones, oldest first. */
    static List<String> next(Handle handle, LetterFilter filter, Instant before, String after, int limit) {
        return handle.createQuery(nextSql(filter))
                .bind("state", "open")
                .bind("origin", filter.origin())
                .bind("code", filter.code())
                .bind("after", after)
                .bind("before", LocalDateTime.ofInstant(before, ZoneOffset.UTC))
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** All together; when that fails, back to where they stood, and each half, until the letter that cannot be ended stands alone. */
    private int step(Handle tx, End end, List<String> ids, String by, Map<String, Refused> refused) {
        if (ids.isEmpty()) {
            return 0;
        }
        Map<String, Refused> refusedHere = new LinkedHashMap<>();
        tx.savepoint(STEP);
        try {
            int closed = close(tx, end, ids, by, refusedHere);
            tx.releaseSavepoint(STEP);
            refusedHere.forEach((id, why) -> {
                if (refused.size() < AT_ONCE) {
                    refused.put(id, why);
                }
            });
            return closed;
        } catch (RuntimeException failure) {
            if (Transactions.endsAll(failure)) {
                throw failure;
            }
            tx.rollbackToSavepoint(STEP);
            if (ids.size() > 1) {
                int half = ids.size() / 2;
                return step(tx, end, ids.subList(0, half), by, refused)
                        + step(tx, end, ids.subList(half, ids.size()), by, refused);
            }
            LOG.errorf(failure, "Dead letter %s could not be %s", ids.getFirst(), end.state());
            ErrorCode code = failure instanceof CodedException coded ? coded.code() : ErrorCode.INTERNAL;
            refused.put(ids.getFirst(), new Refused(code, String.valueOf(failure.getMessage())));
            return 0;
        }
    }

    private int close(Handle tx, End end, List<String> ids, String by, Map<String, Refused> refused) {
        List<Locked> locked = lock(tx, ids);
        Set<String> unknown = new LinkedHashSet<>(ids);
        locked.forEach(one -> unknown.remove(one.letter.id()));
        unknown.forEach(id -> refused.put(id, new Refused(ErrorCode.NOT_FOUND, "This service has no such letter")));
        List<Locked> open = locked.stream().filter(Locked::open).toList();
        if (end == End.REDRIVEN) {
            redrive(tx, open, refused);
        }
        List<Locked> closing = open.stream()
                .filter(one -> !refused.containsKey(one.letter.id()))
                .toList();
        if (!closing.isEmpty()) {
            tx.createUpdate("UPDATE dead_letter SET state = :state, closed_at = NOW(6), closed_by = :by"
                            + " WHERE id IN (<ids>)")
                    .bind("state", end.state())
                    .bind("by", by)
                    .bindList(
                            "ids", closing.stream().map(one -> one.letter.id()).toList())
                    .execute();
        }
        tx.afterCommit(() -> closing.forEach(one -> metrics.closed(one.source, one.code, end.state())));
        return closing.size();
    }

    private void redrive(Handle tx, List<Locked> open, Map<String, Refused> refused) {
        Map<String, List<Letter>> bySource = new TreeMap<>();
        open.stream()
                .sorted(Comparator.comparing((Locked one) -> one.letter.origin())
                        .thenComparing(one -> one.letter.key(), Arrays::compareUnsigned)
                        .thenComparing(one -> one.letter.id()))
                .forEach(one -> bySource.computeIfAbsent(one.source, source -> new ArrayList<>())
                        .add(one.letter));
        bySource.forEach((source, letters) -> {
            Redrive redrive = redrives.get(source);
            if (redrive == null) {
                throw new IllegalStateException("Nothing redrives letters of source " + source);
            }
            refused.putAll(redrive.redrive(tx, letters));
        });
    }

    private static List<Locked> lock(Handle tx, List<String> ids) {
        return tx.createQuery("""
                        SELECT id, state, source, origin, error_code, record_key, partition_no, record_offset, record_time,
                               outlived_at IS NOT NULL AS outlived
                          FROM dead_letter WHERE id IN (<ids>) ORDER BY id FOR UPDATE""")
                .bindList("ids", ids)
                .map((row, context) -> new Locked(
                        row.getString("state"),
                        row.getString("source"),
                        row.getString("error_code"),
                        new Letter(
                                row.getString("id"),
                                row.getString("origin"),
                                row.getBytes("record_key"),
                                LetterLists.position(row),
                                row.getBoolean("outlived"))))
                .list();
    }
}
