package io.sluice.ingest.asset;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;
import io.sluice.ingest.location.InList;

/** The table that says which asset the upstream means by a hash of its own. */
@ApplicationScoped
public class ExternalHashes {

    /** @param batch that said so last */
    public record Meaning(ContentHash content, BatchId batch) {}

    /** Those that are known, locked in the order of the hashes. */
    public Map<ExternalHash, Meaning> lock(Handle tx, Collection<ExternalHash> hashes) {
        return read(tx, hashes, " FOR UPDATE");
    }

    /**
     * What is known of these to the transaction's end; waits for those that are just being written. What a container
     * writes first and asks here afterwards cannot be missed by both sides.
     */
    public Map<ExternalHash, ContentHash> share(Handle tx, Collection<ExternalHash> hashes) {
        Map<ExternalHash, ContentHash> assets = new HashMap<>();
        read(tx, hashes, " LOCK IN SHARE MODE").forEach((hash, meaning) -> assets.put(hash, meaning.content()));
        return assets;
    }

    /** As they are now. */
    public Map<ExternalHash, Meaning> find(Handle handle, Collection<ExternalHash> hashes) {
        return read(handle, hashes, "");
    }

    private static Map<ExternalHash, Meaning> read(Handle handle, Collection<ExternalHash> hashes, String lock) {
        Map<ExternalHash, Meaning> found = new HashMap<>();
        InList.of(new TreeSet<>(hashes).stream().map(ExternalHash::bytes).toList())
                .forEach(list -> list.bind(
                                handle.createQuery("SELECT external_hash, content_hash, batch_id"
                                        + " FROM external_hash FORCE INDEX (PRIMARY) WHERE external_hash IN ("
                                        + list.marks() + ") ORDER BY external_hash" + lock),
                                0)
                        .map((row, context) -> Map.entry(
                                ExternalHash.of(row.getBytes("external_hash")),
                                new Meaning(
                                        ContentHash.of(row.getBytes("content_hash")),
                                        new BatchId(row.getLong("batch_id")))))
                        .forEach(entry -> found.put(entry.getKey(), entry.getValue())));
        return found;
    }

    /** Adds what was not known; what somebody else added a moment ago is a duplicate key. */
    public void insert(Handle tx, SortedMap<ExternalHash, Meaning> fresh) {
        write(tx, fresh, "");
    }

    /** Writes locked ones. */
    public void update(Handle tx, SortedMap<ExternalHash, Meaning> known) {
        write(tx, known, " ON DUPLICATE KEY UPDATE content_hash = VALUES(content_hash), batch_id = VALUES(batch_id)");
    }

    private static void write(Handle tx, SortedMap<ExternalHash, Meaning> meanings, String ending) {
        if (meanings.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.prepareBatch(
                "INSERT INTO external_hash (external_hash, content_hash, batch_id) VALUES (?, ?, ?)" + ending);
        meanings.forEach((hash, meaning) -> batch.add(
                hash.bytes(), meaning.content().bytes(), meaning.batch().value()));
        batch.execute();
    }
}
