package io.sluice.gateway.world;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.uuid.Generators;

import io.grpc.stub.StreamObserver;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.scanner.v1.GetScanRequest;
import io.sluice.contract.scanner.v1.LibraryView;
import io.sluice.contract.scanner.v1.ListLibrariesRequest;
import io.sluice.contract.scanner.v1.ListLibrariesResponse;
import io.sluice.contract.scanner.v1.ScanDetail;
import io.sluice.contract.scanner.v1.ScanRun;
import io.sluice.contract.scanner.v1.ScanState;
import io.sluice.contract.scanner.v1.ScannerServiceGrpc.ScannerServiceImplBase;
import io.sluice.contract.scanner.v1.StartScanRequest;
import io.sluice.contract.scanner.v1.StartScanResponse;

/** Libraries in memory; a scan that is asked for waits until the test lets it run. */
public final class FakeScanner extends ScannerServiceImplBase {

    private final Map<String, LibraryView> libraries = new ConcurrentSkipListMap<>();
    private final Map<String, StartScanRequest> scans = new ConcurrentHashMap<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private volatile StartScanRequest asked;

    public void library(LibraryView view) {
        libraries.put(view.getState().getLibraryId(), view);
    }

    public void remove(String libraryId) {
        libraries.remove(libraryId);
    }

    public StartScanRequest asked() {
        return asked;
    }

    /** The idempotency keys that scans were asked for with, one a scan; empty for none. */
    public List<String> keys() {
        return keys;
    }

    /** Lets the scan that was asked for last run. */
    public void runScan(String scanId) {
        LibraryView view = libraries.get(asked.getLibraryId());
        library(view.toBuilder()
                .setRunningScan(ScanRun.newBuilder()
                        .setScanId(scanId)
                        .setKind(asked.getKind())
                        .setState(ScanState.SCAN_STATE_RUNNING)
                        .setFilesSeen(7))
                .build());
    }

    @Override
    public void listLibraries(ListLibrariesRequest request, StreamObserver<ListLibrariesResponse> answer) {
        answer.onNext(ListLibrariesResponse.newBuilder()
                .addAllLibraries(libraries.values())
                .build());
        answer.onCompleted();
    }

    @Override
    public void startScan(StartScanRequest request, StreamObserver<StartScanResponse> answer) {
        if (!libraries.containsKey(request.getLibraryId())) {
            answer.onError(FakeServer.coded(ErrorCode.NOT_FOUND, "There is no library with this id."));
            return;
        }
        asked = request;
        keys.add(FakeServer.COMMAND_KEY.get());
        String id = Generators.timeBasedEpochGenerator().generate().toString();
        scans.put(id, request);
        FakeServer.tell(answer, StartScanResponse.newBuilder().setScanId(id).build());
    }

    @Override
    public void getScan(GetScanRequest request, StreamObserver<ScanDetail> answer) {
        StartScanRequest scan = scans.get(request.getScanId());
        if (scan == null) {
            answer.onError(FakeServer.coded(ErrorCode.NOT_FOUND, "There is no such scan."));
            return;
        }
        ScanDetail.Builder detail =
                ScanDetail.newBuilder().setLibraryId(scan.getLibraryId()).setKind(scan.getKind());
        LibraryView library = libraries.get(scan.getLibraryId());
        if (library != null && library.getRunningScan().getScanId().equals(request.getScanId())) {
            detail.setRun(library.getRunningScan());
        }
        FakeServer.tell(answer, detail.build());
    }
}
