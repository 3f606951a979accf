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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;
import io.sluice.ingest.asset.ExternalHashes;
import io.sluice.ingest.asset.ExternalHashes.Meaning;
import io.sluice.ingest.asset.ProvideRenditions;
import io.sluice.ingest.asset.ProvideRenditions.Provided;
import io.sluice.ingest.asset.RegisterAsset;
import io.sluice.ingest.asset.RegisterAsset.Bringing;
import io.sluice.ingest.asset.RegisterAsset.BroughtFile;
import io.sluice.ingest.container.FillMembers;
import io.sluice.ingest.handover.Batch;
import io.sluice.ingest.handover.BatchItem;
import io.sluice.ingest.handover.Batches;
import io.sluice.ingest.handover.Decision;
import io.sluice.ingest.handover.Deliverable;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;
import io.sluice.ingest.provenance.StoreProvenance;

/**
 * Takes photos and videos in: what their external hashes mean from now on, the files themselves by the one road, what came
 * ready-made with them, what was said of them. Set-wise, in the order: external hashes, members that waited for them,
 * locations, assets, provided renditions, provenance.
 */
@ApplicationScoped
class BringPrimaries {

    private final Batches batches;
    private final ExternalHashes externals;
    private final FillMembers fill;
    private final RegisterAsset register;
    private final ProvideRenditions provide;
    private final StoreProvenance provenance;

    BringPrimaries(
            Batches batches,
            ExternalHashes externals,
            FillMembers fill,
            RegisterAsset register,
            ProvideRenditions provide,
            StoreProvenance provenance) {
        this.batches = batches;
        this.externals = externals;
        this.fill = fill;
        this.register = register;
        this.provide = provide;
        this.provenance = provenance;
    }

    record Read(BatchItem item, ItemResult.Primary file) {

        ExternalHash hash() {
            return Objects.requireNonNull(item.externalHash());
        }
    }

    /** What the upstream's hash of a file means now, compared with what it meant. */
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
                meanings.put(taken.get(i).hash(), taken.get(i).file().hash());
            }
        }
        Batch batch = reckoning.batch();
        List<Provided> provided =
                taken.stream().flatMap(read -> provided(batch, read)).toList();
        Set<ContentHash> regrouped = new HashSet<>(fill.fill(tx, meanings));
        provided.forEach(one -> regrouped.add(one.asset()));
        List<ProvideRenditions.Change> changes = new ArrayList<>();
        List<Bringing> bringings = register.bring(
                tx,
                taken.stream()
                        .map(read -> new BroughtFile(
                                batch.libraryId(),
                                read.file().path(),
                                read.file().stat(),
                                read.file().hash(),
                                read.file().header(),
                                read.item().assetSubtype(),
                                reckoning.job().id()))
                        .toList(),
                regrouped,
                () -> changes.addAll(provide.keep(tx, provided)));
        Set<ContentHash> said = new HashSet<>(provenance.store(
                tx,
                taken.stream()
                        .map(read -> new StoreProvenance.Told(
                                read.file().hash(),
                                batch.id(),
                                read.file().sources(),
                                read.item().deliverables().durationMs()))
                        .toList()));
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i).telling()) {
                said.add(provided.get(i).asset());
            }
        }
        for (int i = 0; i < taken.size(); i++) {
            Read read = taken.get(i);
            Decision decision = decision(
                    namings.get(i), bringings.get(i), said.contains(read.file().hash()));
            reckoning.asset(read.item(), decision, read.file().hash(), leftOut(read.file()));
        }
    }

    private static String leftOut(ItemResult.Primary file) {
        return Stream.concat(file.sources().leftOut().stream(), file.delivered().leftOut().stream())
                .collect(Collectors.joining(" "));
    }

    /** A cover whose hash the entry names is that cover, whoever brings it; anything else belongs to the entry. */
    private static Stream<Provided> provided(Batch batch, Read read) {
        ExternalHash cover = read.item().coverHash();
        return read.file().delivered().files().stream().map(one -> {
            ExternalHash named = one.what() == Deliverable.LIBRARY_COVER ? cover : null;
            return new Provided(
                    read.file().hash(),
                    one.what().rendition(),
                    named == null ? read.hash() : named,
                    named != null,
                    batch.id(),
                    batch.libraryId(),
                    one.path(),
                    one.stat());
        });
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
            Meaning now = new Meaning(read.file().hash(), reckoning.batch().id());
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
                + " or give the file a hash of its own.";
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
