package io.sluice.gateway.asset;

import static io.sluice.gateway.web.Wire.instantOrNull;
import static io.sluice.gateway.web.Wire.textOrNull;
import static io.sluice.gateway.web.Wire.wordOf;

import java.time.Instant;
import java.util.Base64;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.MediaFacts;
import io.sluice.gateway.library.LibraryRoots;

/**
 * An asset in a list.
 *
 * @param shortHash for display only
 * @param kind image, video, audio, document, or unknown when the content is no known format
 * @param subtype what the upstream calls it within its kind; null when it was not delivered
 * @param mediaType told by the content; null when it is no known format
 * @param size bytes
 * @param takenAt the best known time, and where it is from
 * @param dimensions as shown, in pixels; null until media has looked
 * @param thumbhash base64 of a ThumbHash; null until media has looked
 * @param video only of a video; null until media has looked
 * @param renditions empty until media has heard of the asset; null when media does not answer
 * @param location the first one; null when there is none
 */
public record AssetRepresentation(
        @Schema(examples = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262")
        String contentHash,

        @Schema(examples = "af1349b9f5f9a1a6") String shortHash,
        @Schema(examples = "image") String kind,
        @Schema(examples = "video_simple") @Nullable String subtype,
        @Schema(examples = "image/jpeg") @Nullable String mediaType,
        @Schema(examples = "live") String state,
        @Schema(examples = "3145728") long size,
        @Nullable TakenAtRepresentation takenAt,
        @Nullable Dimensions dimensions,

        @Schema(examples = "1QcSHQRnh493V4dIh4eXh1h4kJUI") @Nullable
        String thumbhash,

        @Nullable VideoRepresentation video,
        @Nullable List<RenditionRepresentation> renditions,
        long locationCount,
        @Nullable LocationRepresentation location) {

    /** @param source exif, exiftool, file_name or file_time */
    public record TakenAtRepresentation(
            Instant at, @Schema(examples = "exif") String source) {}

    public record Dimensions(int width, int height) {}

    /** @param made null when media does not answer; its default instance when media does not know the asset */
    static AssetRepresentation of(AssetState asset, @Nullable AssetRenditions made, LibraryRoots roots) {
        ContentHash contentHash = ContentHash.of(asset.getContentHash());
        return new AssetRepresentation(
                contentHash.hex(),
                contentHash.shortened(),
                wordOf(asset.getKind()),
                textOrNull(asset.getSubtype()),
                textOrNull(asset.getMediaType()),
                wordOf(asset.getLifecycle()),
                asset.getSize(),
                takenAt(asset),
                made == null || !made.hasFacts() ? null : dimensions(made.getFacts()),
                made == null || !made.hasFacts() ? null : thumbhash(made.getFacts()),
                made == null || !made.getFacts().hasVideo()
                        ? null
                        : VideoRepresentation.of(made.getFacts().getVideo()),
                made == null ? null : renditions(contentHash, made),
                asset.getLocationCount(),
                asset.getLocationsCount() == 0 ? null : LocationRepresentation.of(asset.getLocations(0), roots));
    }

    static List<RenditionRepresentation> renditions(ContentHash contentHash, AssetRenditions made) {
        return made.getRenditionsList().stream()
                .map(stored -> RenditionRepresentation.of(contentHash, stored))
                .toList();
    }

    private static @Nullable TakenAtRepresentation takenAt(AssetState asset) {
        Instant at =
                instantOrNull(asset.getTakenAt().hasAt(), asset.getTakenAt().getAt());
        return at == null
                ? null
                : new TakenAtRepresentation(at, wordOf(asset.getTakenAt().getSource()));
    }

    private static @Nullable Dimensions dimensions(MediaFacts facts) {
        return facts.getWidth() == 0 ? null : new Dimensions(facts.getWidth(), facts.getHeight());
    }

    private static @Nullable String thumbhash(MediaFacts facts) {
        return facts.getThumbhash().isEmpty()
                ? null
                : Base64.getEncoder().encodeToString(facts.getThumbhash().toByteArray());
    }
}
