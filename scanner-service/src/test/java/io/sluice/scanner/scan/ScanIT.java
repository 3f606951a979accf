package io.sluice.scanner.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.contract.scanner.v1.ScanRun;
import io.sluice.contract.scanner.v1.ScanState;
import io.sluice.scanner.LibraryUnderTest;
import io.sluice.scanner.ScannerClient;
import io.sluice.scanner.ScannerLibraries;
import io.sluice.scanner.TestFiles;
import io.sluice.scanner.walk.RawPath;
import io.sluice.testsupport.SluiceInfra;

/** What scans see and tell, on a real file system, database and broker. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(ScannerLibraries.class)
class ScanIT {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2009-06-05T04:03:02Z"));

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
    void the_first_scan_tells_every_media_file_with_its_stat() throws IOException {
        library.file("a.jpg");
        library.file("deep/er/b.CR2");
        library.file("notes.txt");
        library.file(".hidden.jpg");
        library.file("cache/c.jpg");
        RawPath odd = RawPath.of(new byte[] {'o', (byte) 0xFF, (byte) 0xC3, '.', 'j', 'p', 'g'});
        Files.writeString(odd.under(RawPath.of(library.root())), "odd");

        ScanRun run = library.fullScan();

        assertThat(run.getState()).isEqualTo(ScanState.SCAN_STATE_COMPLETED);
        assertThat(run.getFilesSeen()).isEqualTo(3);
        assertThat(run.getFilesTold()).isEqualTo(3);
        List<FileObservation> told = library.told();
        assertThat(told.subList(0, 3))
                .extracting(file -> RawPath.of(file.getPath().toByteArray()))
                .containsExactlyInAnyOrder(RawPath.of("a.jpg"), RawPath.of("deep/er/b.CR2"), odd);
        assertThat(told.subList(0, 3)).allSatisfy(file -> {
            assertThat(file.getFileId()).isEqualTo(file.getSequence());
            assertThat(file.getPresent()).isTrue();
            assertThat(file.getScanId()).isEqualTo(run.getScanId());
            Path path = RawPath.of(file.getPath().toByteArray()).under(RawPath.of(library.root()));
            assertThat(file.getStat().getSize()).isEqualTo(Files.size(path));
            assertThat(file.getStat().getInode()).isEqualTo(Files.getAttribute(path, "unix:ino"));
        });
        assertThat(library.view().getPresentFiles()).isEqualTo(3);
    }

    @Test
    void a_young_file_is_told_at_once_and_again_when_it_is_stable() throws IOException {
        library.file("a.jpg");
        library.fullScan();

        assertThat(library.told().getFirst().getStable()).isFalse();
        library.awaitStable();

        List<FileObservation> told = library.told();
        assertThat(told).hasSize(2);
        assertThat(told.get(1).getStable()).isTrue();
        assertThat(told.get(1).getFileId()).isEqualTo(told.get(0).getFileId());
        assertThat(told.get(1).getSequence()).isGreaterThan(told.get(0).getSequence());
    }

    @Test
    void a_file_is_not_stable_while_somebody_writes_to_it() throws Exception {
        Path growing = library.file("growing.mp4");
        library.fullScan();
        AtomicInteger writes = new AtomicInteger();
        Awaitility.await().pollInterval(Duration.ofMillis(300)).until(() -> {
            Files.writeString(growing, "more", StandardOpenOption.APPEND);
            return writes.incrementAndGet() == 8;
        });

        assertThat(library.told()).noneMatch(FileObservation::getStable);
        long written = Files.size(growing);
        library.awaitStable();
        assertThat(library.lastTold("growing.mp4").getStat().getSize()).isEqualTo(written);
    }

    @Test
    void an_unchanged_library_is_told_nothing_of() throws IOException {
        for (int i = 0; i < 2500; i++) {
            library.file("d" + i % 7 + "/" + i + ".jpg");
        }
        library.fullScan();
        library.awaitStable();
        int before = library.told().size();

        ScanRun full = library.fullScan();
        ScanRun quick = library.quickScan();

        assertThat(full.getFilesSeen()).isEqualTo(2500);
        assertThat(full.getFilesTold()).isZero();
        assertThat(quick.getFilesTold()).isZero();
        assertThat(library.told()).hasSize(before);
    }

    @Test
    void renamed_files_and_directories_keep_their_ids() throws IOException {
        library.file("a.jpg");
        library.file("album/1.jpg");
        library.file("album/inner/2.jpg");
        library.fullScan();
        library.awaitStable();
        Map<String, Long> before = ids();

        Files.move(library.root().resolve("a.jpg"), library.root().resolve("b.jpg"));
        Files.move(library.root().resolve("album"), library.root().resolve("holidays"));
        ScanRun run = library.quickScan();

        assertThat(run.getFilesTold()).isEqualTo(3);
        assertThat(library.lastTold("b.jpg").getFileId()).isEqualTo(before.get("a.jpg"));
        assertThat(library.lastTold("holidays/1.jpg").getFileId()).isEqualTo(before.get("album/1.jpg"));
        assertThat(library.lastTold("holidays/inner/2.jpg").getFileId()).isEqualTo(before.get("album/inner/2.jpg"));
        assertThat(library.fullScan().getFilesTold()).isZero();
        assertThat(ids()).hasSize(3);
    }

    @Test
    void files_that_changed_places_keep_their_ids() throws IOException {
        library.file("a.jpg");
        library.file("b.jpg");
        library.fullScan();
        library.awaitStable();
        Map<String, Long> before = ids();

        Path aside = library.root().resolve("aside");
        Files.move(library.root().resolve("a.jpg"), aside);
        Files.move(library.root().resolve("b.jpg"), library.root().resolve("a.jpg"));
        Files.move(aside, library.root().resolve("b.jpg"));
        library.quickScan();

        assertThat(ids()).isEqualTo(Map.of("a.jpg", before.get("b.jpg"), "b.jpg", before.get("a.jpg")));
    }

    @Test
    void a_file_renamed_over_another_displaces_it_until_a_full_scan_finds_it_absent() throws IOException {
        library.file("a.jpg");
        library.file("b.jpg");
        library.fullScan();
        library.awaitStable();
        Map<String, Long> before = ids();

        Files.move(
                library.root().resolve("b.jpg"),
                library.root().resolve("a.jpg"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
        library.quickScan();

        assertThat(library.lastTold("a.jpg").getFileId()).isEqualTo(before.get("b.jpg"));
        assertThat(library.told()).allMatch(FileObservation::getPresent);
        library.awaitStable();
        int told = library.told().size();
        library.fullScan();
        assertThat(library.told().subList(told, library.told().size()))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.getFileId()).isEqualTo(before.get("a.jpg"));
                    assertThat(file.getPresent()).isFalse();
                });
    }

    @Test
    void a_quick_scan_finds_what_keeps_an_old_time() throws Exception {
        Path outside = ScannerLibraries.mount().resolve("outside-" + library.name());
        Files.createDirectories(outside.resolve("moved in"));
        Path moved = Files.writeString(outside.resolve("moved.jpg"), "moved");
        Path deep = Files.writeString(outside.resolve("moved in").resolve("deep.jpg"), "deep");
        library.file("original.jpg");
        Files.setLastModifiedTime(library.root().resolve("original.jpg"), LONG_AGO);
        Files.setLastModifiedTime(moved, LONG_AGO);
        Files.setLastModifiedTime(deep, LONG_AGO);
        Files.setLastModifiedTime(outside.resolve("moved in"), LONG_AGO);
        library.fullScan();
        library.awaitStable();
        int before = library.told().size();

        new ProcessBuilder("cp", "-p", "original.jpg", "copy.jpg")
                .directory(library.root().toFile())
                .inheritIO()
                .start()
                .waitFor();
        Files.move(moved, library.root().resolve("moved.jpg"));
        Files.move(outside.resolve("moved in"), library.root().resolve("moved in"));
        library.quickScan();

        assertThat(library.pathsToldAfter(before))
                .containsExactlyInAnyOrder("copy.jpg", "moved.jpg", "moved in/deep.jpg");
        assertThat(library.lastTold("copy.jpg").getStat().getMtimeNs())
                .isEqualTo(LONG_AGO.toInstant().getEpochSecond() * 1_000_000_000L);
        TestFiles.delete(outside);
    }

    @Test
    void an_edited_file_is_told_under_its_id_by_a_quick_scan() throws IOException {
        Path file = library.file("a.jpg");
        library.fullScan();
        library.awaitStable();
        FileObservation before = library.lastTold("a.jpg");

        Files.writeString(file, "edited", StandardOpenOption.APPEND);
        Files.setLastModifiedTime(file, LONG_AGO);
        library.quickScan();

        FileObservation after = library.lastTold("a.jpg");
        assertThat(after.getFileId()).isEqualTo(before.getFileId());
        assertThat(after.getSequence()).isGreaterThan(before.getSequence());
        assertThat(after.getStat().getSize()).isEqualTo(Files.size(file));
    }

    @Test
    void only_a_full_scan_finds_a_deleted_file_absent_and_says_so_once() throws IOException {
        library.file("stays.jpg");
        library.file("goes/goes.jpg");
        library.fullScan();
        library.awaitStable();
        int before = library.told().size();
        TestFiles.delete(library.root().resolve("goes"));

        library.quickScan();
        assertThat(library.told()).hasSize(before);
        library.fullScan();
        library.fullScan();

        assertThat(library.told().subList(before, library.told().size()))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.getPath().toStringUtf8()).isEqualTo("goes/goes.jpg");
                    assertThat(file.getPresent()).isFalse();
                    assertThat(file.getStat().getSize()).isEqualTo("content of goes/goes.jpg".length());
                });
        assertThat(library.view().getPresentFiles()).isEqualTo(1);
        assertThat(library.view().getAbsentFiles()).isEqualTo(1);
    }

    @Test
    void a_file_that_returns_is_the_file_it_was_and_another_at_its_path_is_not() throws IOException {
        library.file("stays.jpg");
        Path back = library.file("back.jpg");
        Path reused = library.file("IMG_0001.jpg");
        Path aside = ScannerLibraries.mount().resolve("aside-" + library.name());
        library.fullScan();
        library.awaitStable();
        Map<String, Long> before = ids();
        Files.move(back, aside);
        Files.delete(reused);
        library.fullScan();

        Files.move(aside, back);
        Files.writeString(reused, "another picture from the same camera");
        library.quickScan();

        assertThat(library.lastTold("back.jpg").getFileId()).isEqualTo(before.get("back.jpg"));
        assertThat(library.lastTold("back.jpg").getPresent()).isTrue();
        assertThat(library.lastTold("IMG_0001.jpg").getFileId()).isNotEqualTo(before.get("IMG_0001.jpg"));
        assertThat(library.view().getPresentFiles()).isEqualTo(3);
        assertThat(library.view().getAbsentFiles()).isEqualTo(1);
    }

    @Test
    void excluded_directories_of_the_row_hold_from_the_next_scan_on() throws IOException {
        library.file("a.jpg");
        library.file("private/b.jpg");
        SluiceInfra.database().execute("UPDATE library SET excluded_dirs = 'private' WHERE id = ?", library.id());

        library.fullScan();

        assertThat(library.told())
                .allMatch(file -> file.getPath().toStringUtf8().equals("a.jpg"));
    }

    @Test
    void nothing_is_written_under_a_root() throws IOException {
        for (int i = 0; i < 50; i++) {
            library.file("d" + i % 5 + "/" + i + ".jpg");
        }
        Files.createSymbolicLink(library.root().resolve("link"), library.root().resolve("d0"));
        Map<String, String> before = TestFiles.fingerprint(library.root());

        library.fullScan();
        library.awaitStable();
        library.quickScan();
        library.fullScan();

        assertThat(TestFiles.fingerprint(library.root())).isEqualTo(before);
    }

    private Map<String, Long> ids() {
        return SluiceInfra.database()
                .rows(
                        "SELECT path, file_id FROM observed_file WHERE library_id = ? AND present = 1"
                                + " AND path_key IS NOT NULL",
                        library.id())
                .stream()
                .collect(Collectors.toMap(
                        row -> RawPath.of((byte[]) row.get("path")).toString(),
                        row -> (Long) row.get("file_id"),
                        (one, other) -> one,
                        TreeMap::new));
    }
}
