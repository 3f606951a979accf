package io.sluice.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;

import com.google.protobuf.InvalidProtocolBufferException;

import io.sluice.contract.Topics;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.contract.scanner.v1.LibraryView;
import io.sluice.contract.scanner.v1.ListLibrariesRequest;
import io.sluice.contract.scanner.v1.ScanKind;
import io.sluice.contract.scanner.v1.ScanRun;
import io.sluice.contract.scanner.v1.ScannerServiceGrpc.ScannerServiceBlockingStub;
import io.sluice.contract.scanner.v1.StartScanRequest;
import io.sluice.testsupport.SluiceInfra;

/** One library of the application under test: its files, its scans, what was told of it. */
public final class LibraryUnderTest {

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ScannerServiceBlockingStub scanner;
    private final String name;
    private final String id;
    private final Path root;

    private LibraryUnderTest(ScannerServiceBlockingStub scanner, String name) {
        this.scanner = scanner;
        this.name = name;
        this.root = ScannerLibraries.rootOf(name);
        this.id = SluiceInfra.database()
                .strings("SELECT id FROM library WHERE name = ?", name)
                .getFirst();
    }

    /** One that no other test has; its first scan is over. */
    public static LibraryUnderTest fresh(ScannerServiceBlockingStub scanner) {
        String name = ScannerLibraries.name(NEXT.getAndIncrement());
        LibraryUnderTest library = new LibraryUnderTest(scanner, name);
        Awaitility.await("first scan of " + name).atMost(LIMIT).until(() -> library.view()
                .hasLastFullScan());
        return library;
    }

    public static LibraryUnderTest named(ScannerServiceBlockingStub scanner, String name) {
        return new LibraryUnderTest(scanner, name);
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Path root() {
        return root;
    }

    public Path file(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "content of " + path);
    }

    public LibraryView view() {
        return scanner.listLibraries(ListLibrariesRequest.getDefaultInstance()).getLibrariesList().stream()
                .filter(view -> view.getState().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public ScanRun quickScan() {
        return scan(ScanKind.SCAN_KIND_QUICK);
    }

    public ScanRun fullScan() {
        return scan(ScanKind.SCAN_KIND_FULL);
    }

    /** Asks for a scan and waits until it has ended and what it told has left. */
    public ScanRun scan(ScanKind kind) {
        String scanId = scanner.startScan(StartScanRequest.newBuilder()
                        .setLibraryId(id)
                        .setKind(kind)
                        .build())
                .getScanId();
        ScanRun run = Awaitility.await(kind + " " + scanId)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            LibraryView view = view();
                            return kind == ScanKind.SCAN_KIND_FULL ? view.getLastFullScan() : view.getLastQuickScan();
                        },
                        last -> last.getScanId().equals(scanId));
        awaitSent();
        return run;
    }

    /** Waits until every file has come to rest and was told so. */
    public void awaitStable() {
        Awaitility.await("all files of " + name + " stable")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> SluiceInfra.database()
                                .number(
                                        "SELECT COUNT(*) FROM observed_file WHERE library_id = ? AND stable = 0 AND present = 1",
                                        id)
                        == 0);
        awaitSent();
    }

    /** Waits until the outbox is empty. */
    public static void awaitSent() {
        Awaitility.await("outbox empty")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> SluiceInfra.database().number("SELECT COUNT(*) FROM outbox") == 0);
    }

    /** Everything told of its files so far, in the order of sequence numbers. */
    public List<FileObservation> told() {
        return SluiceInfra.topics().read(Topics.SCANNER_FILE.name()).stream()
                .map(LibraryUnderTest::observation)
                .filter(observation -> observation.getLibraryId().equals(id))
                .sorted(Comparator.comparing(FileObservation::getSequence))
                .toList();
    }

    /** What was told last of the file at that path. */
    public FileObservation lastTold(String path) {
        return told().stream()
                .filter(observation -> observation.getPath().toStringUtf8().equals(path))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError(path + " was never told"));
    }

    /** Paths of everything told after that many records, in order. */
    public List<String> pathsToldAfter(int count) {
        return told().stream()
                .skip(count)
                .map(observation -> observation.getPath().toStringUtf8())
                .toList();
    }

    /** Everything told of the library itself, oldest first. */
    public List<LibraryState> states() {
        return SluiceInfra.topics().read(Topics.SCANNER_LIBRARY.name()).stream()
                .filter(told -> new String(told.key(), java.nio.charset.StandardCharsets.UTF_8).equals(id))
                .map(LibraryUnderTest::state)
                .toList();
    }

    private static FileObservation observation(ConsumerRecord<byte[], byte[]> told) {
        try {
            FileObservation observation = FileObservation.parseFrom(told.value());
            assertThat(new String(told.key(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(observation.getLibraryId() + "/" + observation.getFileId());
            return observation;
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static LibraryState state(ConsumerRecord<byte[], byte[]> told) {
        try {
            return LibraryState.parseFrom(told.value());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
