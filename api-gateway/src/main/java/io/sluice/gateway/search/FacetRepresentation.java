package io.sluice.gateway.search;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.contract.search.v1.Facet;
import io.sluice.contract.search.v1.FacetName;
import io.sluice.gateway.library.LibraryRoots;
import io.sluice.gateway.web.Wire;

/**
 * How often each value is among all that fits.
 *
 * @param name kind, library, gallery, year, camera or has_gps
 * @param counts the most frequent first, at most 50
 * @param assets all that fits
 * @param more how many values there are beyond those
 */
public record FacetRepresentation(@Schema(examples = "kind") String name, List<Count> counts, long assets, long more) {

    /**
     * One value.
     *
     * @param value what the filter of the same name takes
     * @param label what a person calls it; null when that is the value
     */
    @Schema(name = "FacetCountRepresentation")
    public record Count(
            @Schema(examples = "image") String value,
            @Nullable String label,
            long count) {}

    static FacetRepresentation of(Facet facet, LibraryRoots roots) {
        return new FacetRepresentation(
                Wire.wordOf(facet.getName()),
                facet.getCountsList().stream()
                        .map(count -> new Count(
                                count.getValue(),
                                facet.getName() == FacetName.FACET_NAME_LIBRARY
                                        ? roots.withId(count.getValue())
                                                .map(LibraryState::getName)
                                                .orElse(null)
                                        : Wire.textOrNull(count.getLabel()),
                                count.getCount()))
                        .toList(),
                facet.getAssets(),
                facet.getMore());
    }
}
