package io.sluice.scanner.scan;

import java.time.Instant;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorKind;
import io.sluice.messaging.Spans;
import io.sluice.messaging.lease.Duty.Tenure;
import io.sluice.scanner.handover.KnownBundles;
import io.sluice.scanner.library.Health;
import io.sluice.scanner.library.JudgeLibrary;
import io.sluice.scanner.library.Library;
import io.sluice.scanner.library.Probe;
import io.sluice.scanner.library.ProbeLibrary;
import io.sluice.scanner.walk.DirectoryWalker;
import io.sluice.scanner.walk.ExcludedDirectories;
import io.sluice.scanner.walk.Stats;
import io.sluice.scanner.walk.WalkResult;
import io.sluice.scanner.walk.WalkRules;

/**
 * One scan of one library: probe, walk (each batch of files: detect, plan, commit), probe again, and after a full walk
 * between two passed probes conclude what is absent. A library that is not provably there before and after makes the
 * scan void: its health is stale and nothing is concluded.
 */
@Singleton
class ScanLibrary {

    private static final Logger LOG = Logger.getLogger(ScanLibrary.class);

    private final ScanAttempts attempts;
    private final ProbeLibrary probe;
    private final JudgeLibrary judge;
    private final LookAtFiles look;
    private final ConcludeAbsences absences;
    private final Stats stats;
    private final ScanConfig config;
    private final ScanMetrics metrics;

    ScanLibrary(
            ScanAttempts attempts,
            ProbeLibrary probe,
            JudgeLibrary judge,
            LookAtFiles look,
            ConcludeAbsences absences,
            Stats stats,
            ScanConfig config,
            ScanMetrics metrics) {
        this.attempts = attempts;
        this.probe = probe;
        this.judge = judge;
        this.look = look;
        this.absences = absences;
        this.stats = stats;
        this.config = config;
        this.metrics = metrics;
    }

    /** What the duty gives a scan to work with. */
    record Hands(Tenure tenure, ScanMemory memory, KnownBundles bundles, LookAgain lookAgain, ScanWatch watch) {}

    /** Ends with the scan's row ended, unless the tenure is over. */
    void scan(Library library, ScanRuns.Order order, Hands hands) {
        Spans.did("scan", library.name(), () -> probeBeforeWalk(library, order, hands));
    }

    private void probeBeforeWalk(Library library, ScanRuns.Order order, Hands hands) {
        try (ScanAttempt attempt = attempts.open(library.id(), order, hands.tenure)) {
            switch (probe.probe(library)) {
                case Probe.Failed(String reason) -> makeVoid(library, attempt, hands, reason, ScanCounts.NONE);
                case Probe.Passed before -> {
                    settle(library, new Health.Online(), hands);
                    walk(library, attempt, hands, before);
                }
            }
            hands.memory.tried();
        } catch (CodedException failure) {
            if (failure.code().kind() != ErrorKind.CAPACITY) {
                hands.memory.tried();
            }
            // After an outage the scan is made again at once, not an interval later.
            throw failure;
        } catch (RuntimeException failure) {
            hands.memory.tried();
            throw failure;
        }
    }

    private void walk(Library library, ScanAttempt attempt, Hands hands, Probe.Passed before) {
        Instant startedAt = Instant.now();
        Tenure tenure = hands.tenure;
        ScanContext context = new ScanContext(library, before.root(), attempt.scanId(), tenure::verify);
        ScanWalk walk = new ScanWalk(context, look, hands.lookAgain, attempt, hands.watch, tenure::over, hands.memory);
        WalkRules rules = new WalkRules(config.mediaExtensions(), new ExcludedDirectories(library.excludedDirs()));
        WalkResult result = DirectoryWalker.walk(before.root(), rules, walk, stats);
        walk.flush();
        metrics.told(library.name(), walk.told());
        ScanCounts counts = new ScanCounts(result.files(), walk.told(), result.unreadable());
        if (!result.complete()) {
            return;
        }
        switch (probe.probe(library).after(before)) {
            case Probe.Failed(String reason) -> makeVoid(library, attempt, hands, reason, counts);
            case Probe.Passed after
            when result.files() == 0 && filesKnown(library) ->
                makeVoid(library, attempt, hands, nothingLeft(library, after), counts);
            case Probe.Passed after -> {
                // Also when the walk had hung for a while, and was told as stale for that.
                settle(library, new Health.Online(), hands);
                long absent = attempt.kind() == ScanKind.FULL
                        ? absences.conclude(context, walk.seenIds(), result.doubts(), tenure::over)
                        : 0;
                if (!tenure.over()) {
                    complete(library, attempt, result, counts, absent);
                    hands.memory.completed(
                            attempt.kind(),
                            new ScanMemory.Last(attempt.scanId(), after, startedAt, walk.directories()));
                }
            }
        }
    }

    private void complete(Library library, ScanAttempt attempt, WalkResult result, ScanCounts seen, long absent) {
        boolean full = attempt.kind() == ScanKind.FULL;
        ScanCounts counts = new ScanCounts(seen.filesSeen(), seen.filesTold() + absent, seen.directoriesUnreadable());
        String open = !full || result.unreadable() == 0
                ? ""
                : result.doubts().everywhere()
                        ? "Too many places could not be read; no file was concluded to be absent."
                        : result.unreadable() + " places could not be read; what lies there was left as it is.";
        attempt.complete(counts, open);
        metrics.absent(library.name(), absent);
        metrics.ended(library.name(), attempt.kind(), ScanRun.State.COMPLETED, attempt.age(), counts);
        LOG.logf(
                full || counts.filesTold() > 0 ? Logger.Level.INFO : Logger.Level.DEBUG,
                "%s scan completed library=%s scan_id=%s files_seen=%d files_told=%d files_absent=%d"
                        + " directories_unreadable=%d seconds=%.1f %s",
                full ? "Full" : "Quick",
                library.name(),
                attempt.scanId(),
                counts.filesSeen(),
                counts.filesTold(),
                absent,
                counts.directoriesUnreadable(),
                attempt.age().toMillis() / 1000.0,
                open);
    }

    private void makeVoid(Library library, ScanAttempt attempt, Hands hands, String reason, ScanCounts counts) {
        settle(library, new Health.Stale(reason), hands);
        attempt.voidFor(reason, counts);
        metrics.ended(library.name(), attempt.kind(), ScanRun.State.VOID, attempt.age(), counts);
    }

    private void settle(Library library, Health health, Hands hands) {
        judge.settle(library.id(), health, hands.tenure::verify);
        metrics.show(library, health);
        if (!health.word().equals(library.health().word())) {
            LOG.infof("library=%s is %s now %s", library.name(), health.word(), health.why());
        }
    }

    /** As the probe has just asked it; what it cannot tell has failed the probe. */
    private static boolean filesKnown(Library library) {
        return library.presentFiles() > 0;
    }

    private static String nothingLeft(Library library, Probe.Passed root) {
        return root.root() + " holds no media file at all although files of it are known; see whether all that belongs"
                + " there is mounted. If you removed them on purpose, set sluice.libraries." + library.name()
                + ".enabled=false.";
    }
}
