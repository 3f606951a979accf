package io.sluice.ingest.handover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

import io.sluice.ingest.handover.Look.ManifestStat;

/** What batches know of their bundles' files: the newest look of each, and whether it is still to be judged. */
@ApplicationScoped
class BundleLooks {

    /**
     * A look that waits to be judged.
     *
     * @param changed whether the files are others than those that were judged
     * @param asked whether a person asked for it
     */
    record Due(Batch batch, boolean changed, boolean asked, int tries) {}

    private static final String LOOK = """
            look_sequence = :sequence, scan_id = :scan, seen_at = :seen, manifest_size = :size,
            manifest_mtime_ns = :mtime, manifest_ctime_ns = :ctime, manifest_inode = :inode,
            sentinel_mtime_ns = :sentinel""";

    /** Stores what is newer than what is known, in the order of keys; gives how many there were. */
    int store(Handle tx, Collection<SeenBundle> seen) {
        int stored = 0;
        for (SeenBundle bundle : seen.stream().sorted(SeenBundle.IN_ORDER).toList()) {
            Optional<Batch> known = lock(tx, bundle);
            if (known.isEmpty()) {
                insert(tx, bundle);
                stored++;
            } else if (bundle.look().sequence() > known.get().look().sequence()) {
                update(tx, known.get(), bundle);
                stored++;
            }
        }
        return stored;
    }

    private static Optional<Batch> lock(Handle tx, SeenBundle bundle) {
        return tx.createQuery("SELECT " + BatchRows.COLUMNS
                        + " FROM ingest_batch b WHERE b.library_id = :library AND b.sync_id = :sync FOR UPDATE")
                .bind("library", bundle.libraryId())
                .bind("sync", bundle.syncId().text())
                .map((row, context) -> BatchRows.read(row))
                .findOne();
    }

    private static void insert(Handle tx, SeenBundle bundle) {
        bind(
                        tx.createUpdate(
                                "INSERT INTO ingest_batch SET library_id = :library, sync_id = :sync, name = :name, "
                                        + LOOK + ", state = :state, verdict = :verdict, reason = :reason,"
                                        + " judge_at = NOW(6), look_changed = TRUE, look_asked = :asked"),
                        bundle)
                .bind("library", bundle.libraryId())
                .bind("sync", bundle.syncId().text())
                .bind("name", bundle.syncId().name())
                .bind("state", BatchState.WAITING.word())
                .bind("verdict", Verdict.UNREADABLE.word())
                .bind("reason", "It was seen a moment ago and is being judged.")
                .execute();
    }

    /** A look that changes nothing is judged no more; that somebody asked for it is still to be told. */
    private static void update(Handle tx, Batch known, SeenBundle bundle) {
        boolean changed = !known.look().sameFiles(bundle.look());
        bind(tx.createUpdate("UPDATE ingest_batch SET " + LOOK + """
                                , version = version + IF(:changed, 1, 0),
                                  judge_at = IF(:changed OR :asked, NOW(6), judge_at),
                                  judge_tries = IF(:changed, 0, judge_tries),
                                  look_changed = look_changed OR :changed, look_asked = look_asked OR :asked
                                WHERE id = :id"""), bundle)
                .bind("changed", changed)
                .bind("id", known.id().value())
                .execute();
    }

    private static Update bind(Update statement, SeenBundle bundle) {
        Look look = bundle.look();
        ManifestStat manifest = look.manifest();
        return statement
                .bind("sequence", look.sequence())
                .bind("scan", look.scanId())
                .bind("seen", BatchRows.utc(look.seenAt()))
                .bind("size", manifest == null ? null : manifest.size())
                .bind("mtime", manifest == null ? null : manifest.mtimeNs())
                .bind("ctime", manifest == null ? null : manifest.ctimeNs())
                .bind("inode", manifest == null ? null : manifest.inode())
                .bind("sentinel", look.sentinelMtimeNs())
                .bind("asked", bundle.asked());
    }

    /** What is to be judged now, what waits longest first. A batch that is being imported waits for its job's end. */
    List<Due> due(Handle handle, int limit) {
        return new ArrayList<>(handle.createQuery(
                        "SELECT " + BatchRows.COLUMNS
                                + ", b.look_changed, b.look_asked, b.judge_tries FROM ingest_batch b FORCE INDEX (by_judging)"
                                + " WHERE b.judge_at <= NOW(6) AND b.state <> 'importing' ORDER BY b.judge_at, b.id LIMIT :limit")
                .bind("limit", limit)
                .map((row, context) -> new Due(
                        BatchRows.read(row),
                        row.getBoolean("look_changed"),
                        row.getBoolean("look_asked"),
                        row.getInt("judge_tries")))
                .list());
    }

    /** Locks a batch whose look is still the one that was judged. */
    Optional<Batch> lockJudged(Handle tx, Batch judged) {
        return tx.createQuery(
                        "SELECT " + BatchRows.COLUMNS + " FROM ingest_batch b WHERE b.id = :id"
                                + " AND b.look_sequence = :sequence AND b.judge_at IS NOT NULL AND b.state <> 'importing' FOR UPDATE")
                .bind("id", judged.id().value())
                .bind("sequence", judged.look().sequence())
                .map((row, context) -> BatchRows.read(row))
                .findOne();
    }

    /** Done with the look of a locked batch. */
    void settled(Handle tx, Batch batch) {
        tx.createUpdate("""
                        UPDATE ingest_batch SET judge_at = NULL, look_changed = FALSE, look_asked = FALSE, judge_tries = 0
                         WHERE id = ?""").bind(0, batch.id().value()).execute();
    }

    /** Not this time. */
    void later(Handle tx, Batch batch, Duration pause) {
        tx.createUpdate("""
                        UPDATE ingest_batch
                           SET judge_at = NOW(6) + INTERVAL :pause MICROSECOND, judge_tries = judge_tries + 1,
                               look_asked = FALSE
                         WHERE id = :id""")
                .bind("pause", pause.toNanos() / 1_000)
                .bind("id", batch.id().value())
                .execute();
    }
}
