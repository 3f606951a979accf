package io.sluice.ingest.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.contract.ErrorCode;
import io.sluice.ingest.asset.RegisterAsset.ReadFile;
import io.sluice.ingest.header.FileHeader;
import io.sluice.ingest.identity.ContentHasher;
import io.sluice.ingest.library.Library;
import io.sluice.ingest.library.Library.Health;
import io.sluice.ingest.library.LibraryRoots;
import io.sluice.ingest.location.FileLocation;
import io.sluice.ingest.location.FileStat;
import io.sluice.ingest.location.HashState;
import io.sluice.ingest.location.LocationKey;
import io.sluice.ingest.location.RelativePath;
import io.sluice.ingest.location.Standing;
import io.sluice.messaging.work.ClaimedWork;
import io.sluice.messaging.work.Outcome;

class HashFilesTest {

    private static final String LIBRARY = "018f4a1e-0000-7000-8000-000000000001";
    private static final String SCAN = "018f4a1e-0000-7000-8000-0000000000aa";

    @TempDir
    Path dir;

    private Path file;
    private Health health = Health.ONLINE;
    private Runnable whileHeadersAreRead = () -> {};
    private boolean lost;

    @BeforeEach
    void makeFile() throws IOException {
        file = Files.writeString(Files.createDirectories(dir.resolve("lib")).resolve("a.jpg"), "bytes");
    }

    @Test
    void readsAFileThatIsAsObserved() throws IOException {
        Outcome<HashResult> outcome = hash(observed());
        assertThat(outcome).isInstanceOf(Outcome.Ok.class);
        ContentHasher hasher = new ContentHasher();
        hasher.update("bytes".getBytes(StandardCharsets.UTF_8), 5);
        assertThat(((Outcome.Ok<HashResult>) outcome).result())
                .isEqualTo(new HashResult.Read(new ReadFile(
                        new LocationKey(LIBRARY, 1), ReadBytes.stat(file), hasher.finish(), FileHeader.empty())));
    }

    @Test
    void aFileThatChangedSinceItWasObservedIsInterrupted() throws IOException {
        FileLocation observed = observed();
        Files.writeString(file, "other");
        assertInterrupted(hash(observed), ErrorCode.SOURCE_CHANGED);
    }

    @Test
    void aFileThatChangesWhileItIsReadIsInterrupted() throws IOException {
        FileLocation observed = observed();
        whileHeadersAreRead = () -> {
            try {
                Files.setLastModifiedTime(file, FileTime.fromMillis(1));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
        assertInterrupted(hash(observed), ErrorCode.SOURCE_CHANGED);
    }

    @Test
    void aFileThatIsGoneIsInterruptedAsVanished() throws IOException {
        FileLocation observed = observed();
        Files.delete(file);
        assertInterrupted(hash(observed), ErrorCode.FILE_VANISHED);
    }

    @Test
    void aLinkInItsPlaceIsNotFollowed() throws IOException {
        FileLocation observed = observed();
        Files.move(file, dir.resolve("elsewhere.jpg"));
        Files.createSymbolicLink(file, dir.resolve("elsewhere.jpg"));
        assertInterrupted(hash(observed), ErrorCode.SOURCE_CHANGED);
    }

    @Test
    void aStaleOrUnknownLibraryIsInterrupted() throws IOException {
        FileLocation observed = observed();
        health = Health.STALE;
        assertInterrupted(hash(observed), ErrorCode.LIBRARY_STALE);
        health = Health.DISABLED;
        assertInterrupted(hash(observed), ErrorCode.LIBRARY_STALE);
    }

    @Test
    void aMountThatWentAwayIsNoVanishedFile() throws IOException {
        FileLocation observed = observed();
        Files.delete(file);
        Files.delete(file.getParent());
        assertInterrupted(hash(observed), ErrorCode.LIBRARY_STALE);
    }

    @Test
    void aStopInterrupts() throws IOException {
        lost = true;
        assertInterrupted(hash(observed()), ErrorCode.INTERRUPTED);
    }

    @Test
    void nothingIsReadOfRowsThatAreNotWaiting() throws IOException {
        assertNotWanted(hash(null));
        assertNotWanted(hash(observed().displaced()));
    }

    private static void assertNotWanted(Outcome<HashResult> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Ok.class);
        assertThat(((Outcome.Ok<HashResult>) outcome).result()).isInstanceOf(HashResult.NotWanted.class);
    }

    private static void assertInterrupted(Outcome<HashResult> outcome, ErrorCode code) {
        assertThat(outcome)
                .isInstanceOfSatisfying(Outcome.Interrupted.class, interrupted -> assertThat(interrupted.code())
                        .isEqualTo(code));
    }

    private Outcome<HashResult> hash(FileLocation location) {
        LibraryRoots roots = new LibraryRoots(() -> Map.of("tmp", dir.toString()));
        Library library = new Library(LIBRARY, "Lib", "tmp", new byte[] {'l', 'i', 'b'}, health, "");
        HashFiles.Headers headers = (List<URI> files) -> {
            whileHeadersAreRead.run();
            return files.stream().map(any -> FileHeader.empty()).toList();
        };
        ClaimedWork work = new ClaimedWork(1, LIBRARY + "/1", 1, 1, false, () -> lost);
        return new HashFiles(roots, new ReadBytes(new Config()), headers, Map.of(LIBRARY, library))
                .hash(List.of(work), Collections.singletonList(location))
                .getFirst();
    }

    private FileLocation observed() throws IOException {
        FileStat stat = ReadBytes.stat(file);
        return new FileLocation(
                1,
                new LocationKey(LIBRARY, 1),
                1,
                RelativePath.of("a.jpg"),
                Standing.PRESENT,
                true,
                stat,
                HashState.WAITING,
                null,
                null,
                null,
                SCAN,
                null);
    }

    private record Config() implements HashConfig {
        @Override
        public int batchSize() {
            return 1;
        }

        @Override
        public OptionalInt concurrency() {
            return OptionalInt.empty();
        }

        @Override
        public int window() {
            return 1;
        }

        @Override
        public Duration timeLimit() {
            return Duration.ofSeconds(60);
        }

        @Override
        public long slowestRate() {
            return 10_000_000;
        }
    }
}
