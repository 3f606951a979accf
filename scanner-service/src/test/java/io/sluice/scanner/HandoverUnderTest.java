package io.sluice.scanner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;

import com.google.protobuf.InvalidProtocolBufferException;

import io.sluice.contract.Topics;
import io.sluice.contract.scanner.v1.BundleLook;
import io.sluice.contract.scanner.v1.ScannerServiceGrpc.ScannerServiceBlockingStub;
import io.sluice.testsupport.SluiceInfra;

/** One handover mount of the application under test: what stands there, what was told of it. */
public final class HandoverUnderTest {

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final LibraryUnderTest library;

    private HandoverUnderTest(LibraryUnderTest library) {
        this.library = library;
    }

    /** One that no other test has; its first scan is over. */
    public static HandoverUnderTest fresh(ScannerServiceBlockingStub scanner) {
        String name = ScannerLibraries.handoverName(NEXT.getAndIncrement());
        LibraryUnderTest library = LibraryUnderTest.named(scanner, name);
        Awaitility.await("first scan of " + name).atMost(LIMIT).until(() -> library.view()
                .hasLastFullScan());
        return new HandoverUnderTest(library);
    }

    public LibraryUnderTest library() {
        return library;
    }

    public Path root() {
        return library.root();
    }

    /** Complete before it has its name, as the upstream does it. */
    public void manifest(String name) throws IOException {
        Path aside = Files.writeString(root().resolve("." + name + ".tmp"), "{\"name\": \"" + name + "\"}");
        Files.move(aside, root().resolve(name + ".json"), StandardCopyOption.ATOMIC_MOVE);
    }

    public void sentinel(String name) throws IOException {
        Files.writeString(root().resolve(name + ".ready"), "");
    }

    /** Waits until so many looks were told in all, and gives them in the order of sequence numbers. */
    public List<BundleLook> awaitLooks(int count) {
        return Awaitility.await(count + " looks of " + library.name())
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(this::looks, looks -> looks.size() >= count);
    }

    /** Everything told so far, in the order of sequence numbers. */
    public List<BundleLook> looks() {
        return SluiceInfra.topics().read(Topics.SCANNER_SENTINEL.name()).stream()
                .filter(told -> new String(told.key(), UTF_8).startsWith(library.id() + "/"))
                .map(HandoverUnderTest::look)
                .sorted(Comparator.comparing(BundleLook::getSequence))
                .toList();
    }

    /** Keys of everything told so far. */
    public List<String> keys() {
        return SluiceInfra.topics().read(Topics.SCANNER_SENTINEL.name()).stream()
                .map(told -> new String(told.key(), UTF_8))
                .filter(key -> key.startsWith(library.id() + "/"))
                .toList();
    }

    private static BundleLook look(ConsumerRecord<byte[], byte[]> told) {
        try {
            BundleLook look = BundleLook.parseFrom(told.value());
            assertThat(look.getSequence()).isPositive();
            assertThat(look.getScanId()).hasSize(36);
            assertThat(look.getObservedAt().getSeconds()).isPositive();
            return look;
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
