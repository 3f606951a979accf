package io.sluice.gateway.world;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.google.protobuf.ByteString;

import io.grpc.stub.StreamObserver;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.CountStreamsRequest;
import io.sluice.contract.media.v1.CountStreamsResponse;
import io.sluice.contract.media.v1.GetRenditionsRequest;
import io.sluice.contract.media.v1.GetRenditionsResponse;
import io.sluice.contract.media.v1.MediaServiceGrpc.MediaServiceImplBase;
import io.sluice.contract.media.v1.PlayNowRequest;
import io.sluice.contract.media.v1.PlayNowResponse;
import io.sluice.contract.media.v1.RedoRenditionRequest;
import io.sluice.contract.media.v1.RedoRenditionResponse;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.contract.media.v1.StreamCount;

/** Renditions in memory; counts its calls, because a page must cost one. */
public final class FakeMedia extends MediaServiceImplBase {

    private static final String STREAM = "hls";

    private final Map<ByteString, AssetRenditions> made = new ConcurrentHashMap<>();
    private final Map<ByteString, Set<String>> videos = new ConcurrentHashMap<>();
    private final Map<ByteString, Runnable> whenPlayed = new ConcurrentHashMap<>();
    private final List<PlayNowRequest> played = new CopyOnWriteArrayList<>();
    private final List<RedoRenditionRequest> redone = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong versions = new AtomicLong(1_000_000);

    /** What was put last of this asset. */
    public AssetRenditions of(ByteString contentHash) {
        return Objects.requireNonNull(made.get(contentHash));
    }

    public void put(AssetRenditions renditions) {
        made.put(renditions.getContentHash(), renditions);
    }

    /** This asset counts as a video of that library; a video may lie in several. */
    public void video(ByteString contentHash, String libraryId) {
        videos.computeIfAbsent(contentHash, unseen -> ConcurrentHashMap.newKeySet())
                .add(libraryId);
    }

    /** What a worker does as soon as somebody wants to play a stream that nobody has begun. */
    public void whenPlayed(ByteString contentHash, Runnable worker) {
        whenPlayed.put(contentHash, worker);
    }

    public void clear() {
        made.clear();
        videos.clear();
        whenPlayed.clear();
        played.clear();
        redone.clear();
    }

    public int calls() {
        return calls.get();
    }

    public List<PlayNowRequest> played() {
        return List.copyOf(played);
    }

    public List<RedoRenditionRequest> redone() {
        return List.copyOf(redone);
    }

    @Override
    public void getRenditions(GetRenditionsRequest request, StreamObserver<GetRenditionsResponse> answer) {
        calls.incrementAndGet();
        FakeServer.tell(
                answer,
                GetRenditionsResponse.newBuilder()
                        .addAllAssets(request.getContentHashesList().stream()
                                .map(made::get)
                                .filter(Objects::nonNull)
                                .toList())
                        .build());
    }

    @Override
    public void playNow(PlayNowRequest request, StreamObserver<PlayNowResponse> answer) {
        played.add(request);
        if (stream(request.getContentHash())
                .filter(stream -> is(stream, RenditionLifecycle.RENDITION_LIFECYCLE_PENDING))
                .isPresent()) {
            Optional.ofNullable(whenPlayed.get(request.getContentHash())).ifPresent(Runnable::run);
        }
        FakeServer.tellKnown(
                answer,
                stream(request.getContentHash())
                        .map(stream ->
                                PlayNowResponse.newBuilder().setStream(stream).build())
                        .orElse(null),
                "This asset is no video.");
    }

    @Override
    public void redoRendition(RedoRenditionRequest request, StreamObserver<RedoRenditionResponse> answer) {
        redone.add(request);
        AssetRenditions known = made.getOrDefault(request.getContentHash(), AssetRenditions.getDefaultInstance());
        AssetRenditions.Builder after = known.toBuilder().clearRenditions();
        RedoRenditionResponse.Builder pending = RedoRenditionResponse.newBuilder();
        for (StoredRendition stored : known.getRenditionsList()) {
            if (stored.getState().getName().equals(request.getName())) {
                RenditionState again = RenditionState.newBuilder()
                        .setContentHash(request.getContentHash())
                        .setName(request.getName())
                        .setProfileVersion(stored.getState().getProfileVersion())
                        .setVersion(versions.incrementAndGet())
                        .setLifecycle(RenditionLifecycle.RENDITION_LIFECYCLE_PENDING)
                        .build();
                pending.addRenditions(again);
                after.addRenditions(StoredRendition.newBuilder().setState(again));
            } else {
                after.addRenditions(stored);
            }
        }
        if (pending.getRenditionsCount() > 0) {
            put(after.build());
        }
        FakeServer.tellKnown(
                answer,
                pending.getRenditionsCount() == 0 ? null : pending.build(),
                "This asset has no rendition of that name.");
    }

    @Override
    public void countStreams(CountStreamsRequest request, StreamObserver<CountStreamsResponse> answer) {
        Set<String> libraries = new HashSet<>();
        videos.values().forEach(libraries::addAll);
        CountStreamsResponse.Builder counts = CountStreamsResponse.newBuilder();
        libraries.forEach(library -> counts.addLibraries(count(library)));
        FakeServer.tell(answer, counts.setAll(count("")).build());
    }

    private StreamCount count(String library) {
        StreamCount.Builder count = StreamCount.newBuilder().setLibraryId(library);
        videos.forEach((contentHash, libraries) -> {
            if (library.isEmpty() || libraries.contains(library)) {
                count.setTotal(count.getTotal() + 1);
                switch (stream(contentHash).orElseThrow().getState().getLifecycle()) {
                    case RENDITION_LIFECYCLE_READY -> count.setWithPlaylist(count.getWithPlaylist() + 1);
                    case RENDITION_LIFECYCLE_FAILED -> count.setFailed(count.getFailed() + 1);
                    case RENDITION_LIFECYCLE_UNSUPPORTED -> count.setUnsupported(count.getUnsupported() + 1);
                    default -> count.setPending(count.getPending() + 1);
                }
            }
        });
        return count.build();
    }

    private Optional<StoredRendition> stream(ByteString contentHash) {
        return Optional.ofNullable(made.get(contentHash)).stream()
                .flatMap(asset -> asset.getRenditionsList().stream())
                .filter(stored -> stored.getState().getName().equals(STREAM))
                .max(Comparator.comparing(stored -> is(stored, RenditionLifecycle.RENDITION_LIFECYCLE_READY)));
    }

    private static boolean is(StoredRendition stored, RenditionLifecycle lifecycle) {
        return stored.getState().getLifecycle() == lifecycle;
    }
}
