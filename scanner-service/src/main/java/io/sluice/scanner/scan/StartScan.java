package io.sluice.scanner.scan;

import jakarta.inject.Singleton;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.scanner.library.JudgeLibrary;
import io.sluice.scanner.library.Library;
import io.sluice.scanner.library.LibraryId;
import io.sluice.scanner.library.LibraryRepository;

/** Asks for a scan as soon as the library's duty is free. */
@Singleton
public class StartScan {

    private final LibraryRepository libraries;
    private final JudgeLibrary judge;
    private final ScanRuns runs;
    private final ScanDuties duties;

    StartScan(LibraryRepository libraries, JudgeLibrary judge, ScanRuns runs, ScanDuties duties) {
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
    public String start(Handle tx, LibraryId id, ScanKind kind) {
        Library library = libraries
                .find(tx, id)
                .orElseThrow(() -> new CodedException(
                        ErrorCode.NOT_FOUND, "There is no library " + id + "; ListLibraries names those there are."));
        if (!judge.wanted(library)) {
            throw new CodedException(
                    ErrorCode.CONFLICT,
                    "Library \"" + library.name() + "\" is not scanned. "
                            + judge.notWanted(library).why());
        }
        tx.afterCommit(() -> duties.wake(id));
        return runs.request(tx, id, kind).scanId();
    }
}
