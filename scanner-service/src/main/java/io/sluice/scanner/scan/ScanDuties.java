package io.sluice.scanner.scan;

import jakarta.inject.Singleton;

import io.sluice.messaging.Transactions;
import io.sluice.messaging.lease.Duties;
import io.sluice.scanner.inventory.Inventory;
import io.sluice.scanner.library.JudgeLibrary;
import io.sluice.scanner.library.Library;
import io.sluice.scanner.library.LibraryId;
import io.sluice.scanner.library.LibraryRepository;
import io.sluice.scanner.walk.StabilityGate;
import io.sluice.scanner.walk.Stats;

/** Starts a duty for each library, and wakes it. */
@Singleton
public class ScanDuties {

    private final Duties duties;
    private final Transactions transactions;
    private final LibraryRepository libraries;
    private final JudgeLibrary judge;
    private final ScanRuns runs;
    private final ScanLibrary scans;
    private final ScanHandover handovers;
    private final TellDigest digests;
    private final Inventory inventory;
    private final LookAtFiles look;
    private final Stats stats;
    private final StabilityGate gate;
    private final ScanConfig config;
    private final ScanMetrics metrics;

    ScanDuties(
            Duties duties,
            Transactions transactions,
            LibraryRepository libraries,
            JudgeLibrary judge,
            ScanRuns runs,
            ScanLibrary scans,
            ScanHandover handovers,
            TellDigest digests,
            Inventory inventory,
            LookAtFiles look,
            Stats stats,
            StabilityGate gate,
            ScanConfig config,
            ScanMetrics metrics) {
        this.duties = duties;
        this.transactions = transactions;
        this.libraries = libraries;
        this.judge = judge;
        this.runs = runs;
        this.scans = scans;
        this.handovers = handovers;
        this.digests = digests;
        this.inventory = inventory;
        this.look = look;
        this.stats = stats;
        this.gate = gate;
        this.config = config;
        this.metrics = metrics;
    }

    /** Competes for the library's scans from now on. */
    public void start(Library library) {
        duties.start(new ScanDuty(library, tick(library.id()), judge, config, metrics));
    }

    /** Has what was asked for done now if this instance owns it; another one finds it within seconds. */
    public void wake(LibraryId library) {
        duties.wake(ScanDuty.nameOf(library));
    }

    ScanTick tick(LibraryId library) {
        return new ScanTick(
                library,
                transactions,
                libraries,
                judge,
                runs,
                scans,
                handovers,
                digests,
                this::lookAgain,
                config,
                metrics);
    }

    private LookAgain lookAgain() {
        return new LookAgain(transactions, inventory, look, stats, gate, config, metrics);
    }
}
