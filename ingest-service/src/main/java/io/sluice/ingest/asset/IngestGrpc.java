package io.sluice.ingest.asset;

import java.util.List;
import java.util.function.Function;

import org.jdbi.v3.core.Handle;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.CountLibrariesRequest;
import io.sluice.contract.ingest.v1.CountLibrariesResponse;
import io.sluice.contract.ingest.v1.GetAssetRequest;
import io.sluice.contract.ingest.v1.IngestServiceGrpc;
import io.sluice.contract.ingest.v1.LibraryCount;
import io.sluice.contract.ingest.v1.ListAssetsRequest;
import io.sluice.contract.ingest.v1.ListAssetsResponse;
import io.sluice.contract.ingest.v1.ListLocationsRequest;
import io.sluice.contract.ingest.v1.ListLocationsResponse;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.LibraryCounts;
import io.sluice.ingest.location.Locations;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.grpc.GrpcAnswers;

/** Answers questions about the library of assets. */
@GrpcService
class IngestGrpc extends IngestServiceGrpc.IngestServiceImplBase {

    private final Transactions transactions;
    private final AssetPages pages;
    private final LocationPages locationPages;
    private final Assets assets;
    private final Locations locations;
    private final LibraryCounts counts;

    IngestGrpc(
            Transactions transactions,
            AssetPages pages,
            LocationPages locationPages,
            Assets assets,
            Locations locations,
            LibraryCounts counts) {
        this.transactions = transactions;
        this.pages = pages;
        this.locationPages = locationPages;
        this.assets = assets;
        this.locations = locations;
        this.counts = counts;
    }

    @Override
    public void listAssets(ListAssetsRequest request, StreamObserver<ListAssetsResponse> answer) {
        answer(answer, handle -> pages.list(handle, request));
    }

    @Override
    public void listLocations(ListLocationsRequest request, StreamObserver<ListLocationsResponse> answer) {
        answer(answer, handle -> locationPages.list(handle, request));
    }

    @Override
    public void getAsset(GetAssetRequest request, StreamObserver<AssetState> answer) {
        ContentHash hash = ContentHash.of(request.getContentHash());
        answer(answer, handle -> assets.find(handle, hash)
                .map(asset -> AssetStates.of(
                        asset,
                        locations.page(handle, hash, null, AssetStates.MAX_LOCATIONS),
                        Belongings.of(handle, List.of(hash)).getOrDefault(hash, Belongings.NONE)))
                .orElseThrow(() -> new CodedException(
                        ErrorCode.NOT_FOUND, "No asset has content hash " + hash + ". List assets to find one.")));
    }

    @Override
    public void countLibraries(CountLibrariesRequest request, StreamObserver<CountLibrariesResponse> answer) {
        answer(answer, handle -> {
            List<LibraryCount> libraries = counts.all(handle).stream()
                    .map(count -> LibraryCount.newBuilder()
                            .setLibraryId(count.libraryId())
                            .setLocationsPresent(count.present())
                            .setLocationsUnhashed(count.unhashed())
                            .setLocationsAbsent(count.absent())
                            .setHashlessVideos(count.hashlessVideos())
                            .build())
                    .toList();
            return CountLibrariesResponse.newBuilder()
                    .addAllLibraries(libraries)
                    .build();
        });
    }

    private <A> void answer(StreamObserver<A> answer, Function<Handle, A> question) {
        GrpcAnswers.answer(answer, () -> transactions.read(question));
    }
}
