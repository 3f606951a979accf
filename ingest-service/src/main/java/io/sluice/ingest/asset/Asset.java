package io.sluice.ingest.asset;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.HeaderMetadata;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.TakenAt;

/**
 * A media object, identified by its content hash.
 *
 * @param version of what was last told of it
 * @param mediaType empty when the content is no known format
 * @param size bytes
 * @param headerReason why nothing is known of the header, null when it was read
 * @param locationCount its locations that are not displaced
 * @param supersededBy the asset that took its place, null unless superseded
 */
public record Asset(
        ContentHash hash,
        long version,
        AssetLifecycle lifecycle,
        Description description,
        long size,
        long locationCount,
        @Nullable ContentHash supersededBy,
        Instant registeredAt) {

    /**
     * What is known of it besides its bytes.
     *
     * @param subtype what the upstream calls it within its kind, empty when it was not delivered
     */
    public record Description(
            MediaKind kind,
            String mediaType,
            String subtype,
            TakenAt taken,
            HeaderMetadata header,
            @Nullable String headerReason) {

        /**
         * Of what two locations of the same bytes tell, the better of each; the same whichever came first. The header
         * depends on the bytes alone, so one that was read stands for one that was not; names and file times differ. What
         * the upstream calls it is what it said last.
         */
        Description with(Description other) {
            Description read = headerReason == null || other.headerReason != null ? this : other;
            boolean first = other.kind == MediaKind.MEDIA_KIND_UNSPECIFIED
                    || (kind != MediaKind.MEDIA_KIND_UNSPECIFIED && kind.getNumber() <= other.kind.getNumber());
            MediaKind named = first ? kind : other.kind;
            return new Description(
                    read.mediaType.isEmpty() ? named : read.kind,
                    read.mediaType,
                    other.subtype.isEmpty() ? subtype : other.subtype,
                    taken.orBetter(other.taken),
                    read.header,
                    read.headerReason);
        }
    }

    public boolean live() {
        return lifecycle == AssetLifecycle.ASSET_LIFECYCLE_LIVE;
    }
}
