package io.sluice.scanner.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.scanner.v1.GetScanRequest;
import io.sluice.contract.scanner.v1.ScanState;
import io.sluice.contract.scanner.v1.StartScanRequest;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.lease.Duties;
import io.sluice.scanner.LibraryUnderTest;
import io.sluice.scanner.ScannerClient;
import io.sluice.scanner.ScannerLibraries;
import io.sluice.scanner.library.LibraryId;
import io.sluice.testsupport.SluiceInfra;

/** Who asks while another's request waits is answered by the same scan, and it is as thorough as any of them asked for. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(ScannerLibraries.class)
class StartScanIT {

    @Inject
    Duties duties;

    @Inject
    ScanDuties scanDuties;

    @Inject
    StartScan startScan;

    @Inject
    Transactions transactions;

    private ScannerClient client;
    private LibraryUnderTest library;
    private LibraryId id;
    private HeldScans scans;

    /** Nobody makes scans of it but the test. The first of a tenure is a full one whatever was asked for, and is made here. */
    @BeforeEach
    void takeLibrary() throws Exception {
        client = new ScannerClient();
        library = LibraryUnderTest.fresh(client.stub());
        id = LibraryId.of(library.id());
        scans = HeldScans.takenFrom(duties, id, scanDuties.tick(id));
        scans.tick();
    }

    @AfterEach
    void close() {
        scans.close();
        client.close();
    }

    @Test
    void a_full_scan_asked_for_while_a_quick_one_waits_is_that_scan_made_full() throws Exception {
        String quick = ask(ScanKind.QUICK);
        String full = ask(ScanKind.FULL);

        assertThat(full).isEqualTo(quick);
        assertThat(SluiceInfra.database()
                        .rows("SELECT scan_id, kind FROM scan_request WHERE library_id = ?", library.id()))
                .singleElement()
                .satisfies(waiting -> assertWaits(waiting, quick, "full"));
        scans.tick();
        assertMade(quick, "full");
    }

    @Test
    void a_quick_scan_asked_for_while_a_full_one_waits_is_that_full_scan() throws Exception {
        String full = ask(ScanKind.FULL);

        assertThat(ask(ScanKind.QUICK)).isEqualTo(full);
        scans.tick();
        assertMade(full, "full");
    }

    @Test
    void a_full_scan_asked_for_in_the_moment_a_quick_one_begins_raises_it_still() throws Exception {
        String quick = ask(ScanKind.QUICK);
        String[] full = new String[1];

        // 1: the scan's row, whose order was read before.
        scans.tick(HeldScans.Tripwires.beforeVerify(1, () -> full[0] = askedByAnother(ScanKind.FULL)));

        assertThat(full[0]).isEqualTo(quick);
        assertMade(quick, "full");
    }

    @Test
    void what_is_asked_for_once_a_scan_runs_is_another_scan() throws Exception {
        library.file("a.jpg");
        String first = ask(ScanKind.QUICK);
        String[] second = new String[1];

        scans.tick(HeldScans.Tripwires.onEntry(1, () -> second[0] = askedByAnother(ScanKind.FULL)));

        assertThat(second[0]).isNotNull().isNotEqualTo(first);
        assertMade(first, "quick");
        scans.tick();
        assertMade(second[0], "full");
    }

    @Test
    void a_command_sent_again_with_its_key_is_the_same_scan_even_when_that_is_over() throws Exception {
        StartScanRequest request = StartScanRequest.newBuilder()
                .setLibraryId(library.id())
                .setKind(io.sluice.contract.scanner.v1.ScanKind.SCAN_KIND_FULL)
                .build();
        String key = UUID.randomUUID().toString();
        String first = client.stub(key).startScan(request).getScanId();
        assertThat(client.stub().getScan(scan(first)).hasRun()).as("waits").isFalse();
        scans.tick();
        assertMade(first, "full");

        assertThat(client.stub(key).startScan(request).getScanId()).isEqualTo(first);
        assertThat(SluiceInfra.database()
                        .number("SELECT COUNT(*) FROM scan_request WHERE library_id = ?", library.id()))
                .isZero();
        assertThat(client.stub().getScan(scan(first)).getRun().getState()).isEqualTo(ScanState.SCAN_STATE_COMPLETED);
        assertThat(client.stub("another").startScan(request).getScanId()).isNotEqualTo(first);
        assertThatThrownBy(() -> client.stub(key)
                        .startScan(request.toBuilder()
                                .setKind(io.sluice.contract.scanner.v1.ScanKind.SCAN_KIND_QUICK)
                                .build()))
                .hasMessageContaining("another request");
        assertThatThrownBy(() -> client.stub().getScan(scan(UUID.randomUUID().toString())))
                .hasMessageContaining("No scan has the id");
    }

    private static GetScanRequest scan(String id) {
        return GetScanRequest.newBuilder().setScanId(id).build();
    }

    private String ask(ScanKind kind) {
        return transactions.call(tx -> startScan.start(tx, id, kind));
    }

    /** In a thread, so in a transaction, of its own. */
    private String askedByAnother(ScanKind kind) {
        return CompletableFuture.supplyAsync(() -> ask(kind)).join();
    }

    private void assertMade(String scanId, String kind) {
        assertThat(SluiceInfra.database()
                        .strings("SELECT CONCAT(kind, ' ', state) FROM scan_run WHERE scan_id = ?", scanId))
                .containsExactly(kind + " completed");
        assertThat(SluiceInfra.database().number("SELECT COUNT(*) FROM scan_request WHERE scan_id = ?", scanId))
                .isZero();
    }

    private static void assertWaits(Map<String, Object> request, String scanId, String kind) {
        assertThat(request.get("scan_id")).hasToString(scanId);
        assertThat(request.get("kind")).isEqualTo(kind);
    }
}
