package io.sluice.gateway.world;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.protobuf.ByteString;

import io.grpc.stub.StreamObserver;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.GetRenditionsRequest;
import io.sluice.contract.media.v1.GetRenditionsResponse;
import io.sluice.contract.media.v1.MediaServiceGrpc.MediaServiceImplBase;

/** Renditions in memory; counts its calls, because a page must cost one. */
public final class FakeMedia extends MediaServiceImplBase {

    private final Map<ByteString, AssetRenditions> made = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();

    /** What was put last of this asset. */
    public AssetRenditions of(ByteString contentHash) {
        return Objects.requireNonNull(made.get(contentHash));
    }

    public void put(AssetRenditions renditions) {
        made.put(renditions.getContentHash(), renditions);
    }

    public void clear() {
        made.clear();
    }

    public int calls() {
        return calls.get();
    }

    @Override
    public void getRenditions(GetRenditionsRequest request, StreamObserver<GetRenditionsResponse> answer) {
        calls.incrementAndGet();
        answer.onNext(GetRenditionsResponse.newBuilder()
                .addAllAssets(request.getContentHashesList().stream()
                        .map(made::get)
                        .filter(Objects::nonNull)
                        .toList())
                .build());
        answer.onCompleted();
    }
}
