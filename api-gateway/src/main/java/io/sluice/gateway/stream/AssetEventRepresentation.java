package io.sluice.gateway.stream;

import static io.sluice.gateway.web.Wire.textOrNull;
import static io.sluice.gateway.web.Wire.wordOf;

import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.media.v1.RenditionState;

/**
 * What became of a rendition of an asset.
 *
 * @param profile name and version of the recipe
 * @param state ready, failed or unsupported
 * @param reason why it failed or is unsupported, for a person; null when ready
 */
record AssetEventRepresentation(
        String contentHash,
        String rendition,
        String profile,
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
