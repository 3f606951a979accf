package io.sluice.scanner.scan;

import jakarta.inject.Singleton;

import io.sluice.messaging.Transactions;
import io.sluice.messaging.lease.Duty.Tenure;
import io.sluice.scanner.library.LibraryId;

/** Opens scans. */
@Singleton
class ScanAttempts {

    private final Transactions transactions;
    private final ScanRuns runs;
    private final TellDigest digests;

    ScanAttempts(Transactions transactions, ScanRuns runs, TellDigest digests) {
        this.transactions = transactions;
        this.runs = runs;
        this.digests = digests;
    }

    ScanAttempt open(LibraryId library, ScanRuns.Order order, Tenure tenure) {
        return new ScanAttempt(transactions, runs, digests, library, order, tenure);
    }
}
