package io.sluice.gateway.playback;

import java.time.Instant;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.gateway.web.Wire;

/**
 * How a video is played. The addresses need no key and no cookie.
 *
 * @param state of its stream: ready, running, pending, failed or unsupported
 * @param reason why there is no stream, for a person
 * @param progress how much of the stream is made, 0 to 1; null when it cannot be made
 * @param hlsUrl its playlist, also while it grows; null when there is no stream and will be none
 * @param originalUrl the file as it was taken in
 * @param posterUrl a picture of it
 * @param expiresAt when the addresses end
 */
public record PlaybackRepresentation(
        @Schema(examples = "running") String state,
        @Nullable String reason,
        @Schema(examples = "0.42") @Nullable Double progress,

        @Schema(examples = "/api/v1/playback/AAAAAa9…/hls/playlist.m3u8") @Nullable
        String hlsUrl,

        @Schema(examples = "/api/v1/playback/AAAAAa9…/original")
        String originalUrl,

        @Schema(examples = "/api/v1/playback/AAAAAa9…/poster")
        String posterUrl,

        Instant expiresAt) {

    private static final double WHOLE = 1000;

    static PlaybackRepresentation of(StoredRendition stream, String token, Instant expiresAt) {
        RenditionState state = stream.getState();
        Double progress =
                switch (state.getLifecycle()) {
                    case RENDITION_LIFECYCLE_READY -> 1.0;
                    case RENDITION_LIFECYCLE_RUNNING -> stream.getPermille() / WHOLE;
                    case RENDITION_LIFECYCLE_PENDING, RENDITION_LIFECYCLE_UNSPECIFIED -> 0.0;
                    case RENDITION_LIFECYCLE_FAILED, RENDITION_LIFECYCLE_UNSUPPORTED, UNRECOGNIZED -> null;
                };
        String base = "/api/v1/playback/" + token;
        return new PlaybackRepresentation(
                state.getLifecycle() == RenditionLifecycle.RENDITION_LIFECYCLE_UNSPECIFIED
                        ? "pending"
                        : Wire.wordOf(state.getLifecycle()),
                Wire.textOrNull(state.getReason()),
                progress,
                progress == null ? null : base + "/hls/playlist.m3u8",
                base + "/original",
                base + "/poster",
                expiresAt);
    }
}
