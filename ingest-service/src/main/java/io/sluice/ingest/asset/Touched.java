package io.sluice.ingest.asset;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.FileLocation;
import io.sluice.ingest.location.LocationChange;
import io.sluice.ingest.location.Standing;

/** Which assets look different after changes of locations, and how many locations each has won or lost. */
record Touched(SortedSet<ContentHash> hashes, Map<ContentHash, Integer> differences) {

    static Touched by(
            Collection<LocationChange> changes, Collection<ContentHash> offered, Collection<ContentHash> succeeded) {
        Touched touched = new Touched(new TreeSet<>(offered), new HashMap<>());
        touched.hashes.addAll(succeeded);
        changes.forEach(touched::add);
        return touched;
    }

    /** Locations won less locations lost. */
    int difference(ContentHash hash) {
        return differences.getOrDefault(hash, 0);
    }

    private void add(LocationChange change) {
        FileLocation before = change.before();
        FileLocation after = change.after();
        if (before != null && tellsTheSame(before, after)) {
            return;
        }
        count(before, -1);
        count(after, 1);
    }

    private void count(@Nullable FileLocation location, int sign) {
        ContentHash content = location == null ? null : location.content();
        if (location != null && content != null) {
            hashes.add(content);
            differences.merge(content, location.standing() == Standing.DISPLACED ? 0 : sign, Integer::sum);
        }
    }

    private static boolean tellsTheSame(FileLocation before, FileLocation after) {
        return Objects.equals(before.content(), after.content())
                && before.standing() == after.standing()
                && before.path().equals(after.path())
                && before.stat().equals(after.stat());
    }
}
