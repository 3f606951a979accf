package io.sluice.search.document;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.AssetText;
import io.sluice.contract.ingest.v1.ContainerState;
import io.sluice.contract.media.v1.MediaFacts;
import io.sluice.contract.media.v1.RenditionState;

/** What one record says. A part without a value was purged. */
public sealed interface Change {

    /** Of one asset. */
    sealed interface OfAsset extends Change {
        /** 64 hex digits. */
        String contentHash();
    }

    record OwnPart(String contentHash, @Nullable AssetState asset) implements OfAsset {}

    record TextPart(
            String contentHash, String source, @Nullable AssetText text) implements OfAsset {}

    record FactsPart(String contentHash, @Nullable MediaFacts facts) implements OfAsset {}

    record RenditionPart(
            String contentHash, String name, @Nullable RenditionState rendition) implements OfAsset {}

    record OfContainer(String containerId, @Nullable ContainerState container) implements Change {}

    /** @param reason why, in one sentence */
    record Unreadable(String reason) implements Change {}
}
