package io.sluice.gateway.stream;

import static io.sluice.gateway.web.Wire.textOrNull;
import static io.sluice.gateway.web.Wire.wordOf;

import java.util.HexFormat;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.media.v1.RenditionState;

/**
 * What became of a rendition of an asset.
 *
 * @param profile name and version of the recipe
 * @param state ready, failed or unsupported
 * @param reason why it failed or is unsupported, for a person; null when ready
 */
@Schema(description = "Data of an event named asset: what became of a rendition")
record AssetEventRepresentation(
        @Schema(examples = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262")
        String contentHash,

        @Schema(examples = "thumbnail") String rendition,
        @Schema(examples = "thumbnail@1") String profile,

        @Schema(enumeration = {"ready", "failed", "unsupported"})
        String state,

        @Nullable String errorCode,
        @Nullable String reason) {

    static AssetEventRepresentation of(RenditionState state) {
        return new AssetEventRepresentation(
                HexFormat.of().formatHex(state.getContentHash().toByteArray()),
                state.getName(),
                state.getName() + "@" + state.getProfileVersion(),
                wordOf(state.getLifecycle()),
                textOrNull(state.getErrorCode()),
                textOrNull(state.getReason()));
    }
}
