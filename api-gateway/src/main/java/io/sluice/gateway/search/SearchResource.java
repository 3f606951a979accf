package io.sluice.gateway.search;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.sluice.contract.search.v1.SearchRequest;
import io.sluice.gateway.library.LibraryRoots;
import io.sluice.gateway.security.Role;
import io.sluice.gateway.upstream.Upstreams;
import io.sluice.gateway.web.PageParameters;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Questions to the index. */
@Path("/search")
@Tag(name = "search")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class SearchResource {

    private final Upstreams upstreams;
    private final LibraryRoots roots;

    SearchResource(Upstreams upstreams, LibraryRoots roots) {
        this.upstreams = upstreams;
        this.roots = roots;
    }

    @GET
    @Operation(
            summary = "Assets that fit a query and its filters, the best first",
            description = "Live assets only, within a second of what was told of them. Any text is a query. "
                    + "While the index is made, 503 with Retry-After.")
    public SearchPageRepresentation search(@BeanParam SearchParameters wanted, @BeanParam PageParameters page) {
        SearchRequest request = wanted.toRequest(roots)
                .setLimit(page.limit())
                .setCursor(page.cursor())
                .build();
        return SearchPageRepresentation.of(upstreams.search(search -> search.search(request)), roots);
    }
}
