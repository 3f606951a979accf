package io.sluice.ingest.container;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.ContainerKind;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;

/**
 * A gallery or a collection.
 *
 * @param id UUIDv7 text
 * @param version of what was last told of it
 * @param cover the asset that stands for it, null without one
 * @param expected members that its manifest names
 * @param batch that said so last
 */
public record Container(
        String id,
        long version,
        ContainerKind kind,
        ExternalHash externalHash,
        String title,
        @Nullable ContentHash cover,
        int expected,
        BatchId batch) {

    /** The next thing to be told of it: never before what was told, also after a restored database. */
    Container told(long clock) {
        return new Container(id, Math.max(version + 1, clock), kind, externalHash, title, cover, expected, batch);
    }
}
