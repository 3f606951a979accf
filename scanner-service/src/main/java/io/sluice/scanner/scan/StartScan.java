package io.sluice.scanner.scan;

import jakarta.inject.Singleton;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.Transactions;
import io.sluice.scanner.library.JudgeLibrary;
import io.sluice.scanner.library.Library;
import io.sluice.scanner.library.LibraryId;
import io.sluice.scanner.library.LibraryRepository;

/** Asks for a scan as soon as the library's duty is free. */
@Singleton
public class StartScan {

    private final Transactions transactions;
    private final LibraryRepository libraries;
    private final JudgeLibrary judge;
    private final ScanRuns runs;
    private final ScanDuties duties;

    StartScan(
            Transactions transactions,
            LibraryRepository libraries,
            JudgeLibrary judge,
            ScanRuns runs,
            ScanDuties duties) {
        this.transactions = transactions;
        this.libraries = libraries;
        this.judge = judge;
        this.runs = runs;
        this.duties = duties;
    }

    /**
     * Asking while another request waits is that request.
     *
     * @return the id of the scan that will answer
     * @throws CodedException {@code NOT_FOUND}, or {@code CONFLICT} when the library is not scanned at all
     */
    public String start(LibraryId id, ScanKind kind) {
        String scanId = transactions.call(tx -> {
            Library library = libraries
                    .find(tx, id)
                    .orElseThrow(() -> new CodedException(
                            ErrorCode.NOT_FOUND,
                            "There is no library " + id + "; ListLibraries names those there are."));
            if (!judge.wanted(library)) {
                throw new CodedException(
                        ErrorCode.CONFLICT,
                        "Library \"" + library.name() + "\" is not scanned. "
                                + judge.notWanted(library).why());
            }
            return runs.request(tx, id, kind).scanId();
        });
        duties.wake(id);
        return scanId;
    }
}
