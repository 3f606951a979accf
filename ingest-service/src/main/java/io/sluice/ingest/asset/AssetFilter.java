package io.sluice.ingest.asset;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

import com.google.protobuf.Timestamp;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.ListAssetsRequest;
import io.sluice.contract.ingest.v1.MediaKind;

/**
 * Which assets are listed.
 *
 * @param libraryId UUID text, null for all
 * @param kind null for all
 * @param takenFrom inclusive, null for no bound
 * @param takenTo exclusive, null for no bound
 */
record AssetFilter(
        @Nullable String libraryId,
        @Nullable MediaKind kind,
        @Nullable Instant takenFrom,
        @Nullable Instant takenTo) {

    /** @throws CodedException {@code INVALID_REQUEST} */
    static AssetFilter of(ListAssetsRequest request) {
        MediaKind kind = request.getKind();
        if (kind == MediaKind.UNRECOGNIZED) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST,
                    "Unknown media kind " + request.getKindValue() + "; ask for one of " + List.of(MediaKind.values()));
        }
        return new AssetFilter(
                request.getLibraryId().isEmpty() ? null : uuid(request.getLibraryId()),
                kind == MediaKind.MEDIA_KIND_UNSPECIFIED ? null : kind,
                request.hasTakenFrom() ? instant(request.getTakenFrom()) : null,
                request.hasTakenTo() ? instant(request.getTakenTo()) : null);
    }

    private static String uuid(String text) {
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException e) {
            throw new CodedException(ErrorCode.INVALID_REQUEST, "A library id is a UUID, this is none: " + text, e);
        }
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /** The first place in list order that can match; lists run from newest to oldest. */
    AssetCursor.Place start() {
        return takenTo == null ? AssetCursor.Place.FIRST : AssetCursor.Place.behind(-micros(takenTo));
    }

    /** The last {@code newest} that can match. */
    long end() {
        return takenFrom == null ? Long.MAX_VALUE : -micros(takenFrom);
    }

    private static long micros(Instant time) {
        Instant whole = time.truncatedTo(ChronoUnit.MICROS);
        return ChronoUnit.MICROS.between(Instant.EPOCH, whole) + (whole.equals(time) ? 0 : 1);
    }

    /** What a cursor is bound to. */
    int fingerprint() {
        CRC32 crc = new CRC32();
        crc.update((Objects.toString(libraryId, "") + "|" + Objects.toString(kind, "") + "|"
                        + Objects.toString(takenFrom, "") + "|" + Objects.toString(takenTo, ""))
                .getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }
}
