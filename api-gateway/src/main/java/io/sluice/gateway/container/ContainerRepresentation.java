package io.sluice.gateway.container;

import static io.sluice.gateway.web.Wire.textOrNull;
import static io.sluice.gateway.web.Wire.wordOf;

import java.util.HexFormat;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.ContainerKind;
import io.sluice.contract.ingest.v1.ContainerState;

/**
 * A gallery or collection.
 *
 * @param kind gallery or collection
 * @param externalHash the identity that the upstream gives it, 32 hex digits
 * @param expectedMembers how many its manifest names
 * @param linkedMembers those that are assets of the library
 * @param missingMembers those that are not (yet)
 * @param cover content hash of the asset that stands for it; null without one
 * @param assetsUrl where its linked members are listed
 */
public record ContainerRepresentation(
        @Schema(examples = "0199f0c5-0f2d-7e61-a4b7-2d9c6e5f8a13")
        String id,

        @Schema(examples = "gallery") String kind,
        @Schema(examples = "Harbour at dusk") String title,
        @Nullable String externalHash,
        @Schema(examples = "15") int expectedMembers,
        @Schema(examples = "14") int linkedMembers,
        @Schema(examples = "1") int missingMembers,
        @Nullable String cover,
        String assetsUrl) {

    static ContainerRepresentation of(ContainerState container) {
        return new ContainerRepresentation(
                container.getContainerId(),
                wordOf(container.getKind()),
                container.getTitle(),
                textOrNull(HexFormat.of().formatHex(container.getExternalHash().toByteArray())),
                container.getExpectedMembers(),
                container.getLinkedMembers(),
                container.getMissingMembers(),
                textOrNull(HexFormat.of().formatHex(container.getCover().toByteArray())),
                "/api/v1/" + areaOf(container.getKind()) + "/" + container.getContainerId() + "/assets");
    }

    private static String areaOf(ContainerKind kind) {
        return kind == ContainerKind.CONTAINER_KIND_COLLECTION ? "collections" : "galleries";
    }
}
