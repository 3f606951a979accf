package io.sluice.ingest.observation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.sluice.ingest.location.FileLocation;
import io.sluice.ingest.location.LocationChange;
import io.sluice.ingest.location.LocationKey;
import io.sluice.ingest.location.PathKey;

/**
 * Decides who holds a path: of the rows that say they lie there, the one with the highest sequence number; at equal
 * numbers (two libraries never meet) the higher file id. The others are displaced until their own record comes.
 */
final class PathClaims {

    private PathClaims() {}

    /** The paths that changes want to hold. */
    static Set<PathKey> wantedBy(Collection<LocationChange> changes) {
        return changes.stream()
                .filter(change -> change.after().present())
                .map(change -> change.after().path().keyIn(change.after().key().libraryId()))
                .collect(Collectors.toSet());
    }

    /**
     * @param changes one a row
     * @param holders locked rows that hold the wanted paths now
     * @return the changes as they are to be written, with those of displaced holders
     */
    static List<LocationChange> settle(Collection<LocationChange> changes, Collection<FileLocation> holders) {
        Map<LocationKey, LocationChange> settled = new HashMap<>();
        changes.forEach(change -> settled.put(change.after().key(), change));
        for (FileLocation holder : holders) {
            settled.putIfAbsent(holder.key(), new LocationChange(holder, holder));
        }
        Map<PathKey, List<LocationChange>> claims = new HashMap<>();
        for (LocationChange change : settled.values()) {
            PathKey path = change.after().heldPath();
            if (path != null) {
                claims.computeIfAbsent(path, key -> new ArrayList<>()).add(change);
            }
        }
        for (List<LocationChange> claimants : claims.values()) {
            claimants.sort(Comparator.comparingLong(
                            (LocationChange change) -> change.after().sequence())
                    .thenComparing(change -> change.after().key()));
            claimants.removeLast();
            for (LocationChange loser : claimants) {
                settled.put(
                        loser.after().key(),
                        new LocationChange(loser.before(), loser.after().displaced()));
            }
        }
        settled.values().removeIf(change -> change.after().equals(change.before()));
        return List.copyOf(settled.values());
    }
}
