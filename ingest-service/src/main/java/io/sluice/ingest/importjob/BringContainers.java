package io.sluice.ingest.importjob;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.ingest.v1.ContainerKind;
import io.sluice.ingest.asset.ExternalHashes;
import io.sluice.ingest.asset.ExternalHashes.Meaning;
import io.sluice.ingest.container.LinkContainers;
import io.sluice.ingest.container.LinkContainers.Linking;
import io.sluice.ingest.container.LinkContainers.Named;
import io.sluice.ingest.handover.BatchItem;
import io.sluice.ingest.handover.BatchItems;
import io.sluice.ingest.handover.Decision;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;

/** Makes galleries and collections of what a manifest names. */
@ApplicationScoped
class BringContainers {

    private final BatchItems items;
    private final ExternalHashes externals;
    private final LinkContainers link;

    BringContainers(BatchItems items, ExternalHashes externals, LinkContainers link) {
        this.items = items;
        this.externals = externals;
        this.link = link;
    }

    void bring(Handle tx, Reckoning reckoning, List<BatchItem> containers) {
        if (containers.isEmpty()) {
            return;
        }
        BatchId batch = reckoning.batch().id();
        Map<ExternalHash, ContentHash> covers = covers(tx, batch, containers);
        List<Named> named = containers.stream()
                .map(item -> new Named(
                        Objects.requireNonNull(item.externalHash()),
                        item.assetType().equals("collection")
                                ? ContainerKind.CONTAINER_KIND_COLLECTION
                                : ContainerKind.CONTAINER_KIND_GALLERY,
                        item.title(),
                        item.coverHash() == null ? null : covers.get(item.coverHash()),
                        item.members(),
                        batch))
                .toList();
        Map<ExternalHash, Linking> linkings = link.link(tx, named);
        for (BatchItem item : containers) {
            Linking linking = Objects.requireNonNull(linkings.get(Objects.requireNonNull(item.externalHash())));
            reckoning.container(item, decision(linking.change()), linking);
        }
    }

    private static Decision decision(LinkContainers.Change change) {
        return switch (change) {
            case CREATED -> Decision.CREATED;
            case UPDATED -> Decision.UPDATED;
            case SAME -> Decision.SKIPPED;
        };
    }

    /** A container's cover is named by the hash of an asset, or of a cover item that belongs to one. */
    private Map<ExternalHash, ContentHash> covers(Handle tx, BatchId batch, List<BatchItem> containers) {
        List<ExternalHash> named = containers.stream()
                .map(BatchItem::coverHash)
                .filter(Objects::nonNull)
                .toList();
        Map<ExternalHash, ContentHash> assets = new HashMap<>();
        if (named.isEmpty()) {
            return assets;
        }
        Map<ExternalHash, ExternalHash> parents = new HashMap<>();
        for (BatchItem item : items.ofHashes(tx, batch, named)) {
            ExternalHash hash = item.externalHash();
            ExternalHash parent = item.parentHash();
            if (hash != null && parent != null) {
                parents.put(hash, parent);
            }
        }
        List<ExternalHash> asked = new ArrayList<>(named);
        asked.addAll(parents.values());
        Map<ExternalHash, Meaning> known = externals.find(tx, asked);
        for (ExternalHash cover : named) {
            Meaning meaning = known.get(parents.getOrDefault(cover, cover));
            if (meaning != null) {
                assets.put(cover, meaning.content());
            }
        }
        return assets;
    }
}
