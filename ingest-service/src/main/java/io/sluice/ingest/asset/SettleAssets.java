package io.sluice.ingest.asset;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.quarkus.arc.All;
import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.ingest.asset.LibraryShelves.Place;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.FileLocation;
import io.sluice.ingest.location.LocationChange;
import io.sluice.ingest.location.Locations;
import io.sluice.ingest.location.Standing;
import io.sluice.messaging.outbox.Outbox;
import io.sluice.messaging.outbox.OutgoingRecord;

/**
 * Writes changed locations and everything that follows from them for their assets, in one transaction: rows, lists,
 * counts, and what is told. Locks assets in the order of their hashes, after their locations.
 */
@ApplicationScoped
public class SettleAssets {

    private final Assets assets;
    private final Locations locations;
    private final LibraryShelves shelves;
    private final Outbox outbox;
    private final List<Inheritance> inheritances;

    SettleAssets(
            Assets assets,
            Locations locations,
            LibraryShelves shelves,
            Outbox outbox,
            @All List<Inheritance> inheritances) {
        this.assets = assets;
        this.locations = locations;
        this.shelves = shelves;
        this.outbox = outbox;
        this.inheritances = inheritances;
    }

    /**
     * For changes that bring no new bytes.
     *
     * @param changes of locked rows
     */
    public void settle(Handle tx, Collection<LocationChange> changes) {
        settle(tx, changes, Map.of(), Map.of(), Set.of(), () -> {});
    }

    /** For assets whose containers or provided renditions were changed in this transaction: they are told again. */
    public void tellAgain(Handle tx, Set<ContentHash> changed) {
        settle(tx, List.of(), Map.of(), Map.of(), changed, () -> {});
    }

    /**
     * @param offers assets that locations are to have, new or known
     * @param successors what took the place of an asset at one of its locations
     * @param regrouped assets whose containers or provided renditions change in this transaction
     * @param whileLocked writes what belongs to assets; called when they are rows and locked, before they are told
     * @return the assets that are new
     */
    Set<ContentHash> settle(
            Handle tx,
            Collection<LocationChange> changes,
            Map<ContentHash, Offer> offers,
            Map<ContentHash, ContentHash> successors,
            Set<ContentHash> regrouped,
            Runnable whileLocked) {
        Touched touched = Touched.by(changes, offers.keySet(), successors.keySet());
        touched.hashes().addAll(regrouped);
        Map<ContentHash, Asset> known = assets.lock(tx, touched.hashes());
        locations.write(tx, changes);
        Map<ContentHash, LocationList> lists = locationsOf(tx, touched, known);
        long clock = touched.hashes().isEmpty() ? 0 : assets.clock(tx);

        List<Asset> added = new ArrayList<>();
        List<Asset> updated = new ArrayList<>();
        for (ContentHash hash : touched.hashes()) {
            Asset before = known.get(hash);
            LocationList list = lists.getOrDefault(hash, LocationList.EMPTY);
            Offer offer = offers.get(hash);
            if (before != null) {
                updated.add(next(before, list, offer, successors.get(hash), clock));
            } else if (offer != null) {
                added.add(offer.asset(hash, list.count(), clock));
            }
        }
        assets.insert(tx, added);
        assets.update(tx, updated);
        whileLocked.run();
        Map<ContentHash, ContentHash> heirs = heirs(known, updated);
        if (!heirs.isEmpty()) {
            inheritances.forEach(inheritance -> inheritance.pass(tx, heirs));
        }
        Set<ContentHash> grouped = new HashSet<>(regrouped);
        grouped.addAll(heirs.values());
        arrangeShelves(tx, changes, known, added, updated);
        tell(tx, added, lists, Belongings.of(tx, grouped));
        tell(
                tx,
                updated,
                lists,
                Belongings.of(tx, updated.stream().map(Asset::hash).toList()));
        return added.stream().map(Asset::hash).collect(Collectors.toSet());
    }

    /** What took the place of those that have just lost their last location. */
    private static Map<ContentHash, ContentHash> heirs(Map<ContentHash, Asset> known, List<Asset> updated) {
        Map<ContentHash, ContentHash> heirs = new HashMap<>();
        for (Asset asset : updated) {
            ContentHash heir = asset.supersededBy();
            Asset before = known.get(asset.hash());
            if (heir != null && before != null && before.live()) {
                heirs.put(asset.hash(), heir);
            }
        }
        return heirs;
    }

    private static Asset next(
            Asset before, LocationList list, @Nullable Offer offer, @Nullable ContentHash successor, long clock) {
        AssetLifecycle lifecycle = before.lifecycle();
        ContentHash supersededBy = before.supersededBy();
        if (lifecycle == AssetLifecycle.ASSET_LIFECYCLE_SUPERSEDED && list.anyPresent()) {
            lifecycle = AssetLifecycle.ASSET_LIFECYCLE_LIVE;
            supersededBy = null;
        } else if (lifecycle == AssetLifecycle.ASSET_LIFECYCLE_LIVE && successor != null && !list.anyPresent()) {
            lifecycle = AssetLifecycle.ASSET_LIFECYCLE_SUPERSEDED;
            supersededBy = successor;
        }
        return new Asset(
                before.hash(),
                Math.max(before.version() + 1, clock),
                lifecycle,
                offer == null ? before.description() : before.description().with(offer.description()),
                before.size(),
                list.count(),
                supersededBy,
                before.registeredAt());
    }

    /** A few are read whole and counted; of a crowd the first ones are read, and its count is kept by differences. */
    private Map<ContentHash, LocationList> locationsOf(Handle tx, Touched touched, Map<ContentHash, Asset> known) {
        Map<ContentHash, LocationList> lists = new HashMap<>();
        List<ContentHash> few = new ArrayList<>();
        for (ContentHash hash : touched.hashes()) {
            Asset asset = known.get(hash);
            long count = (asset == null ? 0 : asset.locationCount()) + touched.difference(hash);
            if (count <= AssetStates.MAX_LOCATIONS) {
                few.add(hash);
            } else {
                lists.put(hash, new LocationList(locations.page(tx, hash, null, AssetStates.MAX_LOCATIONS), count));
            }
        }
        for (FileLocation location : locations.ofAssets(tx, few)) {
            ContentHash content = location.content();
            if (content != null && location.standing() != Standing.DISPLACED) {
                lists.merge(content, LocationList.of(location), LocationList::plus);
            }
        }
        return lists;
    }

    private void arrangeShelves(
            Handle tx,
            Collection<LocationChange> changes,
            Map<ContentHash, Asset> known,
            List<Asset> added,
            List<Asset> updated) {
        Map<ContentHash, Asset> now = new HashMap<>();
        added.forEach(asset -> now.put(asset.hash(), asset));
        updated.forEach(asset -> now.put(asset.hash(), asset));
        TreeMap<Place, Asset> shown = new TreeMap<>();
        TreeSet<Place> left = new TreeSet<>();
        for (LocationChange change : changes) {
            ContentHash content = change.after().content();
            Asset asset = content == null ? null : now.get(content);
            if (asset != null && asset.live()) {
                shown.put(new Place(asset.hash(), change.after().key().libraryId()), asset);
            }
            ContentHash old = change.before() == null ? null : change.before().lastContent();
            if (old != null && !Objects.equals(change.after().lastContent(), old)) {
                left.add(new Place(old, change.after().key().libraryId()));
            }
        }
        for (Asset asset : updated) {
            Asset before = known.get(asset.hash());
            if (asset.live() && before != null && (!before.live() || movesOnShelf(before, asset))) {
                locations
                        .librariesOf(tx, asset.hash())
                        .forEach(library -> shown.put(new Place(asset.hash(), library), asset));
            }
        }
        shelves.show(tx, shown);
        shelves.hideWhereNoneIsLeft(tx, left);
        updated.stream().filter(asset -> !asset.live()).forEach(asset -> shelves.hide(tx, asset.hash()));
    }

    private static boolean movesOnShelf(Asset before, Asset after) {
        return before.description().kind() != after.description().kind()
                || !before.description()
                        .taken()
                        .at()
                        .equals(after.description().taken().at());
    }

    private void tell(
            Handle tx,
            List<Asset> changed,
            Map<ContentHash, LocationList> lists,
            Map<ContentHash, Belongings> belongings) {
        if (changed.isEmpty()) {
            return;
        }
        outbox.appendAll(
                tx,
                changed.stream()
                        .map(asset -> new OutgoingRecord(
                                Topics.INGEST_ASSET,
                                asset.hash().hex(),
                                AssetStates.of(
                                        asset,
                                        lists.getOrDefault(asset.hash(), LocationList.EMPTY)
                                                .first(),
                                        belongings.getOrDefault(asset.hash(), Belongings.NONE)),
                                asset.version()))
                        .toList());
    }

    /** An asset as registration has found it in a file. */
    record Offer(long size, Asset.Description description) {

        Offer with(Offer other) {
            return new Offer(size, description.with(other.description));
        }

        private Asset asset(ContentHash hash, long locations, long clock) {
            return new Asset(
                    hash,
                    clock,
                    AssetLifecycle.ASSET_LIFECYCLE_LIVE,
                    description,
                    size,
                    locations,
                    null,
                    Instant.EPOCH.plus(clock, ChronoUnit.MICROS));
        }
    }
}
