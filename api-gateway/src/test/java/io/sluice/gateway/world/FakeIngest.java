package io.sluice.gateway.world;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;

import io.grpc.stub.StreamObserver;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.CountLibrariesRequest;
import io.sluice.contract.ingest.v1.CountLibrariesResponse;
import io.sluice.contract.ingest.v1.GetAssetRequest;
import io.sluice.contract.ingest.v1.IngestServiceGrpc.IngestServiceImplBase;
import io.sluice.contract.ingest.v1.LibraryCount;
import io.sluice.contract.ingest.v1.ListAssetsRequest;
import io.sluice.contract.ingest.v1.ListAssetsResponse;
import io.sluice.contract.ingest.v1.ListLocationsRequest;
import io.sluice.contract.ingest.v1.ListLocationsResponse;
import io.sluice.contract.ingest.v1.MediaKind;

/** Assets in memory, listed with real filters and keyset cursors. */
public final class FakeIngest extends IngestServiceImplBase {

    private static final Comparator<AssetState> NEWEST_FIRST = Comparator.comparing(
                    (AssetState asset) -> asset.getTakenAt().getAt(), Timestamps.comparator())
            .reversed()
            .thenComparing(FakeIngest::hex);

    private final Map<ByteString, AssetState> assets = new ConcurrentHashMap<>();
    private final Map<String, Long> hashlessVideos = new ConcurrentHashMap<>();
    private volatile ListAssetsRequest lastList = ListAssetsRequest.getDefaultInstance();

    public void put(AssetState asset) {
        assets.put(asset.getContentHash(), asset);
    }

    public void remove(AssetState asset) {
        assets.remove(asset.getContentHash());
    }

    /** Files of a library that are called like videos and not hashed yet. */
    public void hashlessVideos(String libraryId, long files) {
        hashlessVideos.put(libraryId, files);
    }

    public void clear() {
        assets.clear();
        hashlessVideos.clear();
    }

    public AssetState get(ByteString contentHash) {
        return assets.get(contentHash);
    }

    public ListAssetsRequest lastList() {
        return lastList;
    }

    @Override
    public void listAssets(ListAssetsRequest request, StreamObserver<ListAssetsResponse> answer) {
        lastList = request;
        List<AssetState> rest = matching(request).sorted(NEWEST_FIRST).toList();
        if (!request.getCursor().isEmpty()) {
            if (!request.getCursor().matches("[0-9a-f]{64}")) {
                answer.onError(FakeServer.coded(ErrorCode.INVALID_REQUEST, "cursor: not one of ours"));
                return;
            }
            AssetState last = assets.get(ByteString.copyFrom(HexFormat.of().parseHex(request.getCursor())));
            rest = rest.stream()
                    .filter(asset -> NEWEST_FIRST.compare(asset, last) > 0)
                    .toList();
        }
        List<AssetState> page = rest.stream().limit(request.getLimit()).toList();
        answer.onNext(ListAssetsResponse.newBuilder()
                .addAllAssets(page)
                .setNextCursor(page.size() < rest.size() ? hex(page.getLast()) : "")
                .build());
        answer.onCompleted();
    }

    @Override
    public void getAsset(GetAssetRequest request, StreamObserver<AssetState> answer) {
        AssetState asset = assets.get(request.getContentHash());
        if (asset == null) {
            answer.onError(FakeServer.coded(ErrorCode.NOT_FOUND, "There is no asset with this content hash."));
            return;
        }
        answer.onNext(asset);
        answer.onCompleted();
    }

    @Override
    public void listLocations(ListLocationsRequest request, StreamObserver<ListLocationsResponse> answer) {
        AssetState asset = assets.get(request.getContentHash());
        if (asset == null) {
            answer.onError(FakeServer.coded(ErrorCode.NOT_FOUND, "There is no asset with this content hash."));
            return;
        }
        if (!request.getCursor().matches("[0-9]{0,4}")) {
            answer.onError(FakeServer.coded(ErrorCode.INVALID_REQUEST, "cursor: not one of ours"));
            return;
        }
        int asked = request.getCursor().isEmpty() ? 0 : Integer.parseInt(request.getCursor());
        int from = Math.min(asset.getLocationsCount(), asked);
        int to = Math.min(asset.getLocationsCount(), from + request.getLimit());
        answer.onNext(ListLocationsResponse.newBuilder()
                .addAllLocations(asset.getLocationsList().subList(from, to))
                .setNextCursor(to < asset.getLocationsCount() ? Integer.toString(to) : "")
                .build());
        answer.onCompleted();
    }

    @Override
    public void countLibraries(CountLibrariesRequest request, StreamObserver<CountLibrariesResponse> answer) {
        Map<String, Long> present = new TreeMap<>(hashlessVideos);
        assets.values().stream()
                .flatMap(asset -> asset.getLocationsList().stream())
                .forEach(location -> present.merge(location.getLibraryId(), 1L, Long::sum));
        CountLibrariesResponse.Builder counts = CountLibrariesResponse.newBuilder();
        present.forEach((library, files) -> counts.addLibraries(LibraryCount.newBuilder()
                .setLibraryId(library)
                .setLocationsPresent(files)
                .setLocationsUnhashed(hashlessVideos.getOrDefault(library, 0L))
                .setHashlessVideos(hashlessVideos.getOrDefault(library, 0L))));
        answer.onNext(counts.build());
        answer.onCompleted();
    }

    private Stream<AssetState> matching(ListAssetsRequest request) {
        return assets.values().stream()
                .filter(asset -> request.getLibraryId().isEmpty()
                        || asset.getLocationsList().stream()
                                .anyMatch(location -> location.getLibraryId().equals(request.getLibraryId())))
                .filter(asset ->
                        request.getKind() == MediaKind.MEDIA_KIND_UNSPECIFIED || asset.getKind() == request.getKind())
                .filter(asset -> !request.hasTakenFrom()
                        || Timestamps.compare(asset.getTakenAt().getAt(), request.getTakenFrom()) >= 0)
                .filter(asset -> !request.hasTakenTo()
                        || Timestamps.compare(asset.getTakenAt().getAt(), request.getTakenTo()) < 0);
    }

    private static String hex(AssetState asset) {
        return HexFormat.of().formatHex(asset.getContentHash().toByteArray());
    }
}
