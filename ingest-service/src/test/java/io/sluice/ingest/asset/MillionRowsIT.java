package io.sluice.ingest.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

import com.google.protobuf.Timestamp;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.ListAssetsRequest;
import io.sluice.contract.ingest.v1.ListAssetsResponse;
import io.sluice.contract.ingest.v1.ListLocationsRequest;
import io.sluice.contract.ingest.v1.ListLocationsResponse;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.FileLocation;
import io.sluice.ingest.location.LibraryCounts;
import io.sluice.ingest.location.LocationKey;
import io.sluice.ingest.location.Locations;
import io.sluice.ingest.location.Locations.Position;
import io.sluice.ingest.location.Standing;
import io.sluice.ingest.world.MillionRows;
import io.sluice.ingest.world.Surroundings;
import io.sluice.testsupport.SluiceInfra;
import io.sluice.testsupport.StatementCost;

/** With a million rows a page costs what it gives, at its beginning, in the middle and at its end, whatever is asked for. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class MillionRowsIT {

    private static final int PAGE = 50;

    /**
     * Of an asset its entry in a list, its row, its location and where that range ends, a look for containers and one for
     * covers; and one crowd's first hundred.
     */
    private static final int MOST_READS = 8 * PAGE + 150;

    /** Behind the first one, before the crowd, and where the last page of every list is not full any more. */
    private static final List<Integer> DEPTHS = List.of(0, MillionRows.CROWD - 20, 900_000, 949_990);

    private final Locations locations = new Locations(new LibraryCounts());
    private final AssetPages pages = new AssetPages(new AssetsByHash(new Assets(), locations));
    private final LocationPages locationPages = new LocationPages(locations);
    private final Assets assets = new Assets();
    private final LibraryShelves shelves = new LibraryShelves();

    @Test
    void assetsAreListedAtOnePriceByEveryFilterAndAtEveryDepth() {
        long dearest = 0;
        for (ListAssetsRequest filter : filters()) {
            for (int depth : DEPTHS) {
                AtomicReference<ListAssetsResponse> page = new AtomicReference<>();
                ListAssetsRequest request = behind(depth, filter);
                StatementCost cost = cost(handle -> page.set(pages.list(handle, request)));
                assertThat(cost.reads()).as("%s%s", request, cost).isLessThan(MOST_READS);
                assertGoesBy(cost, Set.of(list(filter), "PRIMARY", "by_asset"));
                if (depth < 949_990 && filter.getKind() != MediaKind.MEDIA_KIND_AUDIO) {
                    assertThat(page.get().getAssetsList()).as("%s", request).isNotEmpty();
                    assertThat(depth > 0 || page.get().getAssetsCount() == PAGE)
                            .as("a full first page: %s", request)
                            .isTrue();
                }
                dearest = Math.max(dearest, cost.reads());
            }
        }
        tell("page of 50 assets", dearest);
    }

    @Test
    void aListEndsWhereItsFilterEnds() {
        ListAssetsRequest rare = ListAssetsRequest.newBuilder()
                .setKind(MediaKind.MEDIA_KIND_AUDIO)
                .setLibraryId(MillionRows.LARGE)
                .build();
        StatementCost cost = cost(
                handle -> assertThat(pages.list(handle, rare).getAssetsCount()).isEqualTo(10));
        assertThat(cost.reads()).isLessThan(100);
    }

    @Test
    void locationsOfACrowdAreListedAtOnePriceAtEveryDepth() {
        ContentHash crowd = MillionRows.hash(MillionRows.CROWD);
        AtomicReference<ListLocationsResponse> first = new AtomicReference<>();
        ListLocationsRequest request = ListLocationsRequest.newBuilder()
                .setContentHash(crowd.toByteString())
                .setLimit(PAGE)
                .build();
        List<StatementCost> costs = new ArrayList<>();
        costs.add(cost(handle -> first.set(locationPages.list(handle, request))));
        costs.add(cost(handle -> assertThat(locationPages
                        .list(
                                handle,
                                request.toBuilder()
                                        .setCursor(first.get().getNextCursor())
                                        .build())
                        .getLocationsList())
                .hasSize(PAGE)
                .doesNotContainAnyElementsOf(first.get().getLocationsList())));
        Position middle = at(940_002);
        Position lastPresent = at(999_970);
        Position nearTheEnd = at(999_480);
        costs.add(cost(handle -> assertThat(locations.page(handle, crowd, middle, PAGE))
                .hasSize(PAGE)
                .allMatch(FileLocation::present)));
        // The last file present, with what is absent behind it; then the last of those.
        costs.add(cost(handle -> assertThat(locations.page(handle, crowd, lastPresent, PAGE))
                .hasSize(PAGE)
                .anyMatch(FileLocation::present)));
        costs.add(cost(handle -> assertThat(locations.page(handle, crowd, nearTheEnd, PAGE))
                .isNotEmpty()
                .allMatch(location -> location.standing() == Standing.ABSENT)));
        costs.forEach(cost -> {
            assertThat(cost.reads()).as("%s", cost).isLessThan(3 * PAGE);
            assertGoesBy(cost, Set.of("by_asset"));
        });
        tell(
                "page of 50 locations",
                costs.stream().mapToLong(StatementCost::reads).max().orElseThrow());
    }

    @Test
    void anAssetIsFoundAndTakenUpAndDownWithoutReadingItsCrowd() {
        ContentHash crowd = MillionRows.hash(MillionRows.CROWD);
        StatementCost found =
                cost(handle -> assertThat(assets.find(handle, crowd)).isPresent());
        assertThat(found.reads()).isLessThan(5);
        assertGoesBy(found, Set.of("PRIMARY"));

        List<ContentHash> many = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            many.add(MillionRows.hash(i * 1999));
        }
        StatementCost locked = cost(handle ->
                handle.useTransaction(tx -> assertThat(assets.lock(tx, many)).hasSize(500)));
        assertThat(locked.reads()).isLessThan(2 * 500);
        assertGoesBy(locked, Set.of("PRIMARY"));

        StatementCost libraries = cost(handle ->
                assertThat(locations.librariesOf(handle, crowd)).containsExactly(MillionRows.LARGE, MillionRows.SMALL));
        assertThat(libraries.reads()).isLessThan(30);
        assertGoesBy(libraries, Set.of("by_asset"));
        StatementCost hidden = cost(handle -> undone(
                handle,
                tx -> shelves.hideWhereNoneIsLeft(tx, List.of(new LibraryShelves.Place(crowd, MillionRows.LARGE)))));
        assertThat(hidden.reads()).as("%s", hidden).isLessThan(20);
        tell("a look for the libraries of an asset of 110,000 locations", libraries.reads());
    }

    private static List<ListAssetsRequest> filters() {
        List<ListAssetsRequest> filters = new ArrayList<>();
        for (String library : List.of("", MillionRows.LARGE, MillionRows.SMALL)) {
            for (MediaKind kind : List.of(
                    MediaKind.MEDIA_KIND_UNSPECIFIED,
                    MediaKind.MEDIA_KIND_IMAGE,
                    MediaKind.MEDIA_KIND_VIDEO,
                    MediaKind.MEDIA_KIND_AUDIO)) {
                ListAssetsRequest all = ListAssetsRequest.newBuilder()
                        .setLimit(PAGE)
                        .setLibraryId(library)
                        .setKind(kind)
                        .build();
                filters.add(all);
                filters.add(all.toBuilder().setTakenFrom(taken(950_000)).build());
                filters.add(all.toBuilder().setTakenTo(taken(100)).build());
                filters.add(all.toBuilder()
                        .setTakenFrom(taken(950_000))
                        .setTakenTo(taken(100))
                        .build());
            }
        }
        return filters;
    }

    /** The index that a filter's list stands in. */
    private static String list(ListAssetsRequest filter) {
        return filter.getKind() == MediaKind.MEDIA_KIND_UNSPECIFIED ? "by_taken" : "by_kind";
    }

    private static Timestamp taken(int number) {
        return Timestamp.newBuilder()
                .setSeconds(Instant.parse("2025-01-01T00:00:00Z").getEpochSecond() - number / 3)
                .build();
    }

    private ListAssetsRequest behind(int number, ListAssetsRequest request) {
        if (number == 0) {
            return request;
        }
        AtomicReference<AssetCursor.Place> place = new AtomicReference<>();
        cost(handle -> place.set(AssetCursor.Place.of(
                assets.find(handle, MillionRows.hash(number)).orElseThrow())));
        return request.toBuilder()
                .setCursor(AssetCursor.write(AssetFilter.of(request), place.get()))
                .build();
    }

    private Position at(int number) {
        LocationKey key = MillionRows.file(number);
        AtomicReference<FileLocation> location = new AtomicReference<>();
        cost(handle -> location.set(
                locations.find(handle, List.of(key)).values().iterator().next()));
        return Position.of(location.get());
    }

    private static StatementCost cost(Consumer<Handle> statements) {
        return MillionRows.cost(statements);
    }

    private static void undone(Handle handle, Consumer<Handle> statements) {
        handle.begin();
        try {
            statements.accept(handle);
        } finally {
            handle.rollback();
        }
    }

    private static void assertGoesBy(StatementCost cost, Set<String> indexes) {
        assertThat(cost.plans()).isNotEmpty().allSatisfy(step -> {
            assertThat(step.key()).as("%s", step).isIn(indexes);
            assertThat(step.extra()).as("%s", step).doesNotContain("filesort", "temporary");
        });
    }

    private static void tell(String what, long reads) {
        System.out.printf("At a million rows: %s reads %d index entries and rows%n", what, reads);
    }
}
