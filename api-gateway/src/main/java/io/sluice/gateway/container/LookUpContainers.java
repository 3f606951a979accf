package io.sluice.gateway.container;

import static io.sluice.gateway.web.Wire.textOrNull;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.ContainerKind;
import io.sluice.contract.ingest.v1.ContainerState;
import io.sluice.contract.ingest.v1.GetContainerRequest;
import io.sluice.contract.ingest.v1.ListContainerAssetsRequest;
import io.sluice.contract.ingest.v1.ListContainerAssetsResponse;
import io.sluice.contract.ingest.v1.ListContainersRequest;
import io.sluice.contract.ingest.v1.ListContainersResponse;
import io.sluice.gateway.asset.AssetPageRepresentation;
import io.sluice.gateway.asset.LookUpAssets;
import io.sluice.gateway.upstream.Upstreams;
import io.sluice.gateway.web.PageParameters;
import io.sluice.gateway.web.Wire;

/** Asks ingest for containers of one kind; a container of the other kind is not found. */
@ApplicationScoped
class LookUpContainers {

    private final Upstreams upstreams;
    private final LookUpAssets assets;

    LookUpContainers(Upstreams upstreams, LookUpAssets assets) {
        this.upstreams = upstreams;
        this.assets = assets;
    }

    ContainerPageRepresentation list(ContainerKind kind, PageParameters page) {
        ListContainersResponse told =
                upstreams.imports(ingest -> ingest.listContainers(ListContainersRequest.newBuilder()
                        .setKind(kind)
                        .setLimit(page.limit())
                        .setCursor(page.cursor())
                        .build()));
        return new ContainerPageRepresentation(
                told.getContainersList().stream()
                        .map(ContainerRepresentation::of)
                        .toList(),
                textOrNull(told.getNextCursor()));
    }

    ContainerRepresentation one(ContainerKind kind, String id) {
        return ContainerRepresentation.of(known(kind, id));
    }

    AssetPageRepresentation assets(ContainerKind kind, String id, PageParameters page) {
        known(kind, id);
        ListContainerAssetsResponse told =
                upstreams.imports(ingest -> ingest.listContainerAssets(ListContainerAssetsRequest.newBuilder()
                        .setContainerId(id)
                        .setLimit(page.limit())
                        .setCursor(page.cursor())
                        .build()));
        return assets.page(told.getAssetsList(), told.getNextCursor());
    }

    private ContainerState known(ContainerKind kind, String id) {
        ContainerState container = upstreams.imports(ingest -> ingest.getContainer(
                GetContainerRequest.newBuilder().setContainerId(id).build()));
        if (container.getKind() != kind) {
            throw new CodedException(
                    ErrorCode.NOT_FOUND,
                    "There is no " + Wire.wordOf(kind) + " with this id; it is a " + Wire.wordOf(container.getKind())
                            + ".");
        }
        return container;
    }
}
