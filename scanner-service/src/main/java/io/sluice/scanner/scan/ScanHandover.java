package io.sluice.scanner.scan;

import java.io.IOException;
import java.time.Instant;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorKind;
import io.sluice.scanner.handover.BundleListing;
import io.sluice.scanner.handover.BundleMetrics;
import io.sluice.scanner.handover.BundlePlan;
import io.sluice.scanner.handover.KnownBundles;
import io.sluice.scanner.handover.ObservedBundles;
import io.sluice.scanner.handover.TellBundles;
import io.sluice.scanner.library.Health;
import io.sluice.scanner.library.JudgeLibrary;
import io.sluice.scanner.library.Library;
import io.sluice.scanner.library.Probe;
import io.sluice.scanner.library.ProbeLibrary;
import io.sluice.scanner.scan.ScanLibrary.Hands;
import io.sluice.scanner.walk.RawPath;
import io.sluice.scanner.walk.Stats;

/**
 * One scan of one handover mount: probe, list its root once, probe again, and only then compare with what is known, and
 * tell. A mount that is not provably there before and after makes the scan void: its health is stale, nothing is told.
 * Files of a scan are its bundles.
 */
@Singleton
class ScanHandover {

    private static final Logger LOG = Logger.getLogger(ScanHandover.class);

    private final ScanAttempts attempts;
    private final ProbeLibrary probe;
    private final JudgeLibrary judge;
    private final ObservedBundles bundles;
    private final TellBundles tell;
    private final Stats stats;
    private final ScanMetrics metrics;
    private final BundleMetrics bundleMetrics;

    ScanHandover(
            ScanAttempts attempts,
            ProbeLibrary probe,
            JudgeLibrary judge,
            ObservedBundles bundles,
            TellBundles tell,
            Stats stats,
            ScanMetrics metrics,
            BundleMetrics bundleMetrics) {
        this.attempts = attempts;
        this.probe = probe;
        this.judge = judge;
        this.bundles = bundles;
        this.tell = tell;
        this.stats = stats;
        this.metrics = metrics;
        this.bundleMetrics = bundleMetrics;
    }

    /** Ends with the scan's row ended, unless the tenure is over. */
    void scan(Library library, ScanRuns.Order order, boolean asked, Hands hands) {
        try (ScanAttempt attempt = attempts.open(library.id(), order, hands.tenure())) {
            bundles.load(library.id(), hands.bundles());
            switch (probe.probe(library)) {
                case Probe.Failed(String reason) -> makeVoid(library, attempt, hands, reason);
                case Probe.Passed before -> list(library, attempt, asked, hands, before);
            }
            hands.memory().tried();
        } catch (RuntimeException failure) {
            hands.bundles().forget();
            boolean outage =
                    failure instanceof CodedException coded && coded.code().kind() == ErrorKind.CAPACITY;
            if (!outage) {
                // After an outage the scan is made again at once, not an interval later.
                hands.memory().tried();
            }
            throw failure;
        }
    }

    /** Between scans: whether there is news already. Leaves no row when there is none. */
    boolean hasNews(Library library, Hands hands) {
        if (!(library.health() instanceof Health.Online)
                || hands.memory().last().isEmpty()) {
            return false;
        }
        RawPath root = hands.memory().last().get().root().root();
        KnownBundles known = hands.bundles();
        hands.watch().sign();
        try {
            if (!known.mayDiffer(stats.of(root.toPath()).stat())) {
                return false;
            }
            Instant at = Instant.now();
            BundleListing listing = listing(root, hands);
            boolean news = !listing.complete()
                    || BundlePlan.of(listing, known, false, false).news() > 0;
            if (!news) {
                known.listed(listing.rootStat(), at);
            }
            return news;
        } catch (IOException away) {
            return true;
        } finally {
            hands.watch().away();
        }
    }

    private BundleListing listing(RawPath root, Hands hands) throws IOException {
        return BundleListing.of(root, stats, () -> {
            hands.watch().sign();
            return hands.tenure().over();
        });
    }

    private void list(Library library, ScanAttempt attempt, boolean asked, Hands hands, Probe.Passed before) {
        Instant startedAt = Instant.now();
        KnownBundles known = hands.bundles();
        BundleListing listing;
        BundlePlan plan;
        try {
            listing = listing(before.root(), hands);
            if (!listing.complete()) {
                return;
            }
            plan = BundlePlan.of(listing, known, asked, attempt.kind() == ScanKind.FULL);
        } catch (IOException failure) {
            makeVoid(library, attempt, hands, before.root() + " cannot be listed: " + failure.getMessage() + ".");
            return;
        } finally {
            hands.watch().away();
        }
        switch (probe.probe(library).after(before)) {
            case Probe.Failed(String reason) -> makeVoid(library, attempt, hands, reason);
            case Probe.Passed after
            when known.allLost(listing) -> makeVoid(library, attempt, hands, nothingLeft(library, after));
            case Probe.Passed after -> {
                settle(library, new Health.Online(), hands);
                tell.tell(library.id(), attempt.scanId(), plan, asked, known, hands.tenure()::verify);
                complete(library, attempt, listing, plan, known);
                known.listed(listing.rootStat(), startedAt);
                hands.memory()
                        .completed(
                                attempt.kind(),
                                new ScanMemory.Last(attempt.scanId(), after, startedAt, new KnownDirectories()));
            }
        }
    }

    private void complete(
            Library library, ScanAttempt attempt, BundleListing listing, BundlePlan plan, KnownBundles known) {
        long told = plan.entries().size();
        long news = plan.news();
        ScanCounts counts = new ScanCounts(listing.size(), told, listing.unreadable());
        attempt.completeWithoutDigest(
                counts,
                listing.unreadable() == 0
                        ? ""
                        : listing.unreadable() + " bundles could not be looked at; they were left as they are.");
        metrics.told(library.name(), told);
        metrics.ended(library.name(), attempt.kind(), ScanRun.State.COMPLETED, attempt.age(), counts);
        bundleMetrics.told(library.name(), news, told - news);
        bundleMetrics.show(library.name(), known.counts());
        LOG.logf(
                attempt.kind() == ScanKind.FULL || news > 0 ? Logger.Level.INFO : Logger.Level.DEBUG,
                "Handover scan completed library=%s scan_id=%s bundles_seen=%d looks_told=%d news=%d unreadable=%d"
                        + " seconds=%.3f",
                library.name(),
                attempt.scanId(),
                counts.filesSeen(),
                told,
                news,
                counts.directoriesUnreadable(),
                attempt.age().toMillis() / 1000.0);
    }

    private void makeVoid(Library library, ScanAttempt attempt, Hands hands, String reason) {
        settle(library, new Health.Stale(reason), hands);
        attempt.voidFor(reason, ScanCounts.NONE);
        metrics.ended(library.name(), attempt.kind(), ScanRun.State.VOID, attempt.age(), ScanCounts.NONE);
    }

    private void settle(Library library, Health health, Hands hands) {
        judge.settle(library.id(), health, hands.tenure()::verify);
        metrics.show(library, health);
        if (!health.word().equals(library.health().word())) {
            LOG.infof("library=%s is %s now %s", library.name(), health.word(), health.why());
        }
    }

    private static String nothingLeft(Library library, Probe.Passed root) {
        return root.root()
                + " holds neither a bundle nor a payload folder although bundles of it are known; see whether"
                + " the right directory is mounted there. If you removed them on purpose, set sluice.libraries."
                + library.name() + ".enabled=false.";
    }
}
