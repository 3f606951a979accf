package io.sluice.gateway.bytes;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.GetAssetRequest;
import io.sluice.gateway.asset.ContentHash;
import io.sluice.gateway.upstream.Upstreams;
import io.vertx.core.http.HttpServerRequest;

/** Answers with the bytes that an asset is named after. */
@ApplicationScoped
public class SendOriginal {

    private final Upstreams upstreams;
    private final OriginalSource source;
    private final ByteAnswer answer;

    SendOriginal(Upstreams upstreams, OriginalSource source, ByteAnswer answer) {
        this.upstreams = upstreams;
        this.source = source;
        this.answer = answer;
    }

    public Response to(HttpServerRequest request, ContentHash contentHash) {
        AssetState asset = upstreams.ingest(ingest -> ingest.getAsset(
                GetAssetRequest.newBuilder().setContentHash(contentHash.bytes()).build()));
        OriginalType type = OriginalType.of(asset.getMediaType());
        Entity entity = new Entity(
                "original",
                '"' + contentHash.hex() + '"',
                type.mediaType(),
                Entity.REVALIDATE,
                type.disposition(asset),
                true);
        return answer.to(request, entity, () -> source.open(asset));
    }
}
