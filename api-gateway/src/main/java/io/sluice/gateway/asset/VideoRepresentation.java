package io.sluice.gateway.asset;

import static io.sluice.gateway.web.Wire.textOrNull;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.media.v1.VideoFacts;

/**
 * What a probe of a video's container told; width and height stand in dimensions.
 *
 * @param durationMs null when the container does not say
 * @param videoCodec ffmpeg's word
 * @param audioCodec ffmpeg's word; null without sound
 * @param frameRate pictures a second on average
 * @param rotation degrees clockwise that a player turns it by: 0, 90, 180 or 270
 * @param bitRate bits a second of the whole file
 */
public record VideoRepresentation(
        @Schema(examples = "61000") @Nullable Long durationMs,
        @Schema(examples = "h264") @Nullable String videoCodec,
        @Schema(examples = "aac") @Nullable String audioCodec,
        @Schema(examples = "29.97") @Nullable Double frameRate,
        @Schema(examples = "0") int rotation,
        @Schema(examples = "4500000") @Nullable Long bitRate) {

    static VideoRepresentation of(VideoFacts facts) {
        return new VideoRepresentation(
                facts.getDurationMs() == 0 ? null : facts.getDurationMs(),
                textOrNull(facts.getVideoCodec()),
                textOrNull(facts.getAudioCodec()),
                facts.getFrameRate() == 0 ? null : facts.getFrameRate(),
                facts.getRotation(),
                facts.getBitRate() == 0 ? null : facts.getBitRate());
    }
}
