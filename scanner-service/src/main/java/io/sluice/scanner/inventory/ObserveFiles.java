package io.sluice.scanner.inventory;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jakarta.inject.Singleton;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import io.sluice.messaging.Transactions;
import io.sluice.messaging.outbox.Outbox;
import io.sluice.messaging.outbox.OutboxPosition;
import io.sluice.messaging.outbox.OutgoingRecord;
import io.sluice.scanner.library.LibraryId;
import io.sluice.scanner.walk.FileStat;

/**
 * Stores and tells a plan's observations in one transaction. The library's row is locked first: it gives the sequence
 * numbers, so that records of a library become true one after the other.
 */
@Singleton
public class ObserveFiles {

    private final Transactions transactions;
    private final Outbox outbox;

    ObserveFiles(Transactions transactions, Outbox outbox) {
        this.transactions = transactions;
        this.outbox = outbox;
    }

    private record Ticket(long sequence, Instant now) {}

    /**
     * @param guard runs first in the transaction; what it throws keeps everything as it was
     * @return the files as they are stored now, in the plan's order
     */
    public List<ObservedFile> commit(LibraryId library, String scanId, ObservationPlan plan, Consumer<Handle> guard) {
        return transactions.call(tx -> {
            guard.accept(tx);
            Ticket ticket = lock(tx, library);
            List<ObservedFile> now = numbered(plan.observations(), scanId, ticket);
            letGo(tx, library, plan);
            insert(tx, library, plan.observations(), now);
            update(tx, library, plan.observations(), now);
            List<OutgoingRecord> records = now.stream()
                    .map(file -> FileObservations.record(library, file))
                    .toList();
            outbox.appendAll(tx, records);
            count(tx, library, plan.observations(), ticket.sequence + now.size() - 1);
            return now;
        });
    }

    private static Ticket lock(Handle tx, LibraryId library) {
        return tx.createQuery("SELECT GREATEST(sequence + 1, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)), NOW(6)"
                        + " FROM library WHERE id = ? FOR UPDATE")
                .bind(0, library.toString())
                .map((row, context) -> new Ticket(
                        row.getLong(1), row.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC)))
                .one();
    }

    private static List<ObservedFile> numbered(List<Observation> observations, String scanId, Ticket ticket) {
        List<ObservedFile> files = new ArrayList<>(observations.size());
        long sequence = ticket.sequence;
        for (Observation observation : observations) {
            long fileId =
                    switch (observation) {
                        case Observation.First first -> sequence;
                        case Observation.Again again -> again.before().fileId();
                        case Observation.Absent absent -> absent.before().fileId();
                    };
            boolean holdsPath = !(observation instanceof Observation.Absent absent)
                    || absent.before().holdsPath();
            files.add(new ObservedFile(
                    fileId,
                    observation.path(),
                    holdsPath,
                    observation.stat(),
                    !(observation instanceof Observation.Absent),
                    observation.stable(),
                    sequence++,
                    scanId,
                    ticket.now));
        }
        return files;
    }

    /** First everyone lets go of a path, then each takes its own: the order of rows does not matter then. */
    private static void letGo(Handle tx, LibraryId library, ObservationPlan plan) {
        List<Long> ids = new ArrayList<>(plan.displaced());
        for (Observation observation : plan.observations()) {
            if (observation instanceof Observation.Again again
                    && again.before().holdsPath()
                    && !again.before().path().equals(again.path())) {
                ids.add(again.before().fileId());
            }
        }
        if (ids.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                tx.prepareBatch("UPDATE observed_file SET path_key = NULL WHERE library_id = ? AND file_id = ?");
        ids.stream().sorted().forEach(id -> batch.add(library.toString(), id));
        batch.execute();
    }

    private static void insert(Handle tx, LibraryId library, List<Observation> plan, List<ObservedFile> now) {
        PreparedBatch batch = tx.prepareBatch("INSERT INTO observed_file (path, path_key, size, mtime_ns, ctime_ns,"
                + " birth_time_ns, inode, present, stable, sequence, scan_id, observed_at, library_id, file_id)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        for (int i = 0; i < plan.size(); i++) {
            if (plan.get(i) instanceof Observation.First) {
                bind(batch, library, now.get(i)).add();
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static void update(Handle tx, LibraryId library, List<Observation> plan, List<ObservedFile> now) {
        PreparedBatch batch = tx.prepareBatch("UPDATE observed_file SET path = ?, path_key = ?, size = ?, mtime_ns = ?,"
                + " ctime_ns = ?, birth_time_ns = ?, inode = ?, present = ?, stable = ?, sequence = ?, scan_id = ?,"
                + " observed_at = ? WHERE library_id = ? AND file_id = ?");
        for (int i = 0; i < plan.size(); i++) {
            if (!(plan.get(i) instanceof Observation.First)) {
                bind(batch, library, now.get(i)).add();
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static PreparedBatch bind(PreparedBatch batch, LibraryId library, ObservedFile file) {
        FileStat stat = file.stat();
        return batch.bind(0, file.path().bytes())
                .bind(1, file.holdsPath() ? PathKey.of(library, file.path()) : null)
                .bind(2, stat.size())
                .bind(3, stat.mtimeNs())
                .bind(4, stat.ctimeNs())
                .bind(5, stat.birthTimeNs())
                .bind(6, stat.inode())
                .bind(7, file.present())
                .bind(8, file.stable())
                .bind(9, file.sequence())
                .bind(10, file.scanId())
                .bind(11, LocalDateTime.ofInstant(file.observedAt(), ZoneOffset.UTC))
                .bind(12, library.toString())
                .bind(13, file.fileId());
    }

    private static void count(Handle tx, LibraryId library, List<Observation> plan, long sequence) {
        int present = 0;
        int absent = 0;
        for (Observation observation : plan) {
            switch (observation) {
                case Observation.First first -> present++;
                case Observation.Again again
                when !again.before().present() -> {
                    present++;
                    absent--;
                }
                case Observation.Again again -> {}
                case Observation.Absent gone -> {
                    present--;
                    absent++;
                }
            }
        }
        tx.execute(
                "UPDATE library SET sequence = ?, present_files = present_files + ?, absent_files = absent_files + ?,"
                        + " outbox_mark = ? WHERE id = ?",
                sequence,
                present,
                absent,
                OutboxPosition.mark(tx),
                library.toString());
    }
}
