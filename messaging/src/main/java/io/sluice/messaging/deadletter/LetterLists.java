package io.sluice.messaging.deadletter;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;
import io.sluice.messaging.EventHeaders;
import io.sluice.messaging.Transactions;

/** Reads dead letters for people: in pages, and counted. */
public final class LetterLists {

    /**
     * A dead letter with its place in the list.
     *
     * @param closedAt null while it is open, as is {@code closedBy}
     */
    public record Kept(
            UUID id,
            Instant createdAt,
            DeadLetter letter,
            String state,
            @Nullable Instant closedAt,
            @Nullable String closedBy) {}

    /**
     * Open ones of one source, origin and code.
     *
     * @param cause of the newest
     */
    public record Counted(
            String source,
            String origin,
            ErrorCode code,
            long count,
            Instant oldestAt,
            Instant newestAt,
            String cause) {}

    private final Transactions transactions;

    public LetterLists(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Newest first.
     *
     * @param before id of the last one of the page before, empty for the first page
     */
    public List<Kept> page(LetterFilter filter, int limit, String before) {
        return filter.states().stream()
                .flatMap(state -> transactions.read(handle -> pageOf(handle, state, filter, limit, before)))
                .sorted(Comparator.comparing((Kept kept) -> kept.id().toString())
                        .reversed())
                .limit(limit)
                .toList();
    }

    static String pageSql(LetterFilter filter) {
        return "SELECT *" + filter.from() + " AND id < :before ORDER BY id DESC LIMIT :limit";
    }

    static Stream<Kept> pageOf(Handle handle, String state, LetterFilter filter, int limit, String before) {
        return handle
                .createQuery(pageSql(filter))
                .bind("state", state)
                .bind("origin", filter.origin())
                .bind("code", filter.code())
                .bind("before", before.isEmpty() ? "g" : before)
                .bind("limit", limit)
                .map((row, context) -> kept(row))
                .list()
                .stream();
    }

    /** The open ones, the most numerous first; counted from dead_letter_summary alone. */
    public List<Counted> summary() {
        return transactions.read(handle -> handle.createQuery("""
                        SELECT counted.*, oldest.created_at AS oldest_at, newest.created_at AS newest_at, newest.cause
                          FROM (SELECT source, origin, error_code, COUNT(*) AS letters, MIN(id) AS first, MAX(id) AS last
                                  FROM dead_letter WHERE state = 'open' GROUP BY source, origin, error_code) counted
                          JOIN dead_letter oldest ON oldest.id = counted.first
                          JOIN dead_letter newest ON newest.id = counted.last
                         ORDER BY counted.letters DESC, counted.last DESC""")
                .map((row, context) -> new Counted(
                        row.getString("source"),
                        row.getString("origin"),
                        ErrorCode.of(row.getString("error_code")),
                        row.getLong("letters"),
                        instant(row, "oldest_at"),
                        instant(row, "newest_at"),
                        row.getString("cause")))
                .list());
    }

    private static Kept kept(ResultSet row) throws SQLException {
        DeadLetter letter = new DeadLetter(
                row.getString("source"),
                row.getString("origin"),
                row.getBytes("record_key"),
                position(row),
                ErrorCode.of(row.getString("error_code")),
                row.getString("cause"),
                row.getInt("attempts"),
                row.getBytes("value"),
                EventHeaders.unpack(row.getBytes("headers")));
        return new Kept(
                UUID.fromString(row.getString("id")),
                instant(row, "created_at"),
                letter,
                row.getString("state"),
                row.getObject("closed_at") == null ? null : instant(row, "closed_at"),
                row.getString("closed_by"));
    }

    static DeadLetter.@Nullable Position position(ResultSet row) throws SQLException {
        Integer partition = row.getObject("partition_no", Integer.class);
        return partition == null
                ? null
                : new DeadLetter.Position(partition, row.getLong("record_offset"), row.getLong("record_time"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }
}
