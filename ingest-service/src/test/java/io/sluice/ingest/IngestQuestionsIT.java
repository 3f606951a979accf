package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.CountLibrariesRequest;
import io.sluice.contract.ingest.v1.FileLocation;
import io.sluice.contract.ingest.v1.GetAssetRequest;
import io.sluice.contract.ingest.v1.LibraryCount;
import io.sluice.contract.ingest.v1.ListAssetsRequest;
import io.sluice.contract.ingest.v1.ListAssetsResponse;
import io.sluice.contract.ingest.v1.ListLocationsRequest;
import io.sluice.contract.ingest.v1.ListLocationsResponse;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.messaging.v1.ListStateLinesRequest;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.ingest.header.ExifJpeg;
import io.sluice.ingest.world.IngestClient;
import io.sluice.ingest.world.Ingested;
import io.sluice.ingest.world.Surroundings;
import io.sluice.ingest.world.ToldLibrary;
import io.sluice.testsupport.SluiceInfra;

/** What is asked over gRPC, answered from real rows. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class IngestQuestionsIT {

    private static IngestClient client;

    @BeforeAll
    static void connect() {
        client = new IngestClient();
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @Test
    void pagesRunFromNewestToOldestWithinTheirFilters() {
        ToldLibrary library = ToldLibrary.online("pages");
        List<FileObservation> seen = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            boolean video = i % 5 == 0;
            String path = "IMG_202301%02d_1200%02d.%s".formatted(1 + i / 5, i, video ? "mp4" : "jpg");
            library.write(
                    path,
                    video
                            ? HexFormat.of()
                                    .parseHex("0000001866747970697363366d0000006d70343269736f6d%02x".formatted(i))
                            : new ExifJpeg().colour(0x200000 + i * 0x101).bytes());
            seen.add(library.see(path));
        }
        library.tell(seen);
        seen.forEach(Ingested::hash);

        ListAssetsRequest all = ListAssetsRequest.newBuilder()
                .setLibraryId(library.id())
                .setLimit(4)
                .build();
        List<AssetState> listed = everyPage(all);
        assertThat(listed).hasSize(25);
        assertThat(listed.stream()
                        .map(asset -> -Timestamps.toMicros(asset.getTakenAt().getAt()))
                        .toList())
                .isSorted();
        assertThat(everyPage(all.toBuilder().setKind(MediaKind.MEDIA_KIND_VIDEO).build()))
                .hasSize(5)
                .allSatisfy(asset -> assertThat(asset.getMediaType()).isEqualTo("video/mp4"));
        assertThat(everyPage(all.toBuilder()
                        .setTakenFrom(Timestamps.parseUnchecked("2023-01-02T00:00:00Z"))
                        .setTakenTo(Timestamps.parseUnchecked("2023-01-04T00:00:00Z"))
                        .build()))
                .hasSize(10);
        assertThat(everyPage(ListAssetsRequest.newBuilder().setLimit(7).build()))
                .extracting(AssetState::getContentHash)
                .doesNotHaveDuplicates()
                .containsAll(listed.stream().map(AssetState::getContentHash).toList());
    }

    @Test
    void aCursorOfOtherFiltersIsRefusedWithTheCure() {
        ToldLibrary library = ToldLibrary.online("cursor");
        for (int i = 0; i < 2; i++) {
            library.write(i + ".txt", "cursor " + i + library.id());
            FileObservation seen = library.see(i + ".txt");
            library.tell(seen);
            Ingested.hash(seen);
        }
        ListAssetsRequest request = ListAssetsRequest.newBuilder()
                .setLibraryId(library.id())
                .setLimit(1)
                .build();
        String cursor = client.ingest().listAssets(request).getNextCursor();
        assertThat(cursor).isNotEmpty();
        assertThatThrownBy(() -> client.ingest()
                        .listAssets(
                                ListAssetsRequest.newBuilder().setCursor(cursor).build()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(e.getStatus().getDescription()).contains("other filters", "start without one");
                });
    }

    @Test
    void anUnknownAssetIsNotFound() {
        assertThatThrownBy(() -> client.ingest()
                        .getAsset(GetAssetRequest.newBuilder()
                                .setContentHash(ByteString.copyFrom(new byte[32]))
                                .build()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    }

    @Test
    void aCrowdOfCopiesIsCountedAndToldInPart() {
        ToldLibrary library = ToldLibrary.online("crowd");
        List<FileObservation> seen = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            String path = "d%d/copy-%03d.bin".formatted(i % 3, i);
            library.write(path, "the same bytes in every one of " + library.id());
            seen.add(library.see(path));
        }
        library.tell(seen);
        seen.forEach(Ingested::hash);
        ByteString hash = ByteString.fromHex(Ingested.hash(seen.getFirst()));
        FileObservation gone = library.seeAbsent("d0/copy-000.bin");
        library.tell(gone);
        AssetState told = Ingested.told(
                Ingested.hash(seen.getFirst()),
                state -> state.getLocationCount() == 150
                        && state.getVersion()
                                == client.ingest()
                                        .getAsset(GetAssetRequest.newBuilder()
                                                .setContentHash(hash)
                                                .build())
                                        .getVersion()
                        && Ingested.row(gone).get("standing").toString().equals("1"));
        assertThat(told.getLocationsCount()).isEqualTo(100);
        assertThat(told.getSerializedSize()).isLessThan(64 << 10);

        List<String> paths = new ArrayList<>();
        String cursor = "";
        do {
            ListLocationsResponse page = client.ingest()
                    .listLocations(ListLocationsRequest.newBuilder()
                            .setContentHash(hash)
                            .setLimit(40)
                            .setCursor(cursor)
                            .build());
            page.getLocationsList().stream()
                    .map(FileLocation::getPath)
                    .map(ByteString::toStringUtf8)
                    .forEach(paths::add);
            cursor = page.getNextCursor();
        } while (!cursor.isEmpty());
        assertThat(paths).hasSize(150).doesNotHaveDuplicates();
        assertThat(paths.subList(0, 149)).isSorted();
        assertThat(paths.getLast()).isEqualTo("d0/copy-000.bin");
    }

    @Test
    void filesAreCountedWhereTheyStand() {
        ToldLibrary library = ToldLibrary.online("counts");
        List<FileObservation> seen = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            library.write(i + ".txt", "counted " + i + library.id());
            seen.add(i == 4 ? library.seeUnstable(i + ".txt") : library.see(i + ".txt"));
        }
        library.tell(seen);
        seen.subList(0, 4).forEach(Ingested::hash);
        FileObservation gone = library.seeAbsent("0.txt");
        library.tell(gone);
        Ingested.row(gone);
        LibraryCount count =
                Ingested.await("counts").until(() -> count(library), found -> found.getLocationsAbsent() == 1);
        assertThat(count.getLocationsPresent()).isEqualTo(4);
        assertThat(count.getLocationsUnhashed()).isEqualTo(1);
    }

    @Test
    void stateLinesAreSortedAndSayWhereEverythingIs() {
        ToldLibrary library = ToldLibrary.online("lines");
        library.write("b/ü \u00a0x.txt", "one " + library.id());
        library.write("b.txt", "two " + library.id());
        FileObservation one = library.see("b/ü \u00a0x.txt");
        FileObservation two = library.seeUnstable("b.txt");
        library.tell(one, two);
        String hash = Ingested.hash(one);
        Ingested.row(two);

        List<String> lines = new ArrayList<>();
        client.operations()
                .listStateLines(ListStateLinesRequest.getDefaultInstance())
                .forEachRemaining(part -> lines.addAll(part.getLinesList()));
        assertThat(lines).isSorted();
        assertThat(lines)
                .contains(
                        "asset " + hash + " live document " + one.getStat().getSize(),
                        "location " + library.name() + " b.txt - present",
                        "location " + library.name() + " b/~c3~bc!20~c2~a0x.txt " + hash + " present");
    }

    private static List<AssetState> everyPage(ListAssetsRequest request) {
        List<AssetState> assets = new ArrayList<>();
        String cursor = "";
        do {
            ListAssetsResponse page = client.ingest()
                    .listAssets(request.toBuilder().setCursor(cursor).build());
            assertThat(page.getAssetsCount()).isLessThanOrEqualTo(request.getLimit());
            assets.addAll(page.getAssetsList());
            cursor = page.getNextCursor();
        } while (!cursor.isEmpty());
        return assets;
    }

    private static LibraryCount count(ToldLibrary library) {
        return client.ingest().countLibraries(CountLibrariesRequest.getDefaultInstance()).getLibrariesList().stream()
                .filter(count -> count.getLibraryId().equals(library.id()))
                .findFirst()
                .orElse(LibraryCount.getDefaultInstance());
    }
}
