package io.sluice.scanner.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.scanner.v1.BundleLook;
import io.sluice.messaging.lease.Duties;
import io.sluice.scanner.HandoverUnderTest;
import io.sluice.scanner.LibraryUnderTest;
import io.sluice.scanner.ScannerClient;
import io.sluice.scanner.ScannerLibraries;
import io.sluice.scanner.library.LibraryId;
import io.sluice.testsupport.SluiceInfra;

/** What a tenure knows of its mount from the tenure before, and what a tick costs. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(ScannerLibraries.class)
class HandoverTenureIT {

    private static final int MANY = 10_000;

    @Inject
    Duties duties;

    @Inject
    ScanDuties scanDuties;

    private ScannerClient client;
    private HandoverUnderTest mount;
    private LibraryId id;

    @BeforeEach
    void takeMount() {
        client = new ScannerClient();
        mount = HandoverUnderTest.fresh(client.stub());
        id = LibraryId.of(mount.library().id());
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void the_full_scan_of_a_new_tenure_tells_all_again_as_it_was_told() throws Exception {
        mount.manifest("stays");
        mount.sentinel("stays");
        mount.manifest("goes");
        mount.library().quickScan();
        Files.delete(mount.root().resolve("goes.json"));
        mount.library().quickScan();
        List<BundleLook> before = mount.looks();
        HeldScans.release(duties, id);

        try (HeldScans held = new HeldScans(duties, id, scanDuties.tick(id))) {
            held.tick();
            LibraryUnderTest.awaitSent();

            List<BundleLook> after = mount.looks();
            assertThat(after).hasSize(before.size() + 2);
            for (String name : List.of("stays", "goes")) {
                List<BundleLook> ofName = after.stream()
                        .filter(look -> look.getName().toStringUtf8().equals(name))
                        .toList();
                BundleLook told = ofName.get(ofName.size() - 2);
                BundleLook again = ofName.getLast();
                assertThat(again).isEqualTo(told.toBuilder().setAsked(false).build());
            }
            assertThat(before.getLast().getSequence()).isEqualTo(after.getLast().getSequence());
        }
    }

    @Test
    void a_tick_over_ten_thousand_bundles_costs_a_listing_and_no_row() throws Exception {
        HeldScans.release(duties, id);
        try (HeldScans held = new HeldScans(duties, id, scanDuties.tick(id))) {
            held.tick();
            Path payload = mount.root();
            for (int i = 0; i < MANY; i++) {
                String name = new UUID(1, i).toString();
                Files.write(payload.resolve(name + ".json"), new byte[0]);
                Files.write(payload.resolve(name + ".ready"), new byte[0]);
            }
            long first = timed(held);
            LibraryUnderTest.awaitSent();
            assertThat(SluiceInfra.database()
                            .number(
                                    "SELECT COUNT(*) FROM observed_bundle WHERE library_id = ?",
                                    mount.library().id()))
                    .isEqualTo(MANY);
            long read = rowsRead();
            long unchanged = timed(held);
            long readByTick = rowsRead() - read;
            mount.sentinel("one-more");
            long changed = timed(held);
            System.out.printf(
                    "%d bundles: first sight %d ms, a tick without news %d ms (%d rows read), with one look %d ms%n",
                    MANY, first, unchanged, readByTick, changed);

            LibraryUnderTest.awaitSent();
            assertThat(mount.looks().size()).isEqualTo(MANY + 1);
            assertThat(readByTick).as("rows read by a tick without news").isLessThan(MANY / 10);
            assertThat(Duration.ofMillis(unchanged)).isLessThan(Duration.ofSeconds(5));
        }
    }

    /** Of the whole server: what else runs here idles. */
    private static long rowsRead() {
        return SluiceInfra.database()
                .number("SELECT CAST(variable_value AS UNSIGNED) FROM information_schema.global_status"
                        + " WHERE variable_name = 'Rows_read'");
    }

    private static long timed(HeldScans held) throws Exception {
        long start = System.nanoTime();
        held.tick();
        return (System.nanoTime() - start) / 1_000_000;
    }
}
