package io.sluice.scanner.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.contract.scanner.v1.ScanState;
import io.sluice.messaging.Instance;
import io.sluice.messaging.MessagingMetrics;
import io.sluice.messaging.Progress;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.lease.Duties;
import io.sluice.scanner.LibraryUnderTest;
import io.sluice.scanner.ScannerClient;
import io.sluice.scanner.ScannerLibraries;
import io.sluice.scanner.library.LibraryId;
import io.sluice.testsupport.SluiceInfra;

/** One instance scans a library at a time, and what is killed or frozen in the middle does no harm. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(ScannerLibraries.class)
class TenureIT {

    @Inject
    Duties duties;

    @Inject
    ScanDuties scanDuties;

    @Inject
    Transactions transactions;

    private ScannerClient client;
    private LibraryUnderTest library;
    private LibraryId id;

    @BeforeEach
    void takeLibrary() {
        client = new ScannerClient();
        library = LibraryUnderTest.fresh(client.stub());
        id = LibraryId.of(library.id());
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void a_frozen_instance_that_wakes_up_late_writes_nothing() throws Exception {
        for (int i = 0; i < 20; i++) {
            library.file(i + ".jpg");
        }
        HeldScans.release(duties, id);
        CountDownLatch frozen = new CountDownLatch(1);
        CountDownLatch thaw = new CountDownLatch(1);
        // 1: begin of the tenure, 2: the scan's row, 3: the first batch.
        HeldScans.Tripwires freezeBeforeWriting = HeldScans.Tripwires.beforeVerify(3, () -> {
            frozen.countDown();
            await(thaw);
        });
        try (Duties ofFrozen = instance("frozen", Duration.ofHours(1));
                Duties ofOther = instance("other", Duration.ofMillis(200))) {
            HeldScans late = new HeldScans(ofFrozen, id, scanDuties.tick(id));
            CompletableFuture<Boolean> lateRun = late.start(freezeBeforeWriting, false);
            assertThat(frozen.await(30, TimeUnit.SECONDS)).isTrue();

            try (HeldScans next = new HeldScans(ofOther, id, scanDuties.tick(id))) {
                next.tick();
                LibraryUnderTest.awaitSent();
                List<FileObservation> told = library.told();
                assertThat(told).hasSize(20);

                thaw.countDown();

                assertThatThrownBy(() -> HeldScans.result(lateRun))
                        .isInstanceOfSatisfying(CodedException.class, refused -> assertThat(refused.code())
                                .isEqualTo(ErrorCode.LEASE_LOST));
                LibraryUnderTest.awaitSent();
                assertThat(library.told()).isEqualTo(told);
                assertThat(SluiceInfra.database()
                                .strings(
                                        "SELECT state FROM scan_run WHERE library_id = ? ORDER BY started_at",
                                        library.id()))
                        .endsWith("interrupted", "completed");
            }
        }
    }

    @Test
    void a_scan_that_a_crash_left_running_is_interrupted_by_the_next_tenure() throws Exception {
        library.file("a.jpg");
        HeldScans.release(duties, id);
        SluiceInfra.database()
                .execute(
                        "INSERT INTO scan_run (scan_id, library_id, kind, state, token, started_at)"
                                + " VALUES (?, ?, 'full', 'running', 1, NOW(6))",
                        UUID.randomUUID().toString(),
                        library.id());
        assertThat(library.view().hasRunningScan()).isTrue();

        try (HeldScans next = new HeldScans(duties, id, scanDuties.tick(id))) {
            next.tick();
        }

        assertThat(library.view().hasRunningScan()).isFalse();
        assertThat(SluiceInfra.database()
                        .strings(
                                "SELECT reason FROM scan_run WHERE library_id = ? AND state = 'interrupted'",
                                library.id()))
                .singleElement()
                .asString()
                .contains("Its process ended");
    }

    @Test
    void files_that_were_not_stable_are_looked_at_again_by_the_next_tenure() throws Exception {
        library.file("a.jpg");
        HeldScans.release(duties, id);
        try (HeldScans first = new HeldScans(duties, id, scanDuties.tick(id))) {
            first.tick();
        }
        HeldScans.release(duties, id);
        assertThat(SluiceInfra.database().number("SELECT stable FROM observed_file WHERE library_id = ?", library.id()))
                .isZero();

        try (HeldScans second = new HeldScans(duties, id, scanDuties.tick(id))) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                second.tick();
                return SluiceInfra.database()
                                .number("SELECT stable FROM observed_file WHERE library_id = ?", library.id())
                        == 1;
            });
        }
        LibraryUnderTest.awaitSent();
        assertThat(library.told()).extracting(FileObservation::getStable).containsExactly(false, true);
    }

    @Test
    void a_database_that_is_killed_in_the_middle_of_a_scan_costs_nothing() throws Exception {
        for (int i = 0; i < 3000; i++) {
            library.file("d" + i % 3 + "/" + i + ".jpg");
        }
        HeldScans.release(duties, id);
        try (HeldScans held = new HeldScans(duties, id, scanDuties.tick(id))) {
            assertThatThrownBy(() -> held.tick(HeldScans.Tripwires.onEntry(2000, SluiceInfra::killDatabase)))
                    .isInstanceOfSatisfying(CodedException.class, failure -> assertThat(failure.code())
                            .isEqualTo(ErrorCode.DATABASE_UNAVAILABLE));
            SluiceInfra.restartDatabase();
            Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
                held.tick();
                return library.view().getLastFullScan().getFilesSeen() == 3000;
            });
        }

        assertThat(library.view().getLastFullScan().getState()).isEqualTo(ScanState.SCAN_STATE_COMPLETED);
        assertThat(library.view().getPresentFiles()).isEqualTo(3000);
        LibraryUnderTest.awaitSent();
        List<FileObservation> told = library.told();
        assertThat(new HashSet<>(told.stream().map(FileObservation::getPath).toList()))
                .hasSize(3000);
        assertThat(new HashSet<>(told.stream().map(FileObservation::getFileId).toList()))
                .hasSize(3000);
    }

    /** A second instance of the service, as far as leases go. */
    private Duties instance(String name, Duration heartbeat) {
        return new Duties(
                transactions,
                new Instance("scanner", name, false, UUID.randomUUID()),
                Duration.ofSeconds(2),
                heartbeat,
                new Progress(),
                new MessagingMetrics(new SimpleMeterRegistry()));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
