package io.sluice.ingest.header;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.HeaderMetadata;

/**
 * What a file's first bytes tell.
 *
 * @param mediaType told by the content, e.g. {@code image/jpeg}; empty when the content is no known format
 * @param metadata only the fields that stood there and make sense
 * @param takenAt of the header, null without one
 * @param reason why nothing is known although there could be; null when the header was read
 */
public record FileHeader(
        String mediaType,
        HeaderMetadata metadata,
        @Nullable Instant takenAt,
        @Nullable String reason) {

    public static FileHeader empty() {
        return new FileHeader("", HeaderMetadata.getDefaultInstance(), null, null);
    }

    public static FileHeader unread(String reason) {
        return new FileHeader("", HeaderMetadata.getDefaultInstance(), null, reason);
    }
}
