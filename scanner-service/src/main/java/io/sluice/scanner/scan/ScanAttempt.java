package io.sluice.scanner.scan;

import java.time.Duration;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.sluice.messaging.Transactions;
import io.sluice.messaging.lease.Duty.Tenure;
import io.sluice.scanner.library.LibraryId;

/** A scan's row from its first line to its last. Closed without an end it was interrupted. */
final class ScanAttempt implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ScanAttempt.class);

    /** Often enough for a person who watches. */
    private static final long PROGRESS_NS = Duration.ofSeconds(5).toNanos();

    private final Transactions transactions;
    private final ScanRuns runs;
    private final TellDigest digests;
    private final LibraryId library;
    private final ScanRuns.Order order;
    private final Tenure tenure;
    private final long startedNs = System.nanoTime();
    private long shownNs = startedNs;
    private ScanCounts counts = ScanCounts.NONE;
    private boolean ended;

    ScanAttempt(
            Transactions transactions,
            ScanRuns runs,
            TellDigest digests,
            LibraryId library,
            ScanRuns.Order order,
            Tenure tenure) {
        this.transactions = transactions;
        this.runs = runs;
        this.digests = digests;
        this.library = library;
        this.tenure = tenure;
        this.order = transactions.call(tx -> {
            tenure.verify(tx);
            return runs.begin(tx, library, order, tenure.token());
        });
    }

    ScanKind kind() {
        return order.kind();
    }

    String scanId() {
        return order.scanId();
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNs);
    }

    /** Takes the counts, and shows them from time to time. */
    void met(Supplier<ScanCounts> now) {
        if (System.nanoTime() - shownNs > PROGRESS_NS) {
            counts = now.get();
            transactions.run(tx -> {
                tenure.verify(tx);
                runs.progress(tx, order.scanId(), counts);
            });
            shownNs = System.nanoTime();
        }
    }

    /** @param openMatters what it could not look at, empty when nothing */
    void complete(ScanCounts total, String openMatters) {
        complete(total, openMatters, order.kind() == ScanKind.FULL);
    }

    /** As {@link #complete} for what has no inventory of files. */
    void completeWithoutDigest(ScanCounts total, String openMatters) {
        complete(total, openMatters, false);
    }

    private void complete(ScanCounts total, String openMatters, boolean digest) {
        transactions.run(tx -> {
            tenure.verify(tx);
            runs.end(tx, order.scanId(), ScanRun.State.COMPLETED, openMatters, total);
            runs.prune(tx, library);
            if (digest) {
                digests.due(tx, library, order.scanId());
            }
        });
        ended = true;
    }

    void voidFor(String reason, ScanCounts total) {
        end(ScanRun.State.VOID, reason, total);
    }

    private void end(ScanRun.State state, String reason, ScanCounts total) {
        transactions.run(tx -> {
            tenure.verify(tx);
            runs.end(tx, order.scanId(), state, reason, total);
        });
        ended = true;
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        try {
            end(ScanRun.State.INTERRUPTED, "It was stopped; the next scan does the work.", counts);
        } catch (RuntimeException leftToTheNextTenure) {
            LOG.debugf("scan_id=%s stays open: %s", order.scanId(), leftToTheNextTenure.getMessage());
        }
    }
}
