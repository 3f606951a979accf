package io.sluice.scanner.inventory;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import jakarta.inject.Singleton;

import org.jdbi.v3.core.Handle;

import io.sluice.messaging.Transactions;
import io.sluice.messaging.outbox.Outbox;
import io.sluice.messaging.outbox.OutgoingRecord;
import io.sluice.scanner.library.LibraryId;

/** States the current observations of whole buckets once more: whoever lost one takes it, whoever has it sees no news. */
@Singleton
public class ReannounceFiles {

    /** A transaction's worth: the library's lock is held for some 50 ms. */
    private static final int PAGE = 1000;

    private final Transactions transactions;
    private final Inventory inventory;
    private final Outbox outbox;

    ReannounceFiles(Transactions transactions, Inventory inventory, Outbox outbox) {
        this.transactions = transactions;
        this.inventory = inventory;
        this.outbox = outbox;
    }

    /**
     * @param buckets 0 to 255
     * @return how many files were told
     */
    public long reannounce(LibraryId library, Collection<Integer> buckets) {
        long told = 0;
        for (int bucket : new TreeSet<>(buckets)) {
            long after = 0;
            List<ObservedFile> page;
            do {
                long start = after;
                page = transactions.call(tx -> tellPage(tx, library, bucket, start));
                told += page.size();
                after = page.isEmpty() ? after : page.getLast().fileId();
            } while (page.size() == PAGE);
        }
        return told;
    }

    private List<ObservedFile> tellPage(Handle tx, LibraryId library, int bucket, long after) {
        // No observation changes while the library's row is locked: what is told now is not overtaken by what it
        // replaced.
        tx.createQuery("SELECT id FROM library WHERE id = ? FOR UPDATE")
                .bind(0, library.toString())
                .mapTo(String.class)
                .one();
        List<ObservedFile> page = inventory.ofBucket(tx, library, bucket, after, PAGE);
        List<OutgoingRecord> records = page.stream()
                .map(file -> FileObservations.record(library, file))
                .toList();
        outbox.appendAll(tx, records);
        return page;
    }
}
