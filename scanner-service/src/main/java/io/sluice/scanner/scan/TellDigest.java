package io.sluice.scanner.scan;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;
import jakarta.inject.Singleton;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.scanner.v1.ScanDigest;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.outbox.OutboxPosition;
import io.sluice.scanner.inventory.BucketDigests;
import io.sluice.scanner.inventory.InventoryDigest;
import io.sluice.scanner.library.LibraryId;
import io.sluice.scanner.library.LibraryStates;
import io.sluice.scanner.library.TellLibrary;

/**
 * Tells what the inventory looks like after a full scan that ended well, once every observation of the library has left
 * the outbox: whoever compares it has then been sent all of them.
 */
@Singleton
class TellDigest {

    private final Transactions transactions;
    private final InventoryDigest inventory;
    private final TellLibrary tell;

    TellDigest(Transactions transactions, InventoryDigest inventory, TellLibrary tell) {
        this.transactions = transactions;
        this.inventory = inventory;
        this.tell = tell;
    }

    private record Due(String scanId, Instant finishedAt, long mark) {}

    /** In the transaction that ends the scan. */
    void due(Handle tx, LibraryId library, String scanId) {
        tx.execute(
                "UPDATE library SET digest_due = ?, digest_due_at = NOW(6) WHERE id = ?", scanId, library.toString());
    }

    /**
     * Tells it if one is due and can be told; to be called by the library's duty, beside which nobody observes.
     *
     * @param guard runs first in the transaction; what it throws keeps everything as it was
     */
    void tellIfDue(LibraryId library, Consumer<Handle> guard) {
        Optional<Due> found = transactions.read(handle -> due(handle, library));
        if (found.isEmpty()) {
            return;
        }
        Due due = found.get();
        if (!transactions.read(handle -> OutboxPosition.passed(handle, due.mark))) {
            return;
        }
        ScanDigest digest = message(due, transactions.read(handle -> inventory.of(handle, library)));
        transactions.run(tx -> {
            guard.accept(tx);
            tx.execute(
                    "UPDATE library SET digest = ?, digest_due = NULL WHERE id = ?",
                    digest.toByteArray(),
                    library.toString());
            tell.ifChanged(tx, library);
        });
    }

    private static Optional<Due> due(Handle handle, LibraryId library) {
        return handle.createQuery("SELECT digest_due, digest_due_at, outbox_mark FROM library"
                        + " WHERE id = ? AND digest_due IS NOT NULL")
                .bind(0, library.toString())
                .map((row, context) -> new Due(
                        row.getString(1),
                        row.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        row.getLong(3)))
                .findOne();
    }

    private static ScanDigest message(Due due, BucketDigests digests) {
        ScanDigest.Builder message = ScanDigest.newBuilder()
                .setScanId(due.scanId)
                .setFinishedAt(LibraryStates.timestamp(due.finishedAt))
                .setPresentFiles(digests.presentFiles())
                .setAbsentFiles(digests.absentFiles());
        digests.buckets().forEach(message::addBuckets);
        return message.build();
    }
}
