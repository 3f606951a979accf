package io.sluice.ingest.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import com.google.protobuf.util.Timestamps;

import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.LedgerEntry;
import io.sluice.ingest.listing.AsciiId;
import io.sluice.ingest.listing.ListCursor;
import io.sluice.messaging.outbox.Outbox;
import io.sluice.messaging.outbox.OutgoingRecord;

/** The ledger: entries are appended and read, and nothing else; the database refuses the rest. */
@ApplicationScoped
public class Ledger {

    private static final Pattern SCHEMA = Pattern.compile("[A-Za-z0-9_]{1,64}");

    private final Outbox outbox;
    private final String table;

    Ledger(Outbox outbox, LedgerConfig config) {
        this.outbox = outbox;
        if (!SCHEMA.matcher(config.schema()).matches()) {
            throw new IllegalArgumentException("Wrong setting: sluice.ledger.schema=" + config.schema()
                    + " must be a schema's name of letters, digits and _, at most 64");
        }
        this.table = "`" + config.schema() + "`.ingest_event";
    }

    /** A page, newest first. @param nextCursor empty behind the last */
    public record Page(List<LedgerEntry> entries, String nextCursor) {}

    /**
     * Appends rows, and their copies for the topic, in the caller's transaction; call it after the row of what they
     * speak of was locked.
     */
    public void append(Handle tx, Collection<LedgerEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedBatch rows = tx.prepareBatch(
                "INSERT INTO " + table + " (" + LedgerRows.COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            entries.forEach(entry -> LedgerRows.add(rows, entry));
            rows.execute();
        }
        outbox.appendAll(
                tx,
                entries.stream()
                        .map(entry -> new OutgoingRecord(
                                Topics.INGEST_LEDGER,
                                entry.getSubject(),
                                entry,
                                Timestamps.toMicros(entry.getCreatedAt())))
                        .toList());
    }

    /**
     * What happened to a subject, newest first.
     *
     * @param cursor empty for the newest
     * @throws io.sluice.contract.CodedException {@code INVALID_REQUEST} for a cursor that is not of this list
     */
    public Page page(Handle handle, String subject, String cursor, int limit) {
        String list = "ledger " + subject;
        long before = ListCursor.read(list, cursor, Long.MAX_VALUE)[0];
        if (!AsciiId.canBe(subject)) {
            return new Page(List.of(), "");
        }
        List<Map.Entry<Long, LedgerEntry>> found = handle.createQuery("SELECT id, " + LedgerRows.COLUMNS + " FROM "
                        + table + " FORCE INDEX (by_subject) WHERE subject = :subject AND id < :before"
                        + " ORDER BY id DESC LIMIT :limit")
                .bind("subject", subject)
                .bind("before", before)
                .bind("limit", limit + 1)
                .map((row, context) -> Map.entry(row.getLong("id"), LedgerRows.read(row)))
                .list();
        List<Map.Entry<Long, LedgerEntry>> page = found.subList(0, Math.min(limit, found.size()));
        return new Page(
                page.stream().map(Map.Entry::getValue).toList(),
                found.size() > limit ? ListCursor.write(list, page.getLast().getKey()) : "");
    }
}
