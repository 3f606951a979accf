package io.sluice.scanner;

import java.util.List;
import jakarta.inject.Singleton;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.scanner.v1.LibraryView;
import io.sluice.contract.scanner.v1.ScanDetail;
import io.sluice.contract.scanner.v1.ScanRun;
import io.sluice.contract.scanner.v1.ScanState;
import io.sluice.messaging.Transactions;
import io.sluice.scanner.library.Library;
import io.sluice.scanner.library.LibraryId;
import io.sluice.scanner.library.LibraryRepository;
import io.sluice.scanner.library.LibraryStates;
import io.sluice.scanner.library.TellLibrary;
import io.sluice.scanner.scan.ScanKind;
import io.sluice.scanner.scan.ScanRuns;

/** Libraries with their scans, as a question about them is answered. */
@Singleton
class LibraryViews {

    private final Transactions transactions;
    private final LibraryRepository libraries;
    private final TellLibrary told;
    private final ScanRuns runs;

    LibraryViews(Transactions transactions, LibraryRepository libraries, TellLibrary told, ScanRuns runs) {
        this.transactions = transactions;
        this.libraries = libraries;
        this.told = told;
        this.runs = runs;
    }

    /** By name. */
    List<LibraryView> all() {
        return transactions.read(handle -> libraries.all(handle).stream()
                .map(library -> view(handle, library))
                .toList());
    }

    boolean exists(LibraryId library) {
        return transactions.read(handle -> libraries.find(handle, library)).isPresent();
    }

    /** @throws CodedException {@code NOT_FOUND} for one that never was asked for, or is so old that it was forgotten */
    ScanDetail scan(String scanId) {
        return transactions
                .read(handle -> runs.find(handle, scanId))
                .map(found -> {
                    ScanDetail.Builder detail = ScanDetail.newBuilder()
                            .setLibraryId(found.library())
                            .setKind(kind(found.kind()));
                    if (found.run() != null) {
                        detail.setRun(scan(found.run()));
                    }
                    return detail.build();
                })
                .orElseThrow(() -> new CodedException(ErrorCode.NOT_FOUND, "No scan has the id " + scanId + "."));
    }

    private static io.sluice.contract.scanner.v1.ScanKind kind(ScanKind kind) {
        return switch (kind) {
            case QUICK -> io.sluice.contract.scanner.v1.ScanKind.SCAN_KIND_QUICK;
            case FULL -> io.sluice.contract.scanner.v1.ScanKind.SCAN_KIND_FULL;
        };
    }

    private LibraryView view(Handle handle, Library library) {
        LibraryView.Builder view =
                LibraryView.newBuilder().setPresentFiles(library.presentFiles()).setAbsentFiles(library.absentFiles());
        told.lastTold(handle, library).ifPresent(view::setState);
        runs.running(handle, library.id()).ifPresent(run -> view.setRunningScan(scan(run)));
        runs.latest(handle, library.id(), ScanKind.QUICK).ifPresent(run -> view.setLastQuickScan(scan(run)));
        runs.latest(handle, library.id(), ScanKind.FULL).ifPresent(run -> view.setLastFullScan(scan(run)));
        return view.build();
    }

    private static ScanRun scan(io.sluice.scanner.scan.ScanRun run) {
        ScanRun.Builder scan = ScanRun.newBuilder()
                .setScanId(run.scanId())
                .setKind(kind(run.kind()))
                .setState(
                        switch (run.state()) {
                            case RUNNING -> ScanState.SCAN_STATE_RUNNING;
                            case COMPLETED -> ScanState.SCAN_STATE_COMPLETED;
                            case VOID -> ScanState.SCAN_STATE_VOID;
                            case INTERRUPTED -> ScanState.SCAN_STATE_INTERRUPTED;
                        })
                .setReason(run.reason())
                .setStartedAt(LibraryStates.timestamp(run.startedAt()))
                .setFilesSeen(run.filesSeen())
                .setFilesTold(run.filesTold())
                .setDirectoriesUnreadable(run.directoriesUnreadable());
        if (run.finishedAt() != null) {
            scan.setFinishedAt(LibraryStates.timestamp(run.finishedAt()));
        }
        return scan.build();
    }
}
