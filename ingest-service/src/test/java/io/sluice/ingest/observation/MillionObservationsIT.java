package io.sluice.ingest.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.ingest.location.LibraryCounts;
import io.sluice.ingest.location.LibraryCounts.Count;
import io.sluice.ingest.location.LocationKey;
import io.sluice.ingest.location.Locations;
import io.sluice.ingest.location.PathKey;
import io.sluice.ingest.world.MillionRows;
import io.sluice.ingest.world.Surroundings;
import io.sluice.testsupport.SluiceInfra;
import io.sluice.testsupport.StatementCost;

/** With a million file locations, what comes in meets its rows by their keys, and only a full scan's digests read a library. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class MillionObservationsIT {

    private static final int BATCH = 500;

    private final LibraryCounts counts = new LibraryCounts();
    private final Locations locations = new Locations(counts);

    @Test
    void filesAreLockedByTheirIds() {
        List<LocationKey> files = new ArrayList<>();
        for (int i = 1; i <= BATCH; i++) {
            files.add(MillionRows.file(i * 1999));
        }
        StatementCost cost = MillionRows.cost(handle -> handle.useTransaction(
                tx -> assertThat(locations.lock(tx, files)).hasSize(BATCH)));
        assertReads(cost, 2 * BATCH, "by_file");
        tell("a batch of 500 observations", cost.reads());
    }

    @Test
    void holdersOfPathsAreLockedByTheirPaths() {
        List<PathKey> paths = new ArrayList<>();
        for (int i = 1; i <= BATCH; i++) {
            paths.add(MillionRows.path(i * 1709));
        }
        StatementCost cost = MillionRows.cost(handle -> handle.useTransaction(
                tx -> assertThat(locations.lockHolders(tx, paths)).hasSize(BATCH)));
        assertReads(cost, 2 * BATCH, "by_path");
        tell("the holders of 500 paths", cost.reads());
    }

    @Test
    void filesAreCountedFromSixteenRowsALibrary() {
        List<Count> told = new ArrayList<>();
        StatementCost cost = MillionRows.cost(handle -> {
            told.clear();
            told.addAll(counts.all(handle));
        });
        assertThat(told).extracting(Count::libraryId).containsExactly(MillionRows.LARGE, MillionRows.SMALL);
        assertThat(told.stream().mapToLong(Count::present).sum()).isEqualTo(980_000);
        assertReads(cost, 2 * 16 + 10, "PRIMARY");
        tell("the counts of two libraries", cost.reads());
    }

    @Test
    void whetherAnythingIsDeferredIsOneLook() {
        StatementCost some =
                MillionRows.cost(handle -> assertThat(BucketComparison.somethingDeferred(handle, MillionRows.LARGE))
                        .isTrue());
        StatementCost none =
                MillionRows.cost(handle -> assertThat(BucketComparison.somethingDeferred(handle, MillionRows.SMALL))
                        .isFalse());
        assertReads(some, 5, "deferred_key");
        assertReads(none, 5, "deferred_key");
    }

    /** Comes once a full scan, locks nothing, and is bounded by what that scan itself has looked at: its own library. */
    @Test
    void digestsReadTheirOwnLibraryOnce() {
        BucketDigests digests = new BucketDigests(MillionRows.transactions(), counts);
        long files = MillionRows.ROWS / 101;
        StatementCost cost = MillionRows.cost(handle -> digests.of(MillionRows.SMALL));
        assertThat(cost.reads()).isBetween(files, 3 * files);
        assertThat(cost.plans())
                .filteredOn(step -> step.table().equals("file_location"))
                .hasSize(1)
                .allMatch(step -> step.key().equals("by_file"));
        tell("the digests of a library of 9,900 files", cost.reads());
    }

    private static void assertReads(StatementCost cost, long most, String index) {
        assertThat(cost.reads()).as("%s", cost).isLessThanOrEqualTo(most);
        assertThat(cost.plans()).isNotEmpty().allSatisfy(step -> {
            assertThat(step.key()).as("%s", step).isEqualTo(index);
            assertThat(step.extra()).as("%s", step).doesNotContain("filesort", "temporary");
        });
    }

    private static void tell(String what, long reads) {
        System.out.printf("At a million rows: %s reads %d index entries and rows%n", what, reads);
    }
}
