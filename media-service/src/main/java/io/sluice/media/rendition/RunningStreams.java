package io.sluice.media.rendition;

import java.util.Collection;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.media.asset.ContentHash;
import io.sluice.messaging.Transactions;

/**
 * The table of streams that grow: how any process finds their playlists. A row is true only while its work runs under the
 * same token, so one that a killed process left behind misleads nobody.
 */
@ApplicationScoped
public class RunningStreams {

    private final Transactions transactions;

    RunningStreams(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Tells how far a stream is, from its first segment on.
     *
     * @param workKey of the work that makes it, class {@code video}
     * @param token of that work's lease; who lost it changes nothing
     */
    public void tell(ContentHash hash, String workKey, long token, RunningStream stream) {
        transactions.run(tx -> tx.createUpdate("""
                        INSERT INTO running_stream (content_hash, profile_version, work_key, token, folder, permille,
                            first_segment_at, updated_at)
                        SELECT :hash, :version, w.work_key, w.lease_token, :folder, :permille, NOW(6), NOW(6)
                        FROM work w
                        WHERE w.work_class = 'video' AND w.work_key = :key AND w.state = 'running'
                            AND w.lease_token = :token
                        ON DUPLICATE KEY UPDATE
                            first_segment_at = IF(running_stream.work_key = VALUES(work_key)
                                AND running_stream.token = VALUES(token), first_segment_at, VALUES(first_segment_at)),
                            profile_version = VALUES(profile_version), work_key = VALUES(work_key),
                            token = VALUES(token), folder = VALUES(folder), permille = VALUES(permille),
                            updated_at = VALUES(updated_at)""")
                .bind("hash", hash.bytes())
                .bind("version", stream.profileVersion())
                .bind("folder", stream.folder())
                .bind("permille", stream.permille())
                .bind("key", workKey)
                .bind("token", token)
                .execute());
    }

    /** In the transaction that ends their work. */
    public void end(Handle tx, Collection<ContentHash> hashes) {
        if (!hashes.isEmpty()) {
            tx.createUpdate("DELETE FROM running_stream WHERE content_hash IN (<hashes>)")
                    .bindList("hashes", ContentHash.inOrder(hashes))
                    .execute();
        }
    }
}
