package io.sluice.scanner.handover;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jakarta.inject.Singleton;

import org.jdbi.v3.core.Handle;

import io.sluice.messaging.ManyRows;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.outbox.Outbox;
import io.sluice.messaging.outbox.OutgoingRecord;
import io.sluice.scanner.handover.BundlePlan.Entry;
import io.sluice.scanner.library.LibraryId;
import io.sluice.scanner.walk.FileStat;

/**
 * Stores and tells a plan's looks, a page a transaction. The library's row is locked first: it gives the sequence
 * numbers, so that what is told again is not overtaken by what replaced it.
 */
@Singleton
public class TellBundles {

    /** A transaction's worth: the library's lock is held for some 50 ms. */
    private static final int PAGE = 1000;

    private static final FileStat NOT_THERE = new FileStat(0, 0, 0, 0, 0);

    private static final ManyRows STORE = new ManyRows(
            "REPLACE INTO observed_bundle (library_id, name, sequence, scan_id, observed_at,"
                    + " manifest_present, manifest_size, manifest_mtime_ns, manifest_ctime_ns, manifest_birth_time_ns,"
                    + " manifest_inode, sentinel_present, sentinel_size, sentinel_mtime_ns, sentinel_ctime_ns,"
                    + " sentinel_birth_time_ns, sentinel_inode) VALUES",
            "(" + "?, ".repeat(16) + "?)",
            "");

    private final Transactions transactions;
    private final Outbox outbox;

    TellBundles(Transactions transactions, Outbox outbox) {
        this.transactions = transactions;
        this.outbox = outbox;
    }

    private record Ticket(long sequence, Instant now) {}

    /**
     * @param known learns what is stored
     * @param guard runs first in every transaction; what it throws ends the telling
     */
    public void tell(
            LibraryId library,
            String scanId,
            BundlePlan plan,
            boolean asked,
            KnownBundles known,
            Consumer<Handle> guard) {
        List<Entry> entries = plan.entries();
        for (int from = 0; from < entries.size(); from += PAGE) {
            List<Entry> page = entries.subList(from, Math.min(entries.size(), from + PAGE));
            List<ObservedBundle> stored = transactions.call(tx -> {
                guard.accept(tx);
                return page(tx, library, scanId, page, asked);
            });
            stored.forEach(known::learn);
        }
    }

    private List<ObservedBundle> page(Handle tx, LibraryId library, String scanId, List<Entry> page, boolean asked) {
        Ticket ticket = lock(tx, library);
        List<ObservedBundle> stored = new ArrayList<>();
        List<OutgoingRecord> records = new ArrayList<>();
        long sequence = ticket.sequence;
        for (Entry entry : page) {
            switch (entry) {
                case Entry.Look(var name, var files) -> {
                    ObservedBundle now = new ObservedBundle(name, files, sequence++, scanId, ticket.now);
                    stored.add(now);
                    records.add(BundleLooks.record(library, now, asked));
                }
                case Entry.Again(var bundle) -> records.add(BundleLooks.record(library, bundle, false));
            }
        }
        if (!stored.isEmpty()) {
            STORE.write(tx, stored, bundle -> values(library, bundle));
            tx.execute("UPDATE library SET sequence = ? WHERE id = ?", sequence - 1, library.toString());
        }
        outbox.appendAll(tx, records);
        return stored;
    }

    private static Ticket lock(Handle tx, LibraryId library) {
        return tx.createQuery("SELECT GREATEST(sequence + 1, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)), NOW(6)"
                        + " FROM library WHERE id = ? FOR UPDATE")
                .bind(0, library.toString())
                .map((row, context) -> new Ticket(
                        row.getLong(1), row.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC)))
                .one();
    }

    private static Object[] values(LibraryId library, ObservedBundle bundle) {
        FileStat manifest = bundle.files().manifest();
        FileStat sentinel = bundle.files().sentinel();
        FileStat ofManifest = manifest == null ? NOT_THERE : manifest;
        FileStat ofSentinel = sentinel == null ? NOT_THERE : sentinel;
        return new Object[] {
            library.toString(),
            bundle.name().bytes(),
            bundle.sequence(),
            bundle.scanId(),
            LocalDateTime.ofInstant(bundle.observedAt(), ZoneOffset.UTC),
            manifest != null,
            ofManifest.size(),
            ofManifest.mtimeNs(),
            ofManifest.ctimeNs(),
            ofManifest.birthTimeNs(),
            ofManifest.inode(),
            sentinel != null,
            ofSentinel.size(),
            ofSentinel.mtimeNs(),
            ofSentinel.ctimeNs(),
            ofSentinel.birthTimeNs(),
            ofSentinel.inode()
        };
    }
}
