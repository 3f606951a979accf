package io.sluice.ingest.observation;

import java.util.List;
import java.util.concurrent.TimeUnit;
import jakarta.enterprise.context.ApplicationScoped;

import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GrpcClient;
import io.sluice.contract.scanner.v1.ReannounceBucketRequest;
import io.sluice.contract.scanner.v1.ScannerServiceGrpc.ScannerServiceBlockingStub;
import io.sluice.messaging.grpc.GrpcErrors;

/** Asks the scanner; the only thing that goes against the stream of facts. */
@ApplicationScoped
class ScannerClient {

    /** A bucket of a library of a million files is 4,000 rows to append; all of them are a minute. */
    private static final long LIMIT_SECONDS = 120;

    private final ScannerServiceBlockingStub scanner;

    ScannerClient(@GrpcClient("scanner") ScannerServiceBlockingStub scanner) {
        this.scanner = scanner;
    }

    /**
     * Has the files of these buckets told once more.
     *
     * @return how many will be
     * @throws io.sluice.contract.CodedException e.g. {@code SERVICE_UNAVAILABLE}
     */
    long reannounce(String libraryId, List<Integer> buckets) {
        try {
            return scanner.withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .reannounceBucket(ReannounceBucketRequest.newBuilder()
                            .setLibraryId(libraryId)
                            .addAllBuckets(buckets)
                            .build())
                    .getFilesTold();
        } catch (StatusRuntimeException e) {
            throw GrpcErrors.toCoded(e);
        }
    }
}
