package io.sluice.media.rendition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import io.sluice.contract.Topics;
import io.sluice.media.asset.ContentHash;
import io.sluice.messaging.outbox.Outbox;
import io.sluice.messaging.outbox.OutgoingRecord;

/** The table of renditions, and what is told of it. */
@ApplicationScoped
public class Renditions {

    /** For planning and for the end of work: the rows of some assets, by primary key. */
    static final String OF_ASSETS = "SELECT r.content_hash, " + RenditionRow.COLUMNS
            + "FROM rendition r WHERE r.content_hash IN (<hashes>) ORDER BY r.content_hash, r.name, r.profile_version";

    private final Outbox outbox;
    private final VideoLibraries libraries;

    Renditions(Outbox outbox, VideoLibraries libraries) {
        this.outbox = outbox;
        this.libraries = libraries;
    }

    /** All renditions of these assets, by hash; an asset without any is not in the answer. */
    public Map<ContentHash, List<Rendition>> of(Handle handle, Collection<ContentHash> hashes) {
        return read(handle, hashes, OF_ASSETS);
    }

    /** As {@link #of}, locked until the transaction ends. */
    public Map<ContentHash, List<Rendition>> lock(Handle tx, Collection<ContentHash> hashes) {
        return read(tx, hashes, OF_ASSETS + " FOR UPDATE");
    }

    private static Map<ContentHash, List<Rendition>> read(Handle handle, Collection<ContentHash> hashes, String sql) {
        Map<ContentHash, List<Rendition>> byHash = new TreeMap<>();
        if (!hashes.isEmpty()) {
            handle.createQuery(sql)
                    .bindList("hashes", ContentHash.inOrder(hashes))
                    .map((row, context) -> RenditionRow.read(ContentHash.of(row.getBytes("content_hash")), row))
                    .forEach(rendition -> byHash.computeIfAbsent(rendition.hash(), hash -> new ArrayList<>())
                            .add(rendition));
        }
        return byHash;
    }

    /** Adds pending ones; one that is there already stays as it is. */
    public void add(Handle tx, Collection<Rendition> missing) {
        if (missing.isEmpty()) {
            return;
        }
        try (PreparedBatch batch =
                tx.prepareBatch("INSERT IGNORE INTO rendition (content_hash, name, profile_version, lifecycle, source)"
                        + " VALUES (?, ?, ?, ?, ?)")) {
            missing.stream()
                    .sorted(Rendition.ORDER)
                    .forEach(rendition -> batch.add(
                            rendition.hash().bytes(),
                            rendition.name(),
                            rendition.profileVersion(),
                            rendition.lifecycle().word(),
                            rendition.source()));
            batch.execute();
        }
        count(tx, missing);
    }

    /** Removes those that are still pending. */
    public void remove(Handle tx, Collection<Rendition> unwanted) {
        if (unwanted.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = tx.prepareBatch("""
                DELETE FROM rendition
                WHERE content_hash = ? AND name = ? AND profile_version = ? AND lifecycle = 'pending'""")) {
            unwanted.stream()
                    .sorted(Rendition.ORDER)
                    .forEach(rendition ->
                            batch.add(rendition.hash().bytes(), rendition.name(), rendition.profileVersion()));
            batch.execute();
        }
        count(tx, unwanted);
    }

    /** Writes what locked rows became, silently: nothing that others are told has changed. */
    public void note(Handle tx, Collection<Rendition> changed) {
        write(tx, changed.stream().sorted(Rendition.ORDER).toList());
    }

    /**
     * Writes what locked rows became, and tells it.
     *
     * @return as they were told
     */
    public List<Rendition> tell(Handle tx, Collection<Rendition> changed) {
        if (changed.isEmpty()) {
            return List.of();
        }
        Version version = Version.now(tx);
        List<Rendition> told = changed.stream()
                .sorted(Rendition.ORDER)
                .map(rendition -> rendition.told(version.after(rendition.version())))
                .toList();
        write(tx, told);
        outbox.appendAll(
                tx,
                told.stream()
                        .map(rendition -> new OutgoingRecord(
                                Topics.MEDIA_RENDITION,
                                rendition.hash() + "/" + rendition.name(),
                                rendition.state(),
                                rendition.version()))
                        .toList());
        count(tx, told);
        return told;
    }

    /** Has what was given up on wanted again, from the start, and tells it; the work itself is put up by who asks. */
    public void takeBackFailed(Handle tx, Collection<ContentHash> hashes, Predicate<Rendition> which) {
        tell(
                tx,
                lock(tx, hashes).values().stream()
                        .flatMap(List::stream)
                        .filter(row -> row.lifecycle() == Lifecycle.FAILED && which.test(row))
                        .map(Rendition::again)
                        .toList());
    }

    private void count(Handle tx, Collection<Rendition> changed) {
        libraries.refresh(
                tx,
                changed.stream()
                        .filter(Rendition::isStream)
                        .map(Rendition::hash)
                        .toList());
    }

    private static void write(Handle tx, List<Rendition> ordered) {
        if (ordered.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = tx.prepareBatch("""
                UPDATE rendition SET lifecycle = ?, version = ?, media_type = ?, width = ?, height = ?, bytes = ?,
                    error_code = ?, reason = ?, attempts = ?, source = ?
                WHERE content_hash = ? AND name = ? AND profile_version = ?""")) {
            ordered.forEach(rendition -> batch.add(
                    rendition.lifecycle().word(),
                    rendition.version(),
                    rendition.mediaType(),
                    rendition.width(),
                    rendition.height(),
                    rendition.bytes(),
                    rendition.errorCode(),
                    rendition.reason(),
                    rendition.attempts(),
                    rendition.source(),
                    rendition.hash().bytes(),
                    rendition.name(),
                    rendition.profileVersion()));
            batch.execute();
        }
    }
}
