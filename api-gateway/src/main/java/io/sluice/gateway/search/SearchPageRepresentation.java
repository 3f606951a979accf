package io.sluice.gateway.search;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.search.v1.SearchNote;
import io.sluice.contract.search.v1.SearchResponse;
import io.sluice.gateway.library.LibraryRoots;
import io.sluice.gateway.upstream.Degraded;
import io.sluice.gateway.upstream.Upstream;
import io.sluice.gateway.web.Wire;

/**
 * What was found, the best first.
 *
 * @param nextCursor for the next page of the same search; null on the last one
 * @param total of all pages; null when it could not be counted
 * @param totalIsExact false when there are at least so many
 * @param degraded what this answer lacks: no_model (only words were compared), query_cut, time_limit
 */
public record SearchPageRepresentation(
        List<SearchHitRepresentation> items,
        @Nullable String nextCursor,
        @Nullable Long total,
        boolean totalIsExact,
        List<FacetRepresentation> facets,
        List<Degraded> degraded) {

    static SearchPageRepresentation of(SearchResponse found, LibraryRoots roots) {
        return new SearchPageRepresentation(
                found.getHitsList().stream()
                        .map(hit -> SearchHitRepresentation.of(hit, roots))
                        .toList(),
                Wire.textOrNull(found.getNextCursor()),
                found.hasTotal() ? found.getTotal() : null,
                found.getTotalIsExact(),
                found.getFacetsList().stream()
                        .map(facet -> FacetRepresentation.of(facet, roots))
                        .toList(),
                found.getNotesList().stream()
                        .map(SearchPageRepresentation::note)
                        .toList());
    }

    private static Degraded note(SearchNote note) {
        return new Degraded(Upstream.SEARCH.serviceName(), note.getCode(), note.getDetail());
    }
}
