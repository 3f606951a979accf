package io.sluice.media.rendition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import io.sluice.contract.Topics;
import io.sluice.contract.media.v1.MediaFacts;
import io.sluice.media.asset.ContentHash;
import io.sluice.messaging.outbox.Outbox;
import io.sluice.messaging.outbox.OutgoingRecord;

/** The table of facts, and what is told of it. */
@ApplicationScoped
public class Facts {

    static final String OF_ASSETS = "SELECT f.content_hash, " + FactsRow.COLUMNS
            + "FROM facts f WHERE f.content_hash IN (<hashes>) ORDER BY f.content_hash FOR UPDATE";

    private final Outbox outbox;

    Facts(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Stores what is new or other than before, and tells only that. A version in what was found means nothing. */
    public void tell(Handle tx, Collection<MediaFacts> found) {
        if (found.isEmpty()) {
            return;
        }
        Map<ContentHash, MediaFacts> byHash = new TreeMap<>();
        found.forEach(facts -> byHash.put(hashOf(facts), facts));
        Map<ContentHash, MediaFacts> known = known(tx, byHash.keySet());
        Version version = Version.now(tx);
        List<MediaFacts> changed = new ArrayList<>();
        byHash.forEach((hash, facts) -> {
            MediaFacts before = known.getOrDefault(hash, MediaFacts.getDefaultInstance());
            MediaFacts now = facts.toBuilder().setVersion(before.getVersion()).build();
            if (!now.equals(before)) {
                changed.add(now.toBuilder()
                        .setVersion(version.after(before.getVersion()))
                        .build());
            }
        });
        write(tx, changed);
        outbox.appendAll(
                tx,
                changed.stream()
                        .map(facts -> new OutgoingRecord(
                                Topics.MEDIA_FACTS, hashOf(facts).hex(), facts, facts.getVersion()))
                        .toList());
    }

    private static ContentHash hashOf(MediaFacts facts) {
        return ContentHash.of(facts.getContentHash());
    }

    private static Map<ContentHash, MediaFacts> known(Handle tx, Collection<ContentHash> hashes) {
        Map<ContentHash, MediaFacts> known = new TreeMap<>();
        tx.createQuery(OF_ASSETS)
                .bindList("hashes", ContentHash.inOrder(hashes))
                .map((row, context) -> FactsRow.read(ContentHash.of(row.getBytes("content_hash")), row))
                .forEach(facts -> known.put(hashOf(facts), facts));
        return known;
    }

    private static void write(Handle tx, List<MediaFacts> changed) {
        if (changed.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = tx.prepareBatch("""
                INSERT INTO facts (content_hash, version, width, height, format, thumbhash, has_alpha, colour_profile,
                    video)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE version = VALUES(version), width = VALUES(width), height = VALUES(height),
                    format = VALUES(format), thumbhash = VALUES(thumbhash), has_alpha = VALUES(has_alpha),
                    colour_profile = VALUES(colour_profile), video = VALUES(video)""")) {
            changed.forEach(facts -> batch.add(
                    facts.getContentHash().toByteArray(),
                    facts.getVersion(),
                    facts.getWidth(),
                    facts.getHeight(),
                    facts.getFormat(),
                    facts.getThumbhash().toByteArray(),
                    facts.getHasAlpha(),
                    facts.getColourProfile(),
                    facts.hasVideo() ? facts.getVideo().toByteArray() : null));
            batch.execute();
        }
    }
}
