package io.sluice.gateway.asset;

import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.ListAssetsRequest;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.gateway.library.LibraryRoots;
import io.sluice.gateway.web.WireTime;

/** Which assets a client wants to see. */
public class AssetFilter {

    @QueryParam("library")
    @Parameter(description = "Id or name of a library", example = "Pictures")
    @Nullable
    String library;

    @QueryParam("kind")
    @Parameter(
            description = "image, video, audio or document",
            schema = @Schema(enumeration = {"image", "video", "audio", "document"}))
    @Nullable
    String kind;

    @QueryParam("taken_from")
    @Parameter(description = "Inclusive, RFC 3339", example = "2024-01-01T00:00:00Z")
    @Nullable
    String takenFrom;

    @QueryParam("taken_to")
    @Parameter(description = "Exclusive, RFC 3339", example = "2025-01-01T00:00:00Z")
    @Nullable
    String takenTo;

    /** @throws CodedException {@code INVALID_REQUEST} that names the wrong parameter */
    void applyTo(ListAssetsRequest.Builder request, LibraryRoots roots) {
        if (library != null) {
            request.setLibraryId(roots.idOf(library));
        }
        if (kind != null) {
            request.setKind(kind(kind));
        }
        if (takenFrom != null) {
            request.setTakenFrom(WireTime.parse("taken_from", takenFrom));
        }
        if (takenTo != null) {
            request.setTakenTo(WireTime.parse("taken_to", takenTo));
        }
    }

    private static MediaKind kind(String kind) {
        return switch (kind) {
            case "image" -> MediaKind.MEDIA_KIND_IMAGE;
            case "video" -> MediaKind.MEDIA_KIND_VIDEO;
            case "audio" -> MediaKind.MEDIA_KIND_AUDIO;
            case "document" -> MediaKind.MEDIA_KIND_DOCUMENT;
            default -> throw wrong("kind", "One of image, video, audio, document.");
        };
    }

    private static CodedException wrong(String parameter, String detail) {
        return new CodedException(ErrorCode.INVALID_REQUEST, parameter + ": " + detail);
    }
}
