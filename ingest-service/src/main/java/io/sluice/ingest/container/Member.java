package io.sluice.ingest.container;

import org.jspecify.annotations.Nullable;

import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;

/**
 * A place in a container.
 *
 * @param content the asset, null while none is known by that external hash
 */
record Member(
        String containerId,
        int position,
        ExternalHash externalHash,
        @Nullable ContentHash content) {

    Member holding(ContentHash asset) {
        return new Member(containerId, position, externalHash, asset);
    }
}
