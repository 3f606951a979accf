package io.sluice.scanner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.contract.scanner.v1.LibraryKind;
import io.sluice.contract.scanner.v1.LibraryMode;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.contract.scanner.v1.LibraryView;
import io.sluice.contract.scanner.v1.ListLibrariesRequest;
import io.sluice.contract.scanner.v1.ReannounceBucketRequest;
import io.sluice.contract.scanner.v1.ScanDigest;
import io.sluice.contract.scanner.v1.ScanKind;
import io.sluice.contract.scanner.v1.StartScanRequest;
import io.sluice.messaging.grpc.GrpcErrors;
import io.sluice.testsupport.SluiceInfra;

/** The scanner's answers over the wire. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(ScannerLibraries.class)
class ScannerGrpcIT {

    private ScannerClient client;
    private LibraryUnderTest library;

    @BeforeEach
    void takeLibrary() {
        client = new ScannerClient();
        library = LibraryUnderTest.fresh(client.stub());
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void libraries_are_listed_by_name_with_what_is_known_of_them() throws IOException {
        library.file("a.jpg");
        library.fullScan();
        library.quickScan();

        List<LibraryView> all = client.stub()
                .listLibraries(ListLibrariesRequest.getDefaultInstance())
                .getLibrariesList();

        assertThat(all).extracting(view -> view.getState().getName()).isSorted().contains("missing", "unwanted");
        LibraryView view = library.view();
        assertThat(UUID.fromString(view.getState().getLibraryId()).version()).isEqualTo(7);
        assertThat(view.getState().getMount()).isEqualTo("test");
        assertThat(view.getState().getSubPath().toStringUtf8()).isEqualTo(library.name());
        assertThat(view.getState().getKind()).isEqualTo(LibraryKind.LIBRARY_KIND_LIBRARY);
        assertThat(view.getState().getMode()).isEqualTo(LibraryMode.LIBRARY_MODE_REFERENCED);
        assertThat(view.getState().getExcludedDirsList()).containsExactly("cache");
        assertThat(view.getPresentFiles()).isEqualTo(1);
        assertThat(view.getLastFullScan().getFilesTold()).isEqualTo(1);
        assertThat(view.getLastQuickScan().getFinishedAt().getSeconds()).isPositive();
    }

    @Test
    void what_cannot_be_done_is_refused_with_its_code() {
        assertRefused(
                ErrorCode.NOT_FOUND, Status.Code.NOT_FOUND, UUID.randomUUID().toString(), ScanKind.SCAN_KIND_FULL);
        assertRefused(ErrorCode.INVALID_REQUEST, Status.Code.INVALID_ARGUMENT, "no-uuid", ScanKind.SCAN_KIND_FULL);
        assertRefused(
                ErrorCode.INVALID_REQUEST, Status.Code.INVALID_ARGUMENT, library.id(), ScanKind.SCAN_KIND_UNSPECIFIED);
        assertThatThrownBy(() -> client.stub()
                        .reannounceBucket(ReannounceBucketRequest.newBuilder()
                                .setLibraryId(library.id())
                                .addBuckets(256)
                                .build()))
                .hasMessageContaining("256 is no bucket");
        assertThatThrownBy(() -> client.withoutToken().listLibraries(ListLibrariesRequest.getDefaultInstance()))
                .hasMessageContaining("UNAUTHENTICATED");
    }

    @Test
    void the_digest_of_a_full_scan_is_what_anybody_can_compute_from_what_was_told() throws Exception {
        for (int i = 0; i < 300; i++) {
            library.file("d/" + i + ".jpg");
        }
        library.fullScan();
        library.awaitStable();
        for (int i = 0; i < 40; i++) {
            Files.delete(library.root().resolve("d/" + i + ".jpg"));
        }
        String scanId = library.fullScan().getScanId();

        LibraryState state = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> library.states().getLast(),
                        last -> last.getLastFullScan().getScanId().equals(scanId));

        ScanDigest digest = state.getLastFullScan();
        assertThat(digest.getPresentFiles()).isEqualTo(260);
        assertThat(digest.getAbsentFiles()).isEqualTo(40);
        assertThat(digest.getBucketsList()).isEqualTo(digestsOf(library.told()));
    }

    @Test
    void a_bucket_is_told_again_as_it_is_with_unchanged_sequence_numbers() throws IOException {
        for (int i = 0; i < 600; i++) {
            library.file(i + ".jpg");
        }
        library.fullScan();
        library.awaitStable();
        Map<Long, FileObservation> latest = latest(library.told());
        int before = library.told().size();

        long told = client.stub()
                .reannounceBucket(ReannounceBucketRequest.newBuilder()
                        .setLibraryId(library.id())
                        .addAllBuckets(IntStream.range(0, 256).boxed().toList())
                        .build())
                .getFilesTold();
        LibraryUnderTest.awaitSent();

        assertThat(told).isEqualTo(600);
        assertThat(library.told()).hasSize(before + 600);
        assertThat(latest(library.told())).isEqualTo(latest);
        int bucket = (int) (latest.keySet().iterator().next() & 255);
        long inBucket =
                latest.keySet().stream().filter(id -> (id & 255) == bucket).count();
        assertThat(client.stub()
                        .reannounceBucket(ReannounceBucketRequest.newBuilder()
                                .setLibraryId(library.id())
                                .addBuckets(bucket)
                                .addBuckets(bucket)
                                .build())
                        .getFilesTold())
                .isEqualTo(inBucket);
    }

    private String start(String libraryId, ScanKind kind) {
        return client.stub()
                .startScan(StartScanRequest.newBuilder()
                        .setLibraryId(libraryId)
                        .setKind(kind)
                        .build())
                .getScanId();
    }

    private void assertRefused(ErrorCode code, Status.Code status, String libraryId, ScanKind kind) {
        assertThatThrownBy(() -> start(libraryId, kind))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
                    assertThat(refused.getStatus().getCode()).isEqualTo(status);
                    assertThat(GrpcErrors.toCoded(refused).code()).isEqualTo(code);
                });
    }

    private static Map<Long, FileObservation> latest(List<FileObservation> told) {
        return told.stream()
                .collect(Collectors.toMap(
                        FileObservation::getFileId,
                        file -> file,
                        (one, other) -> one.getSequence() > other.getSequence() ? one : other));
    }

    /** The contract's words in plain Java, from the topic alone. */
    private static List<Long> digestsOf(List<FileObservation> told) throws Exception {
        List<Long> buckets = new ArrayList<>(Collections.nCopies(256, 0L));
        for (FileObservation file : latest(told).values()) {
            String text = file.getFileId() + ":" + file.getSequence() + ":" + (file.getPresent() ? 1 : 0);
            byte[] md5 = MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
            int bucket = (int) (file.getFileId() & 255);
            buckets.set(bucket, buckets.get(bucket) ^ ByteBuffer.wrap(md5).getLong());
        }
        return buckets;
    }
}
