package io.sluice.gateway.asset;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.sluice.gateway.upstream.Degraded;

/**
 * A page of assets, newest taken first.
 *
 * @param nextCursor for the next page with the same filters; null on the last one
 * @param degraded which services did not answer; what they would have told is null in every item
 */
public record AssetPageRepresentation(
        List<AssetRepresentation> items, @Nullable String nextCursor, List<Degraded> degraded) {}
