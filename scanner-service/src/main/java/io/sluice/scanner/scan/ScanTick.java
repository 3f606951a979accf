package io.sluice.scanner.scan;

import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.sluice.messaging.Transactions;
import io.sluice.messaging.lease.Duty.Tenure;
import io.sluice.scanner.handover.KnownBundles;
import io.sluice.scanner.library.Health;
import io.sluice.scanner.library.JudgeLibrary;
import io.sluice.scanner.library.Library;
import io.sluice.scanner.library.LibraryId;
import io.sluice.scanner.library.LibraryKind;
import io.sluice.scanner.library.LibraryRepository;
import io.sluice.scanner.scan.ScanLibrary.Hands;

/** One run of a library's duty: what is due now, in order. Remembers from run to run what its tenure saw. */
final class ScanTick {

    private final LibraryId id;
    private final Transactions transactions;
    private final LibraryRepository libraries;
    private final JudgeLibrary judge;
    private final ScanRuns runs;
    private final ScanLibrary scans;
    private final ScanHandover handovers;
    private final TellDigest digests;
    private final Supplier<LookAgain> freshLookAgain;
    private final ScanConfig config;
    private final ScanMetrics metrics;
    private final ScanWatch watch = new ScanWatch();
    private @Nullable Hands hands;

    ScanTick(
            LibraryId id,
            Transactions transactions,
            LibraryRepository libraries,
            JudgeLibrary judge,
            ScanRuns runs,
            ScanLibrary scans,
            ScanHandover handovers,
            TellDigest digests,
            Supplier<LookAgain> freshLookAgain,
            ScanConfig config,
            ScanMetrics metrics) {
        this.id = id;
        this.transactions = transactions;
        this.libraries = libraries;
        this.judge = judge;
        this.runs = runs;
        this.scans = scans;
        this.handovers = handovers;
        this.digests = digests;
        this.freshLookAgain = freshLookAgain;
        this.config = config;
        this.metrics = metrics;
    }

    ScanWatch watch() {
        return watch;
    }

    void run(Tenure tenure) {
        Hands now = hands(tenure);
        Library library =
                transactions.read(handle -> libraries.find(handle, id)).orElseThrow();
        if (!judge.wanted(library)) {
            settle(library, judge.notWanted(library), tenure);
            return;
        }
        Optional<ScanRuns.Order> asked = transactions.read(handle -> runs.requested(handle, id));
        Optional<ScanKind> due = now.memory().due(config);
        if (library.kind() == LibraryKind.HANDOVER) {
            lookForBundles(library, asked, due, now);
        } else if (asked.isPresent()) {
            scans.scan(library, raised(asked.get(), due), now);
        } else if (due.isPresent()) {
            scans.scan(library, new ScanRuns.Order(ScanRuns.newId(), due.get()), now);
        } else {
            metrics.show(library, library.health());
            lookAgain(library, now);
        }
        if (!tenure.over()) {
            digests.tellIfDue(id, tenure::verify);
        }
    }

    /** The first run of a tenure starts afresh, and ends what earlier ones left open. */
    private Hands hands(Tenure tenure) {
        Hands known = hands;
        if (known == null || known.memory().token() != tenure.token()) {
            transactions.run(tx -> {
                tenure.verify(tx);
                runs.interruptRunning(tx, id);
            });
            known = new Hands(tenure, new ScanMemory(tenure.token()), new KnownBundles(), freshLookAgain.get(), watch);
            hands = known;
        }
        return known;
    }

    /** A full scan that is due answers a request for a quick one as well. */
    private static ScanRuns.Order raised(ScanRuns.Order asked, Optional<ScanKind> due) {
        return due.filter(kind -> kind == ScanKind.FULL)
                .map(full -> new ScanRuns.Order(asked.scanId(), full))
                .orElse(asked);
    }

    private void lookAgain(Library library, Hands now) {
        if (library.health() instanceof Health.Online) {
            now.memory().last().ifPresent(last -> now.lookAgain()
                    .ifDue(new ScanContext(library, last.root().root(), last.scanId(), now.tenure()::verify), watch));
        }
    }

    /** A bundle that is released is seen with the next tick: the root changed, and asking that costs one look. */
    private void lookForBundles(Library library, Optional<ScanRuns.Order> asked, Optional<ScanKind> due, Hands now) {
        if (asked.isPresent()) {
            handovers.scan(library, raised(asked.get(), due), true, now);
        } else if (due.isPresent()) {
            handovers.scan(library, new ScanRuns.Order(ScanRuns.newId(), due.get()), false, now);
        } else if (handovers.hasNews(library, now)) {
            handovers.scan(library, new ScanRuns.Order(ScanRuns.newId(), ScanKind.QUICK), false, now);
        } else {
            metrics.show(library, library.health());
        }
    }

    private void settle(Library library, Health health, Tenure tenure) {
        judge.settle(id, health, tenure::verify);
        metrics.show(library, health);
    }
}
