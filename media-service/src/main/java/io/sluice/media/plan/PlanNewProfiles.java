package io.sluice.media.plan;

import java.time.Duration;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.sluice.media.asset.Asset;
import io.sluice.media.asset.Assets;
import io.sluice.media.profile.Profiles;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.lease.Duty;
import io.sluice.messaging.work.Lane;

/** Plans every asset once more after a release that knows other recipes: of most of them nobody tells again. */
@ApplicationScoped
class PlanNewProfiles implements Duty {

    private static final Logger LOG = Logger.getLogger(PlanNewProfiles.class);

    private static final Duration PERIOD = Duration.ofHours(1);

    /** As many as one poll of the channel plans. */
    private static final int PAGE = 500;

    private final Transactions transactions;
    private final Assets assets;
    private final PlanRenditions planner;

    PlanNewProfiles(Transactions transactions, Assets assets, PlanRenditions planner) {
        this.transactions = transactions;
        this.assets = assets;
        this.planner = planner;
    }

    @Override
    public String name() {
        return "plan-new-profiles";
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    @Override
    public void run(Tenure tenure) {
        String known = Profiles.labels();
        boolean planned = transactions.read(handle -> handle.createQuery("SELECT labels FROM planned_profiles")
                .mapTo(String.class)
                .list()
                .contains(known));
        if (!planned && planAll(tenure)) {
            transactions.run(tx -> {
                tenure.verify(tx);
                tx.execute("REPLACE INTO planned_profiles (id, labels) VALUES (1, ?)", known);
            });
        }
    }

    /** Whether it came to the end; broken off it begins again, which changes nothing twice. */
    private boolean planAll(Tenure tenure) {
        byte[] after = new byte[0];
        int count = 0;
        List<Asset> page;
        do {
            byte[] from = after;
            page = transactions.call(tx -> {
                tenure.verify(tx);
                List<Asset> next = assets.lockPage(tx, from, PAGE);
                planner.plan(tx, next, Lane.BACKLOG);
                return next;
            });
            count += page.size();
            after = page.isEmpty() ? after : page.getLast().hash().bytes();
        } while (page.size() == PAGE && !tenure.over());
        LOG.infof("Planned %d assets for the recipes %s", count, Profiles.labels());
        return page.size() < PAGE;
    }
}
