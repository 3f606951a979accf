package io.sluice.ingest.asset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.ingest.asset.ProvidedRenditions.Key;
import io.sluice.ingest.asset.ProvidedRenditions.Known;
import io.sluice.ingest.asset.ProvidedRenditions.Slot;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;
import io.sluice.ingest.location.FileStat;
import io.sluice.ingest.location.RelativePath;

/** Keeps what comes ready-made with assets; of each asset and name one is told, the one that came last. */
@ApplicationScoped
public class ProvideRenditions {

    public static final String COVER = "cover";

    private final Assets assets;
    private final ProvidedRenditions table;
    private final SettleAssets settle;

    ProvideRenditions(Assets assets, ProvidedRenditions table, SettleAssets settle) {
        this.assets = assets;
        this.table = table;
        this.settle = settle;
    }

    /**
     * @param name of the rendition
     * @param source the upstream's hash of the file, or of the item that it came with
     * @param own whether it is the file's: equal hashes of one size are equal bytes then
     * @param path below the library's root
     */
    public record Provided(
            ContentHash asset,
            String name,
            ExternalHash source,
            boolean own,
            BatchId batch,
            String libraryId,
            RelativePath path,
            FileStat stat) {

        Key key() {
            return new Key(new Slot(asset, name), source);
        }
    }

    /** What became of it. */
    public enum Change {
        /** The first of its asset. */
        CREATED,
        /** Another was told before, or this one with other bytes. */
        UPDATED,
        /** The same lies at another place; what is told stays. */
        LINKED,
        SAME;

        /** Whether the asset is to be told again. */
        public boolean telling() {
            return this == CREATED || this == UPDATED;
        }
    }

    /** Keeps those of known assets in the caller's transaction and tells the assets again; one answer each, in order. */
    public List<Change> provide(Handle tx, List<Provided> provided) {
        Set<ContentHash> owners = new TreeSet<>();
        provided.forEach(one -> owners.add(one.asset()));
        assets.lock(tx, owners);
        List<Change> changes = keep(tx, provided);
        Set<ContentHash> retold = new HashSet<>();
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i).telling()) {
                retold.add(provided.get(i).asset());
            }
        }
        settle.tellAgain(tx, retold);
        return changes;
    }

    /**
     * Keeps those of assets that the caller has locked, and tells again. The asset's lock is that of its renditions: of two
     * at once one is told. One answer each, in order.
     */
    public List<Change> keep(Handle tx, List<Provided> provided) {
        if (provided.isEmpty()) {
            return List.of();
        }
        Map<Slot, Map<ExternalHash, Known>> known =
                table.lock(tx, provided.stream().map(Provided::asset).toList());
        List<Change> changes = new ArrayList<>(provided.size());
        TreeMap<Key, Provided> told = new TreeMap<>();
        for (Provided one : provided) {
            Map<ExternalHash, Known> ofSlot = known.computeIfAbsent(one.key().slot(), slot -> new HashMap<>());
            Change change = change(one, ofSlot);
            changes.add(change);
            if (change.telling()) {
                ofSlot.replaceAll((hash, other) -> other.replaced());
                ofSlot.put(one.source(), new Known(one.path().bytes(), one.stat(), true));
                told.put(one.key(), one);
            }
        }
        told.keySet().removeIf(key -> {
            Known last = known.getOrDefault(key.slot(), Map.of()).get(key.source());
            return last == null || !last.current();
        });
        table.write(tx, told);
        return changes;
    }

    private static Change change(Provided one, Map<ExternalHash, Known> ofSlot) {
        @Nullable Known same = ofSlot.get(one.source());
        if (same == null) {
            return ofSlot.isEmpty() ? Change.CREATED : Change.UPDATED;
        }
        if (same.is(one)) {
            // What took the place of an item's deliverable since is the item's cover of its own.
            return same.current() || !one.own() ? Change.SAME : Change.UPDATED;
        }
        boolean twin = one.own() && same.current() && same.twinOf(one);
        return twin ? Change.LINKED : Change.UPDATED;
    }
}
