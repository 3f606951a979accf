package io.sluice.media.work;

import java.io.IOException;
import java.time.Duration;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.sluice.media.store.DirectoryRenditionStore;
import io.sluice.media.store.GrowingTree;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.lease.Duty;

/** Removes the folders of streams whose attempt is over: of processes that died, when no next attempt came to do so. */
@ApplicationScoped
public class SweepGrowingStreams implements Duty {

    /** By work_identity: the key begins with the content hash, and is that, or goes on with a slash. */
    static final String RUNNING = "SELECT COUNT(*) FROM work WHERE work_class = 'video' AND work_key >= :hash"
            + " AND work_key < CONCAT(:hash, '0') AND state = 'running' AND lease_token = :token";

    private static final Logger LOG = Logger.getLogger(SweepGrowingStreams.class);
    private static final Duration PERIOD = Duration.ofMinutes(5);

    private final DirectoryRenditionStore store;
    private final Transactions transactions;

    SweepGrowingStreams(DirectoryRenditionStore store, Transactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "sweep-growing-streams";
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    @Override
    public void run(Tenure tenure) throws IOException {
        sweep();
    }

    /** @return how many folders were removed */
    public int sweep() throws IOException {
        int removed = store.sweepTrees(this::isRunning);
        if (removed > 0) {
            LOG.infof("Removed %d folders of streams whose attempt is over", removed);
        }
        return removed;
    }

    private boolean isRunning(GrowingTree tree) {
        return transactions.read(handle -> handle.createQuery(RUNNING)
                        .bind("hash", tree.hash().hex())
                        .bind("token", tree.token())
                        .mapTo(Integer.class)
                        .one()
                > 0);
    }
}
