package io.sluice.scanner;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.scanner.v1.GetScanRequest;
import io.sluice.contract.scanner.v1.ListLibrariesRequest;
import io.sluice.contract.scanner.v1.ListLibrariesResponse;
import io.sluice.contract.scanner.v1.ReannounceBucketRequest;
import io.sluice.contract.scanner.v1.ReannounceBucketResponse;
import io.sluice.contract.scanner.v1.ScanDetail;
import io.sluice.contract.scanner.v1.ScannerServiceGrpc;
import io.sluice.contract.scanner.v1.StartScanRequest;
import io.sluice.contract.scanner.v1.StartScanResponse;
import io.sluice.messaging.command.CommandsOnce;
import io.sluice.messaging.grpc.GrpcAnswers;
import io.sluice.scanner.inventory.ReannounceFiles;
import io.sluice.scanner.library.LibraryId;
import io.sluice.scanner.scan.ScanKind;
import io.sluice.scanner.scan.StartScan;

/** The scanner's door for other services. */
@GrpcService
class ScannerGrpc extends ScannerServiceGrpc.ScannerServiceImplBase {

    private final LibraryViews views;
    private final StartScan startScan;
    private final ReannounceFiles reannounce;
    private final CommandsOnce once;

    ScannerGrpc(LibraryViews views, StartScan startScan, ReannounceFiles reannounce, CommandsOnce once) {
        this.views = views;
        this.startScan = startScan;
        this.reannounce = reannounce;
        this.once = once;
    }

    @Override
    public void listLibraries(ListLibrariesRequest request, StreamObserver<ListLibrariesResponse> answer) {
        GrpcAnswers.answer(answer, () -> ListLibrariesResponse.newBuilder()
                .addAllLibraries(views.all())
                .build());
    }

    @Override
    public void startScan(StartScanRequest request, StreamObserver<StartScanResponse> answer) {
        GrpcAnswers.answer(
                answer,
                () -> once.answer(request, StartScanResponse.parser(), tx -> StartScanResponse.newBuilder()
                        .setScanId(startScan.start(tx, library(request.getLibraryId()), kind(request)))
                        .build()));
    }

    @Override
    public void getScan(GetScanRequest request, StreamObserver<ScanDetail> answer) {
        GrpcAnswers.answer(answer, () -> views.scan(request.getScanId()));
    }

    @Override
    public void reannounceBucket(ReannounceBucketRequest request, StreamObserver<ReannounceBucketResponse> answer) {
        GrpcAnswers.answer(answer, () -> ReannounceBucketResponse.newBuilder()
                .setFilesTold(reannounce.reannounce(known(library(request.getLibraryId())), buckets(request)))
                .build());
    }

    private LibraryId known(LibraryId library) {
        return Optional.of(library)
                .filter(views::exists)
                .orElseThrow(() -> new CodedException(ErrorCode.NOT_FOUND, "There is no library " + library + "."));
    }

    private static LibraryId library(String id) {
        try {
            return LibraryId.of(id);
        } catch (IllegalArgumentException malformed) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST, "library_id: \"" + id + "\" is no UUID; ListLibraries names them.");
        }
    }

    private static ScanKind kind(StartScanRequest request) {
        return switch (request.getKind()) {
            case SCAN_KIND_QUICK -> ScanKind.QUICK;
            case SCAN_KIND_FULL -> ScanKind.FULL;
            case SCAN_KIND_UNSPECIFIED, UNRECOGNIZED ->
                throw new CodedException(ErrorCode.INVALID_REQUEST, "kind: say SCAN_KIND_QUICK or SCAN_KIND_FULL.");
        };
    }

    private static Set<Integer> buckets(ReannounceBucketRequest request) {
        Set<Integer> buckets = new HashSet<>(request.getBucketsList());
        for (int bucket : buckets) {
            if (bucket < 0 || bucket > 255) {
                throw new CodedException(
                        ErrorCode.INVALID_REQUEST, "buckets: " + bucket + " is no bucket; they are 0 to 255.");
            }
        }
        return buckets;
    }
}
