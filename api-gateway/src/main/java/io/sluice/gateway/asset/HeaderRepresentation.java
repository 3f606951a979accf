package io.sluice.gateway.asset;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.sluice.contract.ingest.v1.HeaderMetadata;

/**
 * What stands in the header of the file; a field that is not there was not in the file.
 *
 * @param orientation EXIF orientation, 1 to 8
 * @param focalLength millimetres
 * @param aperture f-number
 * @param shutterSpeed seconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HeaderRepresentation(
        @Nullable String cameraMake,
        @Nullable String cameraModel,
        @Nullable String lensModel,
        @Nullable Integer orientation,
        @Nullable Position position,
        @Nullable Double focalLength,
        @Nullable Double aperture,
        @Nullable Double shutterSpeed,
        @Nullable Integer iso) {

    /** Degrees, WGS 84; altitude in metres above sea level. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Position(
            @Schema(examples = "48.2082") double latitude,
            @Schema(examples = "16.3738") double longitude,
            @Nullable Double altitude) {}

    static HeaderRepresentation of(HeaderMetadata header) {
        return new HeaderRepresentation(
                header.hasCameraMake() ? header.getCameraMake() : null,
                header.hasCameraModel() ? header.getCameraModel() : null,
                header.hasLensModel() ? header.getLensModel() : null,
                header.hasOrientation() ? header.getOrientation() : null,
                position(header),
                header.hasFocalLength() ? header.getFocalLength() : null,
                header.hasAperture() ? header.getAperture() : null,
                header.hasShutterSpeed() ? header.getShutterSpeed() : null,
                header.hasIso() ? header.getIso() : null);
    }

    private static @Nullable Position position(HeaderMetadata header) {
        return header.hasGpsLatitude() && header.hasGpsLongitude()
                ? new Position(
                        header.getGpsLatitude(),
                        header.getGpsLongitude(),
                        header.hasGpsAltitude() ? header.getGpsAltitude() : null)
                : null;
    }
}
