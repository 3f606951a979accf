package io.sluice.ingest.asset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.FileLocation;

/** Changed bytes at locations, collected while files are registered, recorded per location and sequence. */
final class Succession {

    private record Step(long locationId, long sequence, ContentHash old, ContentHash next) {}

    private final List<Step> steps = new ArrayList<>();

    /** Notes that a location has other bytes now; false when it has its first, or the same as before. */
    boolean at(FileLocation location, ContentHash next) {
        ContentHash old = location.lastContent();
        if (old == null || old.equals(next)) {
            return false;
        }
        steps.add(new Step(location.id(), location.sequence(), old, next));
        return true;
    }

    /** Old assets with what took their place. */
    Map<ContentHash, ContentHash> successors() {
        Map<ContentHash, ContentHash> successors = new HashMap<>();
        steps.forEach(
                step -> successors.merge(step.old, step.next, (one, other) -> one.compareTo(other) <= 0 ? one : other));
        return successors;
    }

    /** Writes what was noted; again is the same. */
    void record(Handle tx) {
        if (steps.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.prepareBatch("""
                INSERT INTO succession (location_id, sequence, old_hash, new_hash) VALUES (?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE old_hash = VALUES(old_hash), new_hash = VALUES(new_hash)""");
        steps.forEach(step -> batch.add(step.locationId, step.sequence, step.old.bytes(), step.next.bytes()));
        batch.execute();
    }
}
