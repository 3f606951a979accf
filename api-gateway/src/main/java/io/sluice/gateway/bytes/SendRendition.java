package io.sluice.gateway.bytes;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;

import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.gateway.asset.ContentHash;
import io.vertx.core.http.HttpServerRequest;

/** Answers with the file of a rendition. */
@ApplicationScoped
public class SendRendition {

    private final RenditionSource source;
    private final ByteAnswer answer;

    SendRendition(RenditionSource source, ByteAnswer answer) {
        this.source = source;
        this.answer = answer;
    }

    /** @param rendition by name or by name@version */
    public Response to(HttpServerRequest request, ContentHash contentHash, String rendition) {
        RenditionName name = RenditionName.of(rendition);
        StoredRendition found = source.find(contentHash, name);
        RenditionState state = found.getState();
        Entity entity = new Entity(
                "rendition",
                etag(contentHash, state),
                state.getMediaType(),
                name.versioned() && !found.getProvided() ? Entity.IMMUTABLE : Entity.REVALIDATE,
                null,
                true);
        return answer.to(request, entity, () -> source.open(found));
    }

    /** A rendition that is made again may come out with other bytes; its version is then another one. */
    private static String etag(ContentHash contentHash, RenditionState state) {
        return '"'
                + contentHash.hex()
                + '.'
                + state.getName()
                + '@'
                + state.getProfileVersion()
                + '.'
                + Long.toHexString(state.getVersion())
                + '"';
    }
}
