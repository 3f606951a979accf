package io.sluice.ingest.location;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.ingest.identity.MediaKinds;

/**
 * How many files of each library stand where: kept as differences beside the rows that cause them, so that reading is
 * 16 rows a library at any size. A row is found by connection, so that writers seldom meet in one.
 */
@ApplicationScoped
public class LibraryCounts {

    /** Files present, of these without content hash and of these called like videos, and absent. */
    public record Count(String libraryId, long present, long unhashed, long hashlessVideos, long absent) {

        Count plus(Count other) {
            return new Count(
                    libraryId,
                    present + other.present,
                    unhashed + other.unhashed,
                    hashlessVideos + other.hashlessVideos,
                    absent + other.absent);
        }

        boolean zero() {
            return present == 0 && unhashed == 0 && hashlessVideos == 0 && absent == 0;
        }
    }

    /** All libraries of which a file was seen, by id. */
    public List<Count> all(Handle handle) {
        return handle.createQuery("""
                        SELECT library_id, SUM(present) AS present, SUM(unhashed) AS unhashed,
                            SUM(hashless_videos) AS hashless_videos, SUM(absent) AS absent
                        FROM library_count GROUP BY library_id ORDER BY library_id""")
                .map((row, context) -> new Count(
                        row.getString("library_id"),
                        row.getLong("present"),
                        row.getLong("unhashed"),
                        row.getLong("hashless_videos"),
                        row.getLong("absent")))
                .list();
    }

    /** Adds what changes make of the counts; in their transaction, after everything that may wait for a lock. */
    void apply(Handle tx, Collection<LocationChange> changes) {
        TreeMap<String, Count> sums = new TreeMap<>();
        for (LocationChange change : changes) {
            String library = change.after().key().libraryId();
            sums.merge(library, weigh(change.after(), 1), Count::plus);
            sums.merge(library, weigh(change.before(), library, -1), Count::plus);
        }
        add(tx, sums.values());
    }

    /** Adds differences. */
    public void add(Handle tx, Collection<Count> differences) {
        List<Count> wanted = differences.stream().filter(count -> !count.zero()).toList();
        if (wanted.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.prepareBatch("""
                INSERT INTO library_count (library_id, shard, present, unhashed, hashless_videos, absent)
                VALUES (?, CONNECTION_ID() % 16, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE present = present + VALUES(present), unhashed = unhashed + VALUES(unhashed),
                    hashless_videos = hashless_videos + VALUES(hashless_videos), absent = absent + VALUES(absent)""");
        for (Count count : wanted) {
            batch.add(count.libraryId(), count.present(), count.unhashed(), count.hashlessVideos(), count.absent());
        }
        batch.execute();
    }

    private static Count weigh(@Nullable FileLocation location, String library, int sign) {
        return location == null ? new Count(library, 0, 0, 0, 0) : weigh(location, sign);
    }

    private static Count weigh(FileLocation location, int sign) {
        boolean present = location.present();
        boolean absent = location.standing() == Standing.ABSENT;
        boolean unhashed = present && location.content() == null;
        boolean hashlessVideo = unhashed && MediaKinds.byName(location.path().fileName()) == MediaKind.MEDIA_KIND_VIDEO;
        return new Count(
                location.key().libraryId(),
                present ? sign : 0,
                unhashed ? sign : 0,
                hashlessVideo ? sign : 0,
                absent ? sign : 0);
    }
}
