package io.sluice.ingest.asset;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.ingest.identity.ContentHash;
import io.sluice.messaging.ManyRows;

/** The table that says which live assets a library shows, in the order of its lists. */
@ApplicationScoped
class LibraryShelves {

    private static final ManyRows SHOW = new ManyRows(
            "INSERT INTO asset_library (content_hash, library_id, kind, newest) VALUES",
            "(?, ?, ?, ?)",
            "ON DUPLICATE KEY UPDATE kind = VALUES(kind), newest = VALUES(newest)");

    /** A place in a library's lists. */
    record Place(ContentHash hash, String libraryId) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int byHash = hash.compareTo(other.hash);
            return byHash != 0 ? byHash : libraryId.compareTo(other.libraryId);
        }
    }

    /** Puts assets up, or puts them where they belong now. */
    void show(Handle tx, TreeMap<Place, Asset> shown) {
        SHOW.write(tx, List.copyOf(shown.entrySet()), entry -> new Object[] {
            entry.getKey().hash().bytes(),
            entry.getKey().libraryId(),
            entry.getValue().description().kind().getNumber(),
            entry.getValue().description().taken().newest()
        });
    }

    /** Takes an asset down everywhere: another took its place. */
    void hide(Handle tx, ContentHash hash) {
        tx.createUpdate("DELETE FROM asset_library WHERE content_hash = ?")
                .bind(0, hash.bytes())
                .execute();
    }

    /** Takes assets down where no location of them is left. */
    void hideWhereNoneIsLeft(Handle tx, Collection<Place> places) {
        for (Place place : places) {
            tx.createUpdate("""
                            DELETE FROM asset_library WHERE content_hash = :hash AND library_id = :library
                                AND NOT EXISTS (SELECT 1 FROM file_location
                                    WHERE content_hash = :hash AND standing IN (0, 1, 2) AND library_id = :library)""")
                    .bind("hash", place.hash().bytes())
                    .bind("library", place.libraryId())
                    .execute();
        }
    }
}
