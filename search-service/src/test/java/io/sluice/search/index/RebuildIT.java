package io.sluice.search.index;

import static io.sluice.search.Told.asset;
import static io.sluice.search.Told.hashes;
import static io.sluice.search.Told.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.contract.search.v1.IndexPhase;

/** When the index goes on, when it is made anew, and when it waits. */
class RebuildIT {

    @TempDir
    Path folder;

    @BeforeEach
    void twoAssets() {
        Broker.empty();
        Broker.tell(record(asset(1, 1, "one.jpg")), record(asset(2, 1, "two.jpg")));
        try (RunningIndex index = running()) {
            assertThat(index.awaitAll().find("jpg")).isEqualTo(hashes(2, 1));
        }
    }

    @Test
    void whatWasReadIsNotReadAgain() throws IOException {
        Broker.tell(record(asset(3, 1, "three.jpg")));
        try (RunningIndex index = running()) {
            assertThat(index.awaitAll().find("jpg")).isEqualTo(hashes(3, 2, 1));
        }
        assertThat(generations()).containsExactly("generation-000001");
    }

    @Test
    void topicsThatWereMadeAnewAreReadFromTheirBeginning() throws IOException {
        Broker.empty();
        Broker.tell(record(asset(7, 1, "seven.jpg")), record(asset(8, 1, "eight.jpg")));
        try (RunningIndex index = running()) {
            assertThat(index.awaitAll().find("jpg")).isEqualTo(hashes(8, 7));
            // Also while it runs.
            Broker.empty();
            Broker.tell(record(asset(9, 1, "nine.jpg")));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> index.shown.answers() && index.find("jpg").equals(hashes(9)));
        }
        assertThat(generations()).containsExactly("generation-000003");
    }

    @Test
    void anOldOrDamagedIndexIsMadeAnew() throws IOException {
        try (RunningIndex old = new RunningIndex(
                Broker.servers(),
                new RunningIndex.Settings(folder.resolve("index"), Duration.ofSeconds(1), Duration.ZERO, 1),
                FSDirectory::open)) {
            assertThat(old.awaitAll().find("jpg")).isEqualTo(hashes(2, 1));
        }
        assertThat(generations()).containsExactly("generation-000002");
        for (Path file : files("generation-000002")) {
            if (!file.getFileName().toString().equals("write.lock")) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }
        try (RunningIndex index = running()) {
            assertThat(index.awaitAll().find("jpg")).isEqualTo(hashes(2, 1));
        }
        assertThat(generations()).containsExactly("generation-000003");
    }

    @Test
    void aFullDiskIsWaitedForAndWhatWasShownStays() {
        AtomicBoolean full = new AtomicBoolean();
        try (RunningIndex index = new RunningIndex(
                Broker.servers(),
                new RunningIndex.Settings(folder.resolve("index"), Duration.ofMillis(200), Duration.ofDays(20), 1),
                path -> new FilterDirectory(FSDirectory.open(path)) {
                    @Override
                    public IndexOutput createOutput(String name, IOContext context) throws IOException {
                        if (full.get()) {
                            throw new IOException("No space left on device");
                        }
                        return super.createOutput(name, context);
                    }
                })) {
            index.awaitAll();
            full.set(true);
            Broker.tell(record(asset(3, 1, "three.jpg")));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> index.state.phase() == IndexPhase.INDEX_PHASE_WAITING);
            assertThat(index.state.reason()).contains("No space left on device");
            assertThat(index.state.behind()).isEmpty();
            assertThat(index.find("jpg")).containsAll(hashes(2, 1));
            full.set(false);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> index.find("jpg")
                    .equals(hashes(3, 2, 1)));
        }
    }

    @Test
    void aBrokerThatIsAwayTakesNothingFromWhatIsKnown() {
        try (RunningIndex index = running();
                RunningIndex another = new RunningIndex(Broker.servers(), folder.resolve("another"))) {
            index.awaitAll();
            another.awaitAll();
            Broker.kill();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> index.state.phase() == IndexPhase.INDEX_PHASE_WAITING);
            assertThat(index.state.behind()).as("unknown, not zero").isEmpty();
            assertThat(index.find("jpg")).isEqualTo(hashes(2, 1));
            Broker.restart();
            Broker.tell(record(asset(3, 1, "three.jpg")));
            assertThat(index.awaitAll().find("jpg")).isEqualTo(hashes(3, 2, 1));
            assertThat(another.awaitAll().digest()).isEqualTo(index.digest());
        }
    }

    @Test
    void aNearlyFullDiskIsNotFilled() {
        try (RunningIndex index = new RunningIndex(
                Broker.servers(),
                new RunningIndex.Settings(
                        folder.resolve("index"), Duration.ofMillis(200), Duration.ofDays(20), Long.MAX_VALUE),
                FSDirectory::open)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> index.state.phase() == IndexPhase.INDEX_PHASE_WAITING);
            assertThat(index.state.reason()).contains("Free some space");
        }
    }

    private RunningIndex running() {
        return new RunningIndex(Broker.servers(), folder.resolve("index"));
    }

    private List<String> generations() throws IOException {
        try (Stream<Path> entries = Files.list(folder.resolve("index"))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private List<Path> files(String generation) throws IOException {
        try (Stream<Path> entries = Files.list(folder.resolve("index").resolve(generation))) {
            return entries.toList();
        }
    }
}
