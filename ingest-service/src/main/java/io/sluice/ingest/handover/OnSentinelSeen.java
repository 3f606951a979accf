package io.sluice.ingest.handover;

import java.util.ArrayList;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

import com.google.protobuf.Parser;

import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.scanner.v1.BundleLook;
import io.sluice.ingest.location.OnceMore;
import io.sluice.messaging.fact.Fact;
import io.sluice.messaging.fact.FactHandler;
import io.sluice.messaging.lease.Duties;

/** Stores looks at bundles, a batch in one transaction; they are judged by {@link JudgeLooks} right behind its commit. */
@ApplicationScoped
class OnSentinelSeen implements FactHandler<BundleLook> {

    private static final Logger LOG = Logger.getLogger(OnSentinelSeen.class);

    private final BundleLooks looks;
    private final Duties duties;

    OnSentinelSeen(BundleLooks looks, Duties duties) {
        this.looks = looks;
        this.duties = duties;
    }

    @Override
    public Topic topic() {
        return Topics.SCANNER_SENTINEL;
    }

    @Override
    public String group() {
        return "ingest.sentinel";
    }

    @Override
    public Parser<BundleLook> parser() {
        return BundleLook.parser();
    }

    @Override
    public void handle(Handle tx, List<Fact<BundleLook>> facts) {
        List<SeenBundle> seen = new ArrayList<>(facts.size());
        for (Fact<BundleLook> fact : facts) {
            BundleLook told = fact.value();
            if (told == null) {
                LOG.warnf("A purged bundle is kept as it was last seen: key=%s topic=%s", fact.key(), fact.topic());
            } else {
                seen.add(SeenBundle.of(told));
            }
        }
        OnceMore.onDuplicateKey(tx, () -> {
            if (looks.store(tx, seen) > 0) {
                tx.afterCommit(() -> duties.wake(JudgeLooks.NAME));
            }
        });
    }
}
