package io.sluice.ingest.importjob;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.ErrorCode;
import io.sluice.ingest.asset.ExternalHashes;
import io.sluice.ingest.asset.ExternalHashes.Meaning;
import io.sluice.ingest.asset.ProvideRenditions;
import io.sluice.ingest.asset.ProvideRenditions.Provided;
import io.sluice.ingest.handover.BatchItem;
import io.sluice.ingest.handover.Decision;
import io.sluice.ingest.identity.ExternalHash;

/** Gives covers to the assets that they belong to; one whose parent is not known yet is deferred. */
@ApplicationScoped
class BringCovers {

    private final ExternalHashes externals;
    private final ProvideRenditions provide;

    BringCovers(ExternalHashes externals, ProvideRenditions provide) {
        this.externals = externals;
        this.provide = provide;
    }

    record Read(BatchItem item, ItemResult.Cover cover) {}

    /** @param reads in the order of the manifest */
    void bring(Handle tx, Reckoning reckoning, List<Read> reads) {
        if (reads.isEmpty()) {
            return;
        }
        Map<ExternalHash, Meaning> parents = externals.find(
                tx,
                reads.stream()
                        .map(read -> read.item().parentHash())
                        .filter(Objects::nonNull)
                        .toList());
        List<BatchItem> items = new ArrayList<>();
        List<Provided> covers = new ArrayList<>();
        for (Read read : reads) {
            ExternalHash parentHash = read.item().parentHash();
            Meaning parent = parentHash == null ? null : parents.get(parentHash);
            if (parent == null) {
                reckoning.deferred(
                        read.item(),
                        ErrorCode.PARENT_UNKNOWN,
                        "Its parent " + parentHash
                                + " is no asset yet; import the bundle that brings it, then queue this"
                                + " batch again");
                continue;
            }
            items.add(read.item());
            covers.add(new Provided(
                    parent.content(),
                    ProvideRenditions.COVER,
                    Objects.requireNonNull(read.item().externalHash()),
                    true,
                    reckoning.batch().id(),
                    reckoning.batch().libraryId(),
                    read.cover().path(),
                    read.cover().stat()));
        }
        List<ProvideRenditions.Change> changes = provide.provide(tx, covers);
        for (int i = 0; i < items.size(); i++) {
            reckoning.asset(
                    items.get(i), decision(changes.get(i)), covers.get(i).asset(), "");
        }
    }

    private static Decision decision(ProvideRenditions.Change change) {
        return switch (change) {
            case CREATED -> Decision.CREATED;
            case UPDATED -> Decision.UPDATED;
            case LINKED -> Decision.LINKED;
            case SAME -> Decision.SKIPPED;
        };
    }
}
