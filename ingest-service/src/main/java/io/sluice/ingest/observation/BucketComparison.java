package io.sluice.ingest.observation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

import io.sluice.contract.CodedException;
import io.sluice.contract.Topics;
import io.sluice.ingest.IngestMetrics;
import io.sluice.ingest.library.ScanDigests;
import io.sluice.ingest.library.ScanDigests.Open;
import io.sluice.ingest.library.ScanDigests.Verdict;
import io.sluice.ingest.observation.BucketDigests.Buckets;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.lease.Duty;

/**
 * After each full scan: waits until everything told before it is stored, compares digests, has buckets that differ told
 * again, and looks again. A lost message, a truncated topic, a restored database heal by this; what does not is reported
 * and left for the next scan. Every step stands in its row, so it goes on wherever it was.
 */
@ApplicationScoped
class BucketComparison implements Duty {

    private static final Logger LOG = Logger.getLogger(BucketComparison.class);

    /** Looks after asking come 1, 2, 4 … 32 s apart: a minute for what was told again to arrive. */
    private static final int LOOKS = 6;

    private final ScanDigests digests;
    private final BucketDigests rows;
    private final GroupPosition position;
    private final ScannerClient scanner;
    private final Transactions transactions;
    private final IngestMetrics metrics;

    BucketComparison(
            ScanDigests digests,
            BucketDigests rows,
            GroupPosition position,
            ScannerClient scanner,
            Transactions transactions,
            IngestMetrics metrics) {
        this.digests = digests;
        this.rows = rows;
        this.position = position;
        this.scanner = scanner;
        this.transactions = transactions;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "bucket-comparison";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run(Tenure tenure) {
        for (Open digest : transactions.read(digests::due)) {
            if (tenure.over()) {
                return;
            }
            try {
                look(digest, tenure);
            } catch (CodedException e) {
                LOG.warnf(
                        "Digests are compared later: library=%s error_code=%s %s",
                        digest.libraryId(), e.code().code(), e.getMessage());
                transactions.run(tx -> digests.lookAgain(tx, digest, 5));
            }
        }
    }

    private void look(Open digest, Tenure tenure) {
        String ends = digest.endOffsets();
        if (ends == null) {
            String now = position.ends();
            transactions.run(tx -> {
                tenure.verify(tx);
                digests.await(tx, digest, now);
            });
            return;
        }
        boolean asked = digest.askedAt() != null;
        if (!asked
                && (transactions.read(handle -> somethingDeferred(handle, digest.libraryId()))
                        || !position.passed(ends))) {
            transactions.run(tx -> digests.lookAgain(tx, digest, 1));
            return;
        }
        Buckets buckets = rows.of(digest.libraryId());
        List<Integer> differing = buckets.differingFrom(digest.buckets()).stream()
                .filter(bucket -> !asked || digest.asked().contains(bucket))
                .toList();
        if (differing.isEmpty()) {
            settle(digest, tenure, Verdict.EQUAL, differing);
        } else if (!asked) {
            ask(digest, tenure, differing);
        } else if (digest.looks() < LOOKS) {
            transactions.run(tx -> digests.lookAgain(tx, digest, 1L << digest.looks()));
        } else {
            report(digest, tenure, buckets, differing);
        }
    }

    private void ask(Open digest, Tenure tenure, List<Integer> differing) {
        long files = scanner.reannounce(digest.libraryId(), differing);
        LOG.infof(
                "Buckets differ and are told again: library=%s scan=%s buckets=%s files=%d",
                digest.libraryId(), digest.scanId(), differing, files);
        metrics.buckets("asked", differing.size());
        transactions.run(tx -> {
            tenure.verify(tx);
            digests.asked(tx, digest, differing);
        });
    }

    /** A bucket in which something was observed after the scan cannot be equal to it any more; the next scan covers it. */
    private void report(Open digest, Tenure tenure, Buckets buckets, List<Integer> differing) {
        long end = ChronoUnit.MICROS.between(Instant.EPOCH, digest.finishedAt());
        List<Integer> unexplained = differing.stream()
                .filter(bucket -> buckets.newest()[bucket] <= end)
                .toList();
        if (!unexplained.isEmpty()) {
            LOG.errorf(
                    "Buckets differ although they were told again; the next full scan tries once more: library=%s"
                            + " scan=%s buckets=%s",
                    digest.libraryId(), digest.scanId(), unexplained);
            metrics.buckets("differing", unexplained.size());
        }
        settle(digest, tenure, unexplained.isEmpty() ? Verdict.EQUAL : Verdict.DIFFERS, unexplained);
    }

    private void settle(Open digest, Tenure tenure, Verdict verdict, List<Integer> differing) {
        metrics.buckets("compared", ScanDigests.BUCKETS);
        transactions.run(tx -> {
            tenure.verify(tx);
            digests.settle(tx, digest, verdict, differing);
        });
    }

    /** Messages of this library that failed and wait: they are on their way still. One look into {@code deferred_key}. */
    static boolean somethingDeferred(Handle handle, String libraryId) {
        return handle.createQuery("""
                        SELECT 1 FROM deferred_message FORCE INDEX (deferred_key)
                        WHERE consumer_group = :group AND topic = :topic AND record_key >= :from AND record_key < :to
                        LIMIT 1""")
                .bind("group", OnFileObserved.GROUP)
                .bind("topic", Topics.SCANNER_FILE.name())
                .bind("from", libraryId + "/")
                .bind("to", libraryId + "0")
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }
}
