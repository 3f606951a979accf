package io.sluice.gateway.search;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.search.v1.FacetName;
import io.sluice.contract.search.v1.SearchFilter;
import io.sluice.contract.search.v1.SearchMode;
import io.sluice.contract.search.v1.SearchRequest;
import io.sluice.gateway.library.LibraryRoots;
import io.sluice.gateway.web.WireTime;

/** What a client looks for. Any text is a query; the other parameters are held to their form. */
public class SearchParameters {

    @QueryParam("q")
    @Parameter(
            description =
                    "Words, of which an asset must have all; the last may be the beginning of one. \"In quotes\": next to each other. -not this",
            example = "harbour \"at dusk\" -letter")
    @Nullable
    String query;

    @QueryParam("mode")
    @Parameter(
            description = "hybrid unless given. Without a model only words are compared, and degraded says so",
            schema = @Schema(enumeration = {"hybrid", "text", "semantic"}))
    @Nullable
    String mode;

    @QueryParam("threshold")
    @Parameter(description = "Least closeness of a semantic match, 0 to 1; 0.20 unless given", example = "0.20")
    @Nullable
    String threshold;

    @QueryParam("model_version")
    @Parameter(description = "Of the embeddings to compare with; the newest unless given")
    @Nullable
    String modelVersion;

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

    @QueryParam("gallery")
    @Parameter(description = "Id of a gallery or collection")
    @Nullable
    String gallery;

    @QueryParam("taken_from")
    @Parameter(description = "Inclusive, RFC 3339", example = "2024-01-01T00:00:00Z")
    @Nullable
    String takenFrom;

    @QueryParam("taken_to")
    @Parameter(description = "Exclusive, RFC 3339", example = "2025-01-01T00:00:00Z")
    @Nullable
    String takenTo;

    @QueryParam("camera")
    @Parameter(description = "Make and model as the facet has them", example = "Canon EOS R5")
    @Nullable
    String camera;

    @QueryParam("has_gps")
    @Parameter(description = "true or false", schema = @Schema(enumeration = {"true", "false"}))
    @Nullable
    String hasGps;

    @QueryParam("size_min")
    @Parameter(description = "Bytes, inclusive", example = "1000000")
    @Nullable
    String sizeMin;

    @QueryParam("size_max")
    @Parameter(description = "Bytes, inclusive")
    @Nullable
    String sizeMax;

    @QueryParam("facets")
    @Parameter(
            description =
                    "What to count among all that fits, with commas between: kind, library, gallery, year, camera, has_gps",
            example = "kind,year")
    @Nullable
    String facets;

    /** @throws CodedException {@code INVALID_REQUEST} that names the wrong parameter */
    SearchRequest.Builder toRequest(LibraryRoots roots) {
        SearchRequest.Builder request = SearchRequest.newBuilder()
                .setQuery(query == null ? "" : query)
                .setMode(constant(SearchMode.class, "mode", mode, SearchMode.SEARCH_MODE_HYBRID))
                .setModelVersion(modelVersion == null ? "" : modelVersion)
                .setFilter(filter(roots));
        if (threshold != null) {
            request.setThreshold(threshold(threshold));
        }
        return request.addAllFacets(facets());
    }

    private SearchFilter filter(LibraryRoots roots) {
        SearchFilter.Builder filter = SearchFilter.newBuilder()
                .setKind(constant(MediaKind.class, "kind", kind, MediaKind.MEDIA_KIND_UNSPECIFIED))
                .setContainerId(gallery == null ? "" : gallery)
                .setCamera(camera == null ? "" : camera);
        if (library != null) {
            filter.setLibraryId(roots.idOf(library));
        }
        if (takenFrom != null) {
            filter.setTakenFrom(WireTime.parse("taken_from", takenFrom));
        }
        if (takenTo != null) {
            filter.setTakenTo(WireTime.parse("taken_to", takenTo));
        }
        if (hasGps != null) {
            if (!hasGps.equals("true") && !hasGps.equals("false")) {
                throw wrong("has_gps", "true or false.");
            }
            filter.setHasGps(Boolean.parseBoolean(hasGps));
        }
        if (sizeMin != null) {
            filter.setSizeMin(bytes("size_min", sizeMin));
        }
        if (sizeMax != null) {
            filter.setSizeMax(bytes("size_max", sizeMax));
        }
        return filter.build();
    }

    private Set<FacetName> facets() {
        Set<FacetName> names = new LinkedHashSet<>();
        if (facets != null) {
            Arrays.stream(facets.split(",", -1))
                    .map(name -> constant(FacetName.class, "facets", name.strip(), FacetName.FACET_NAME_UNSPECIFIED))
                    .filter(name -> name != FacetName.FACET_NAME_UNSPECIFIED)
                    .forEach(names::add);
        }
        return names;
    }

    /** The constant of a word, as {@code Wire.wordOf} writes it. */
    private static <E extends Enum<E>> E constant(Class<E> type, String parameter, @Nullable String word, E otherwise) {
        if (word == null || word.isEmpty()) {
            return otherwise;
        }
        String prefix =
                type.getSimpleName().replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT) + "_";
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(prefix + word.toUpperCase(Locale.ROOT)) && each.ordinal() > 0)
                .filter(each -> word.equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> wrong(
                        parameter,
                        "One of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(type.getEnumConstants())
                                                .filter(each -> each.ordinal() > 0
                                                        && each.name().startsWith(prefix))
                                                .map(each -> each.name()
                                                        .substring(prefix.length())
                                                        .toLowerCase(Locale.ROOT))
                                                .toList())
                                + "."));
    }

    private static double threshold(String text) {
        if (!text.matches("0(\\.[0-9]{1,6})?|1(\\.0{1,6})?")) {
            throw wrong("threshold", "A number from 0 to 1, like 0.20.");
        }
        return Double.parseDouble(text);
    }

    private static long bytes(String parameter, String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw wrong(parameter, "A number of bytes, 0 or more.");
        }
        return Long.parseLong(text);
    }

    private static CodedException wrong(String parameter, String detail) {
        return new CodedException(ErrorCode.INVALID_REQUEST, parameter + ": " + detail);
    }
}
