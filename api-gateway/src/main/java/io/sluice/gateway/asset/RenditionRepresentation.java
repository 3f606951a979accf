package io.sluice.gateway.asset;

import static io.sluice.gateway.web.Wire.textOrNull;
import static io.sluice.gateway.web.Wire.wordOf;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;

/**
 * A file made from the original, or why there is none.
 *
 * @param profile name and version of the recipe; version 0 came ready-made
 * @param state pending, running, ready, failed or unsupported
 * @param progress how much of it is made, 0 to 1; null unless running
 * @param reason why it failed or is unsupported, for a person
 * @param attempts how often it was tried; 0 for what has not begun
 * @param width pixels; null unless ready
 * @param url null unless there is something to get. Of a stream (hls) the one address of its playlist, which stays the same
 *     while it is pending, running and ready; of all else an address whose bytes never change
 */
public record RenditionRepresentation(
        @Schema(examples = "thumbnail") String name,
        @Schema(examples = "thumbnail@1") String profile,
        @Schema(examples = "ready") String state,
        @Schema(examples = "0.42") @Nullable Double progress,
        @Nullable String reason,
        @Nullable String errorCode,
        @Schema(examples = "1") int attempts,
        @Schema(examples = "image/webp") @Nullable String mediaType,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Long bytes,
        @Nullable String url) {

    private static final String STREAM = "hls";
    private static final double WHOLE = 1000;

    static RenditionRepresentation of(ContentHash contentHash, StoredRendition stored) {
        RenditionState state = stored.getState();
        boolean ready = state.getLifecycle() == RenditionLifecycle.RENDITION_LIFECYCLE_READY;
        return new RenditionRepresentation(
                state.getName(),
                state.getName() + "@" + state.getProfileVersion(),
                wordOf(state.getLifecycle()),
                state.getLifecycle() == RenditionLifecycle.RENDITION_LIFECYCLE_RUNNING
                        ? stored.getPermille() / WHOLE
                        : null,
                textOrNull(state.getReason()),
                textOrNull(state.getErrorCode()),
                state.getAttempts(),
                textOrNull(state.getMediaType()),
                ready ? state.getWidth() : null,
                ready ? state.getHeight() : null,
                ready ? state.getBytes() : null,
                url(contentHash, state));
    }

    private static @Nullable String url(ContentHash contentHash, RenditionState state) {
        String asset = "/api/v1/assets/" + contentHash.hex();
        return switch (state.getLifecycle()) {
            case RENDITION_LIFECYCLE_READY ->
                state.getName().equals(STREAM)
                        ? asset + "/hls/playlist.m3u8"
                        : asset + "/renditions/" + state.getName() + "@" + state.getProfileVersion();
            case RENDITION_LIFECYCLE_PENDING, RENDITION_LIFECYCLE_RUNNING ->
                state.getName().equals(STREAM) ? asset + "/hls/playlist.m3u8" : null;
            case RENDITION_LIFECYCLE_FAILED,
                    RENDITION_LIFECYCLE_UNSUPPORTED,
                    RENDITION_LIFECYCLE_UNSPECIFIED,
                    UNRECOGNIZED -> null;
        };
    }
}
