package io.sluice.ingest.observation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.ingest.asset.SettleAssets;
import io.sluice.ingest.hashing.HashWork;
import io.sluice.ingest.location.FileLocation;
import io.sluice.ingest.location.HashState;
import io.sluice.ingest.location.InList;
import io.sluice.ingest.location.LocationChange;
import io.sluice.ingest.location.LocationKey;
import io.sluice.ingest.location.Locations;
import io.sluice.messaging.work.WorkBoard;

/**
 * Stores what was observed as location rows, at once and whatever is known of the bytes; puts up hash work where bytes
 * are to be read. Nothing is removed: an absence is a row that says absent.
 */
@ApplicationScoped
class StoreObservations {

    private final Locations locations;
    private final SettleAssets settle;
    private final WorkBoard board;

    StoreObservations(Locations locations, SettleAssets settle, WorkBoard board) {
        this.locations = locations;
        this.settle = settle;
        this.board = board;
    }

    /** Of each file the newest counts. Gives what was found, a difference a file. */
    List<Difference> store(Handle tx, Collection<Observation> observations) {
        Map<LocationKey, Observation> newest = new TreeMap<>();
        for (Observation seen : observations) {
            newest.merge(seen.key(), seen, (one, other) -> other.sequence() > one.sequence() ? other : one);
        }
        Map<LocationKey, FileLocation> rows = locations.lock(tx, newest.keySet());
        List<Difference> differences = newest.values().stream()
                .map(seen -> Difference.between(rows.get(seen.key()), seen))
                .toList();
        List<LocationChange> changes = differences.stream()
                .map(Difference::change)
                .filter(Objects::nonNull)
                .toList();
        List<FileLocation> holders = locations.lockHolders(tx, PathClaims.wantedBy(changes));
        List<LocationChange> settled = PathClaims.settle(changes, holders);
        settle.settle(tx, settled);
        arrangeWork(tx, settled);
        return differences;
    }

    private void arrangeWork(Handle tx, List<LocationChange> settled) {
        List<LocationKey> wanted = new ArrayList<>();
        List<String> unwanted = new ArrayList<>();
        for (LocationChange change : settled) {
            FileLocation location = change.after();
            if (location.hashState() == HashState.HASHED) {
                continue;
            }
            if (location.present() && location.stable()) {
                wanted.add(location.key());
            } else if (change.before() != null) {
                unwanted.add(location.key().text());
            }
        }
        if (!wanted.isEmpty()) {
            board.submit(tx, wanted.stream().sorted().map(HashWork::of).toList());
        }
        InList.of(unwanted.stream().sorted().toList())
                .forEach(list -> board.withdraw(tx, HashWork.NAME, list.values()));
    }
}
