package io.sluice.ingest.importjob;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;
import io.sluice.ingest.asset.ExternalHashes;
import io.sluice.ingest.asset.ExternalHashes.Meaning;
import io.sluice.ingest.asset.RegisterAsset;
import io.sluice.ingest.asset.RegisterAsset.Bringing;
import io.sluice.ingest.asset.RegisterAsset.BroughtFile;
import io.sluice.ingest.container.FillMembers;
import io.sluice.ingest.handover.Batch;
import io.sluice.ingest.handover.BatchId;
import io.sluice.ingest.handover.BatchItem;
import io.sluice.ingest.handover.Batches;
import io.sluice.ingest.handover.Decision;
import io.sluice.ingest.handover.ExternalHash;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.provenance.StoreProvenance;

/**
 * Takes photos in: what their external hashes mean from now on, the files themselves by the one road, what was said of
 * them. Set-wise, in the order: external hashes, members that waited for them, locations, assets, provenance.
 */
@ApplicationScoped
class BringPhotos {

    private final Batches batches;
    private final ExternalHashes externals;
    private final FillMembers fill;
    private final RegisterAsset register;
    private final StoreProvenance provenance;

    BringPhotos(
            Batches batches,
            ExternalHashes externals,
            FillMembers fill,
            RegisterAsset register,
            StoreProvenance provenance) {
        this.batches = batches;
        this.externals = externals;
        this.fill = fill;
        this.register = register;
        this.provenance = provenance;
    }

    record Read(BatchItem item, ItemResult.Photo photo) {

        ExternalHash hash() {
            return Objects.requireNonNull(item.externalHash());
        }
    }

    /** What the upstream's hash of a photo means now, compared with what it meant. */
    private enum Naming {
        NEW,
        SAME,
        MOVED
    }

    /** @param reads in the order of the manifest */
    void bring(Handle tx, Reckoning reckoning, List<Read> reads) {
        if (reads.isEmpty()) {
            return;
        }
        List<Read> taken = new ArrayList<>();
        List<Naming> namings = name(tx, reckoning, reads, taken);
        Map<ExternalHash, ContentHash> meanings = new HashMap<>();
        for (int i = 0; i < taken.size(); i++) {
            if (namings.get(i) != Naming.SAME) {
                meanings.put(taken.get(i).hash(), taken.get(i).photo().hash());
            }
        }
        Set<ContentHash> regrouped = fill.fill(tx, meanings);
        Batch batch = reckoning.batch();
        List<Bringing> bringings = register.bring(
                tx,
                taken.stream()
                        .map(read -> new BroughtFile(
                                batch.libraryId(),
                                read.photo().path(),
                                read.photo().stat(),
                                read.photo().hash(),
                                read.photo().header(),
                                reckoning.job().id()))
                        .toList(),
                regrouped);
        Set<ContentHash> said = provenance.store(
                tx,
                taken.stream()
                        .map(read -> new StoreProvenance.Told(
                                read.photo().hash(), batch.id(), read.photo().sources()))
                        .toList());
        for (int i = 0; i < taken.size(); i++) {
            Read read = taken.get(i);
            Decision decision = decision(
                    namings.get(i), bringings.get(i), said.contains(read.photo().hash()));
            reckoning.asset(
                    read.item(),
                    decision,
                    read.photo().hash(),
                    String.join(" ", read.photo().sources().leftOut()));
        }
    }

    private static Decision decision(Naming naming, Bringing bringing, boolean said) {
        return switch (naming) {
            case NEW -> bringing == Bringing.CREATED ? Decision.CREATED : Decision.LINKED;
            case MOVED -> Decision.UPDATED;
            case SAME -> said ? Decision.UPDATED : Decision.SKIPPED;
        };
    }

    /** Writes what hashes mean; conflicts are decided here and not taken. Gives one naming of each that is. */
    private List<Naming> name(Handle tx, Reckoning reckoning, List<Read> reads, List<Read> taken) {
        Map<ExternalHash, Meaning> known =
                new HashMap<>(externals.lock(tx, reads.stream().map(Read::hash).toList()));
        SortedMap<ExternalHash, Meaning> fresh = new TreeMap<>();
        SortedMap<ExternalHash, Meaning> moved = new TreeMap<>();
        @Nullable Set<BatchId> chain = null;
        List<Naming> namings = new ArrayList<>();
        for (Read read : reads) {
            ExternalHash hash = read.hash();
            Meaning now = new Meaning(read.photo().hash(), reckoning.batch().id());
            Meaning before = known.get(hash);
            if (before == null) {
                fresh.put(hash, now);
                namings.add(Naming.NEW);
            } else if (before.content().equals(now.content())) {
                namings.add(Naming.SAME);
            } else {
                chain = chain == null ? superseded(tx, reckoning.batch()) : chain;
                if (!chain.contains(before.batch())) {
                    reckoning.failed(read.item(), ErrorCode.EXTERNAL_HASH_CONFLICT, conflict(tx, hash, before));
                    continue;
                }
                moved.put(hash, now);
                namings.add(Naming.MOVED);
            }
            known.put(hash, now);
            taken.add(read);
        }
        externals.insert(tx, fresh);
        externals.update(tx, moved);
        return namings;
    }

    private String conflict(Handle tx, ExternalHash hash, Meaning before) {
        String said = batches.find(tx, before.batch())
                .map(batch -> batch.syncId().text())
                .orElse("another bundle");
        return "Bundle " + said + " said " + hash + " for other bytes (asset " + before.content()
                + "), and this one does not say in prior_sync_id that it supersedes that one. Have the sender say so,"
                + " or give the photo a hash of its own.";
    }

    /** Every batch that this one says it supersedes, and those that these said. */
    private Set<BatchId> superseded(Handle handle, Batch batch) {
        Set<BatchId> chain = new HashSet<>();
        for (Batch prior = batches.prior(handle, batch);
                prior != null && !prior.id().equals(batch.id()) && chain.add(prior.id());
                prior = batches.prior(handle, prior)) {}
        return chain;
    }
}
