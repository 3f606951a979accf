package io.sluice.ingest.handover;

import java.time.Duration;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.handover.BundleLooks.Due;
import io.sluice.ingest.library.Libraries;
import io.sluice.ingest.library.Library;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.lease.Duty;

/**
 * Judges looks that were stored: reads the manifest outside of any transaction, then writes the verdict if the look is
 * still the last one. What cannot be read now is shown as unreadable and judged later; it holds up nothing else.
 */
@ApplicationScoped
class JudgeLooks implements Duty {

    static final String NAME = "judge-bundles";

    private static final Logger LOG = Logger.getLogger(JudgeLooks.class);

    private static final int PAGE = 100;

    /** A mount is back in seconds or in hours: 1, 2, 4 … 32 s. */
    private static final int LONGEST_PAUSE_DOUBLINGS = 5;

    private final BundleLooks looks;
    private final ManifestFiles manifests;
    private final StoreJudgement judgements;
    private final Libraries libraries;
    private final Transactions transactions;

    JudgeLooks(
            BundleLooks looks,
            ManifestFiles manifests,
            StoreJudgement judgements,
            Libraries libraries,
            Transactions transactions) {
        this.looks = looks;
        this.manifests = manifests;
        this.judgements = judgements;
        this.libraries = libraries;
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Woken by what is stored here; another instance's is seen after this. */
    @Override
    public Duration period() {
        return Duration.ofMillis(500);
    }

    @Override
    public void run(Tenure tenure) {
        List<Due> due;
        do {
            due = transactions.read(handle -> looks.due(handle, PAGE));
            for (Due one : due) {
                if (tenure.over()) {
                    return;
                }
                judge(one, tenure);
            }
        } while (due.size() == PAGE);
    }

    private void judge(Due due, Tenure tenure) {
        try {
            boolean unjudged = due.changed() && !due.batch().state().settled();
            if (unjudged) {
                Judgement judged =
                        JudgeBundle.judge(due.batch().syncId(), due.batch().look(), () -> read(due.batch()));
                end(due, tenure, judged);
            } else {
                tell(due, tenure);
            }
        } catch (CodedException e) {
            if (e.code() == ErrorCode.LEASE_LOST || e.code() == ErrorCode.DATABASE_UNAVAILABLE) {
                throw e;
            }
            postpone(due, tenure, String.valueOf(e.getMessage()), e.code());
        } catch (RuntimeException defect) {
            LOG.errorf(
                    defect, "A bundle cannot be judged: sync_id=%s", due.batch().syncId());
            postpone(
                    due,
                    tenure,
                    "It cannot be judged because of a fault of this program; see its log.",
                    ErrorCode.INTERNAL);
        }
    }

    private ManifestRead read(Batch batch) {
        Library library = transactions.read(libraries::all).get(batch.libraryId());
        if (library == null) {
            throw new CodedException(
                    ErrorCode.LIBRARY_STALE,
                    "The library " + batch.libraryId() + " is not known here yet; the scanner tells it.");
        }
        return manifests.read(manifests.open(library), batch.syncId(), item -> {});
    }

    private void end(Due due, Tenure tenure, Judgement judged) {
        transactions.run(tx -> {
            tenure.verify(tx);
            looks.lockJudged(tx, due.batch()).ifPresent(batch -> {
                judgements.tell(tx, judgements.store(tx, batch, judged));
                looks.settled(tx, batch);
            });
        });
    }

    private void tell(Due due, Tenure tenure) {
        transactions.run(tx -> {
            tenure.verify(tx);
            looks.lockJudged(tx, due.batch()).ifPresent(batch -> {
                judgements.tell(tx, batch);
                looks.settled(tx, batch);
            });
        });
    }

    private void postpone(Due due, Tenure tenure, String why, ErrorCode code) {
        if (due.tries() == 0) {
            LOG.warnf(
                    "A bundle is judged later: sync_id=%s error_code=%s %s",
                    due.batch().syncId(), code.code(), why);
        }
        transactions.run(tx -> {
            tenure.verify(tx);
            looks.lockJudged(tx, due.batch()).ifPresent(batch -> {
                Batch now = judgements.store(
                        tx, batch, Judgement.unread(Verdict.UNREADABLE, why + " Tried again by itself."));
                if (due.asked()) {
                    judgements.tell(tx, now);
                }
                looks.later(tx, batch, pause(due.tries()));
            });
        });
    }

    private static Duration pause(int tries) {
        return Duration.ofSeconds(1L << Math.min(tries, LONGEST_PAUSE_DOUBLINGS));
    }
}
