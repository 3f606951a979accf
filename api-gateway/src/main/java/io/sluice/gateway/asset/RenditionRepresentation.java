package io.sluice.gateway.asset;

import static io.sluice.gateway.web.Wire.textOrNull;
import static io.sluice.gateway.web.Wire.wordOf;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;

/**
 * A file made from the original, or why there is none.
 *
 * @param profile name and version of the recipe
 * @param state pending, running, ready, failed or unsupported
 * @param reason why it failed or is unsupported, for a person
 * @param width pixels; null unless ready
 * @param url never changes its bytes; null unless ready
 */
public record RenditionRepresentation(
        @Schema(examples = "thumbnail") String name,
        @Schema(examples = "thumbnail@1") String profile,
        @Schema(examples = "ready") String state,
        @Nullable String reason,
        @Nullable String errorCode,
        @Schema(examples = "image/webp") @Nullable String mediaType,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Long bytes,
        @Nullable String url) {

    static RenditionRepresentation of(ContentHash contentHash, RenditionState state) {
        boolean ready = state.getLifecycle() == RenditionLifecycle.RENDITION_LIFECYCLE_READY;
        String profile = state.getName() + "@" + state.getProfileVersion();
        return new RenditionRepresentation(
                state.getName(),
                profile,
                wordOf(state.getLifecycle()),
                textOrNull(state.getReason()),
                textOrNull(state.getErrorCode()),
                textOrNull(state.getMediaType()),
                ready ? state.getWidth() : null,
                ready ? state.getHeight() : null,
                ready ? state.getBytes() : null,
                ready ? "/api/v1/assets/" + contentHash.hex() + "/renditions/" + profile : null);
    }
}
