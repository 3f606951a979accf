package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.contract.scanner.v1.ReannounceBucketRequest;
import io.sluice.contract.scanner.v1.ReannounceBucketResponse;
import io.sluice.contract.scanner.v1.ScannerServiceGrpc;
import io.sluice.ingest.world.Ingested;
import io.sluice.ingest.world.Surroundings;
import io.sluice.ingest.world.ToldLibrary;
import io.sluice.testsupport.SluiceInfra;

/** Section 5.2 of the architecture: what was lost on the way is found by digests and told again. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class BucketComparisonIT {

    private final List<ReannounceBucketRequest> asked = new CopyOnWriteArrayList<>();

    @Test
    void lostMessagesAndLostRowsHealAfterOneFullScan() throws IOException {
        ToldLibrary library = ToldLibrary.online("heal");
        List<FileObservation> seen = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            library.write("f%02d.txt".formatted(i), "content " + i + library.id());
            seen.add(library.see("f%02d.txt".formatted(i)));
        }
        List<FileObservation> lost = List.of(seen.get(3), seen.get(17));
        library.tell(seen.stream().filter(one -> !lost.contains(one)).toList());
        seen.stream().filter(one -> !lost.contains(one)).forEach(Ingested::hash);
        FileObservation dropped = seen.get(25);
        Ingested.database()
                .execute(
                        "DELETE FROM file_location WHERE library_id = ? AND file_id = ?",
                        library.id(),
                        dropped.getFileId());

        // The scanner is down when the digest comes: asking waits for it.
        String scan = library.tellDigest();
        Ingested.await("the digest waits for the scanner")
                .until(() -> Ingested.database()
                                .number(
                                        "SELECT COUNT(*) FROM scan_digest WHERE scan_id = ? AND end_offsets IS NOT NULL"
                                                + " AND looks > 0",
                                        scan)
                        == 1);
        assertThat(asked).isEmpty();

        Server scanner = scanner(library);
        try {
            settled(scan, "equal");
            Set<Integer> differing = new TreeSet<>();
            lost.forEach(one -> differing.add((int) (one.getFileId() & 255)));
            differing.add((int) (dropped.getFileId() & 255));
            assertThat(asked).singleElement().satisfies(request -> {
                assertThat(request.getLibraryId()).isEqualTo(library.id());
                assertThat(request.getBucketsList().stream().collect(Collectors.toSet()))
                        .isEqualTo(differing);
            });
            seen.forEach(Ingested::hash);
            // The row that was deleted by hand was counted twice, until the comparison counted.
            assertThat(Ingested.database()
                            .number("SELECT SUM(present) FROM library_count WHERE library_id = ?", library.id()))
                    .isEqualTo(40);

            settled(library.tellDigest(), "equal");
            assertThat(asked).hasSize(1);
        } finally {
            scanner.shutdownNow();
        }
    }

    private static void settled(String scan, String state) {
        Ingested.await("scan " + scan + " is " + state)
                .atMost(Duration.ofSeconds(60))
                .until(() -> Ingested.database()
                        .strings("SELECT state FROM scan_digest WHERE scan_id = ?", scan)
                        .contains(state));
    }

    /** Tells the files of the buckets once more, with the numbers that they have. */
    private Server scanner(ToldLibrary library) throws IOException {
        int port = ConfigProvider.getConfig().getValue("quarkus.grpc.clients.scanner.port", Integer.class);
        return ServerBuilder.forPort(port)
                .addService(new ScannerServiceGrpc.ScannerServiceImplBase() {
                    @Override
                    public void reannounceBucket(
                            ReannounceBucketRequest request, StreamObserver<ReannounceBucketResponse> answer) {
                        asked.add(request);
                        List<FileObservation> again = library.current().stream()
                                .filter(one -> request.getBucketsList().contains((int) (one.getFileId() & 255)))
                                .toList();
                        library.tell(again);
                        answer.onNext(ReannounceBucketResponse.newBuilder()
                                .setFilesTold(again.size())
                                .build());
                        answer.onCompleted();
                    }
                })
                .build()
                .start();
    }
}
