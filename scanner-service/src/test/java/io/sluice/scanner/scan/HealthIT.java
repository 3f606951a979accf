package io.sluice.scanner.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.contract.scanner.v1.LibraryHealth;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.contract.scanner.v1.ScanRun;
import io.sluice.contract.scanner.v1.ScanState;
import io.sluice.messaging.lease.Duties;
import io.sluice.scanner.LibraryUnderTest;
import io.sluice.scanner.ScannerClient;
import io.sluice.scanner.ScannerLibraries;
import io.sluice.scanner.TestFiles;
import io.sluice.scanner.library.LibraryId;
import io.sluice.testsupport.SluiceInfra;

/** A mount that goes away, in several ways, never costs a file. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(ScannerLibraries.class)
class HealthIT {

    @Inject
    Duties duties;

    @Inject
    ScanDuties scanDuties;

    @Inject
    MeterRegistry meters;

    private ScannerClient client;
    private LibraryUnderTest library;
    private Path aside;
    private int toldBefore;

    @BeforeEach
    void fillLibrary() throws IOException {
        client = new ScannerClient();
        library = LibraryUnderTest.fresh(client.stub());
        aside = ScannerLibraries.mount().resolve("aside-" + library.name());
        library.file("a.jpg");
        library.file("album/b.jpg");
        library.file("album/c.jpg");
        library.fullScan();
        library.awaitStable();
        toldBefore = library.told().size();
        assertThat(library.view().getState().getHealth().getState()).isEqualTo(HealthState.HEALTH_STATE_ONLINE);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        TestFiles.delete(aside);
    }

    @Test
    void an_emptied_root_is_stale_and_costs_no_file() throws IOException {
        Files.move(library.root(), aside);
        Files.createDirectory(library.root());

        assertVoid("is empty although files of it are known");
        Files.delete(library.root());
        assertComesBack();
    }

    @Test
    void a_root_that_is_gone_is_stale_and_costs_no_file() throws IOException {
        Files.move(library.root(), aside);

        assertVoid("is not there; mount it");
        assertComesBack();
    }

    @Test
    void a_root_that_is_a_file_is_stale_and_costs_no_file() throws IOException {
        Files.move(library.root(), aside);
        Files.createFile(library.root());

        assertVoid("it is no directory");
        Files.delete(library.root());
        assertComesBack();
    }

    @Test
    void a_root_that_leads_out_of_its_mount_is_stale_and_costs_no_file() throws IOException {
        Files.move(library.root(), aside);
        Files.createSymbolicLink(library.root(), Path.of("/"));

        assertVoid("a link leads it out of its mount");
        Files.delete(library.root());
        assertComesBack();
    }

    @Test
    void a_root_whose_media_are_all_gone_at_once_is_stale_and_costs_no_file() throws IOException {
        Files.move(library.root(), aside);
        Files.createDirectories(library.root().resolve("album"));
        Files.writeString(library.root().resolve("README.txt"), "The disk was not mounted.");

        assertVoid("holds no media file at all although files of it are known");
        TestFiles.delete(library.root());
        assertComesBack();
    }

    @Test
    void a_root_that_is_exchanged_during_the_walk_makes_it_void() throws Exception {
        LibraryId id = LibraryId.of(library.id());
        try (HeldScans held = HeldScans.takenFrom(duties, id, scanDuties.tick(id))) {
            held.tick(HeldScans.Tripwires.onEntry(2, this::exchangeRoot));

            assertThat(health().getState()).isEqualTo(HealthState.HEALTH_STATE_STALE);
            assertThat(health().getReason()).contains("was exchanged for another directory");
            assertThat(library.view().getLastFullScan().getState()).isEqualTo(ScanState.SCAN_STATE_VOID);
            assertNothingAbsent();
        }
    }

    @Test
    void a_directory_that_cannot_be_read_costs_none_of_its_files() throws Exception {
        Files.delete(library.root().resolve("a.jpg"));
        library.file("stays.jpg");
        Files.setPosixFilePermissions(library.root().resolve("album"), PosixFilePermissions.fromString("---------"));
        LibraryId id = LibraryId.of(library.id());
        try (HeldScans held = HeldScans.takenFrom(duties, id, scanDuties.tick(id))) {
            held.tickAsNobody();
        }
        LibraryUnderTest.awaitSent();

        ScanRun run = library.view().getLastFullScan();
        assertThat(run.getState()).isEqualTo(ScanState.SCAN_STATE_COMPLETED);
        assertThat(run.getDirectoriesUnreadable()).isEqualTo(1);
        assertThat(run.getReason()).contains("1 places could not be read");
        assertThat(absent()).containsExactly("a.jpg");
        Files.setPosixFilePermissions(library.root().resolve("album"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void when_it_is_not_known_whether_files_are_known_the_library_is_stale() throws IOException {
        SluiceInfra.database().execute("RENAME TABLE observed_file TO observed_file_away");
        try {
            library.fullScan();

            assertThat(health().getState()).isEqualTo(HealthState.HEALTH_STATE_STALE);
            assertThat(health().getReason()).contains("Whether files of it are known could not be asked");
        } finally {
            SluiceInfra.database().execute("RENAME TABLE observed_file_away TO observed_file");
        }
        assertThat(library.fullScan().getState()).isEqualTo(ScanState.SCAN_STATE_COMPLETED);
        assertThat(health().getState()).isEqualTo(HealthState.HEALTH_STATE_ONLINE);
        assertNothingAbsent();
    }

    @Test
    void what_was_not_there_at_the_start_is_known_to_be_so_from_the_first_answer_on() {
        LibraryState missing =
                LibraryUnderTest.named(client.stub(), "missing").view().getState();
        LibraryState unwanted =
                LibraryUnderTest.named(client.stub(), "unwanted").view().getState();

        assertThat(missing.getHealth().getState()).isEqualTo(HealthState.HEALTH_STATE_STALE);
        assertThat(missing.getHealth().getReason()).contains("missing is not there; mount it");
        assertThat(unwanted.getHealth().getState()).isEqualTo(HealthState.HEALTH_STATE_DISABLED);
        assertThat(unwanted.getHealth().getReason()).contains("set sluice.libraries.unwanted.enabled=true");
    }

    @Test
    void a_library_disabled_in_its_row_is_disabled_at_the_next_tick_and_comes_back() {
        SluiceInfra.database().execute("UPDATE library SET enabled = FALSE WHERE id = ?", library.id());
        Awaitility.await().until(() -> health().getState() == HealthState.HEALTH_STATE_DISABLED);

        SluiceInfra.database().execute("UPDATE library SET enabled = TRUE WHERE id = ?", library.id());
        library.fullScan();

        assertThat(health().getState()).isEqualTo(HealthState.HEALTH_STATE_ONLINE);
        assertNothingAbsent();
    }

    @Test
    void every_change_is_told_once_with_a_growing_version() throws IOException {
        Files.move(library.root(), aside);
        library.quickScan();
        library.quickScan();
        Files.move(aside, library.root());
        library.quickScan();
        library.quickScan();
        LibraryUnderTest.awaitSent();

        List<LibraryState> states = library.states();
        assertThat(states).extracting(LibraryState::getVersion).isSorted().doesNotHaveDuplicates();
        // The digest of the scan before may be told while it is stale: twice the same health, but not the same state.
        assertThat(states.stream().map(state -> state.toBuilder().clearVersion().build()))
                .doesNotHaveDuplicates();
        List<HealthState> turns = new ArrayList<>();
        for (LibraryState state : states) {
            if (turns.isEmpty() || turns.getLast() != state.getHealth().getState()) {
                turns.add(state.getHealth().getState());
            }
        }
        assertThat(turns)
                .containsExactly(
                        HealthState.HEALTH_STATE_ONLINE,
                        HealthState.HEALTH_STATE_STALE,
                        HealthState.HEALTH_STATE_ONLINE);
    }

    /** Moves the root aside and puts another one there, with a picture in it. */
    private void exchangeRoot() {
        try {
            Files.move(library.root(), aside);
            Files.createDirectory(library.root());
            Files.writeString(library.root().resolve("other.jpg"), "other");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertVoid(String reason) {
        for (ScanRun run : List.of(library.quickScan(), library.fullScan(), library.fullScan())) {
            assertThat(run.getState()).isEqualTo(ScanState.SCAN_STATE_VOID);
            assertThat(run.getReason()).contains(reason);
        }
        assertThat(health().getState()).isEqualTo(HealthState.HEALTH_STATE_STALE);
        assertThat(health().getReason()).contains(reason);
        assertThat(library.view().getPresentFiles()).isEqualTo(3);
        assertThat(meters.get("sluice.library.files")
                        .tag("library", library.name())
                        .tag("state", "present")
                        .gauge()
                        .value())
                .isEqualTo(3);
        assertNothingAbsent();
    }

    /** @param aside holds the true root, its place is free */
    private void assertComesBack() throws IOException {
        Files.move(aside, library.root());

        assertThat(library.fullScan().getState()).isEqualTo(ScanState.SCAN_STATE_COMPLETED);

        assertThat(health().getState()).isEqualTo(HealthState.HEALTH_STATE_ONLINE);
        assertThat(health().getReason()).isEmpty();
        assertThat(library.told()).hasSize(toldBefore);
        assertThat(meters.get("sluice.library.health")
                        .tag("library", library.name())
                        .tag("state", "online")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    private LibraryHealth health() {
        return library.view().getState().getHealth();
    }

    private void assertNothingAbsent() {
        assertThat(absent()).isEmpty();
        assertThat(SluiceInfra.database()
                        .rows(
                                "SELECT COUNT(*) AS absent FROM observed_file WHERE library_id = ? AND present = 0",
                                library.id()))
                .containsExactly(Map.of("absent", 0L));
    }

    private List<String> absent() {
        return library.told().stream()
                .filter(file -> !file.getPresent())
                .map(FileObservation::getPath)
                .map(path -> path.toStringUtf8())
                .toList();
    }
}
