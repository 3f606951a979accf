package io.sluice.ingest.provenance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.AssetText;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.InList;
import io.sluice.messaging.outbox.Outbox;
import io.sluice.messaging.outbox.OutgoingRecord;

/** Keeps what bundles say of their assets, the newest of each analysis, and tells its text. */
@ApplicationScoped
public class StoreProvenance {

    private final Outbox outbox;

    StoreProvenance(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * What one item of a bundle says of its asset.
     *
     * @param durationMs of a video, null when unsaid
     */
    public record Told(
            ContentHash content,
            BatchId batch,
            SourceFiles files,
            @Nullable Long durationMs) {}

    /** A row of {@code asset_source}. */
    private record Source(@Nullable String body, @Nullable Long durationMs) {}

    private record RunKey(ContentHash content, String kind) implements Comparable<RunKey> {

        @Override
        public int compareTo(RunKey other) {
            int byContent = content.compareTo(other.content);
            return byContent != 0 ? byContent : kind.compareTo(other.kind);
        }
    }

    private record Stored(byte[] sha256, long version) {}

    private record Fresh(BatchId batch, AnalysisFile file, byte[] sha256, long version) {}

    private record SourceKey(ContentHash content, BatchId batch) implements Comparable<SourceKey> {

        @Override
        public int compareTo(SourceKey other) {
            int byContent = content.compareTo(other.content);
            return byContent != 0 ? byContent : batch.compareTo(other.batch);
        }
    }

    /** Stores in the caller's transaction. Of one analysis told twice the last counts. Gives the assets of which something changed. */
    public Set<ContentHash> store(Handle tx, List<Told> told) {
        Set<ContentHash> changed = new HashSet<>(storeSources(tx, told));
        changed.addAll(storeAnalyses(tx, told));
        return changed;
    }

    private static Set<ContentHash> storeSources(Handle tx, List<Told> told) {
        TreeMap<SourceKey, Source> sources = new TreeMap<>();
        for (Told one : told) {
            String source = one.files().source();
            if (source != null || one.durationMs() != null) {
                sources.put(new SourceKey(one.content(), one.batch()), new Source(source, one.durationMs()));
            }
        }
        Set<ContentHash> changed = new HashSet<>();
        Map<SourceKey, Source> known = sources(tx, sources.keySet());
        sources.entrySet().removeIf(entry -> entry.getValue().equals(known.get(entry.getKey())));
        if (!sources.isEmpty()) {
            // Plain inserts are one piece of work for the server, upserts are one each; bodies are too large for one
            // text.
            writeSources(tx, sources, key -> !known.containsKey(key), "");
            writeSources(tx, sources, known::containsKey, """
                     ON DUPLICATE KEY UPDATE body = VALUES(body), duration_ms = VALUES(duration_ms)""");
            sources.keySet().forEach(key -> changed.add(key.content()));
        }
        return changed;
    }

    private static void writeSources(
            Handle tx, TreeMap<SourceKey, Source> sources, Predicate<SourceKey> which, String ending) {
        PreparedBatch batch = tx.prepareBatch(
                "INSERT INTO asset_source (content_hash, batch_id, body, duration_ms) VALUES (?, ?, ?, ?)" + ending);
        sources.forEach((key, source) -> {
            if (which.test(key)) {
                batch.add(key.content().bytes(), key.batch().value(), source.body(), source.durationMs());
            }
        });
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static Map<SourceKey, Source> sources(Handle tx, Set<SourceKey> keys) {
        Map<SourceKey, Source> known = new HashMap<>();
        List<byte[]> hashes = keys.stream().map(key -> key.content().bytes()).toList();
        InList.of(hashes).forEach(list -> list.bind(
                        tx.createQuery("SELECT content_hash, batch_id, body, duration_ms FROM asset_source"
                                + " FORCE INDEX (PRIMARY) WHERE content_hash IN (" + list.marks() + ")"),
                        0)
                .map((row, context) -> Map.entry(
                        new SourceKey(
                                ContentHash.of(row.getBytes("content_hash")), new BatchId(row.getLong("batch_id"))),
                        new Source(row.getString("body"), row.getObject("duration_ms", Long.class))))
                .forEach(entry -> {
                    if (keys.contains(entry.getKey())) {
                        known.put(entry.getKey(), entry.getValue());
                    }
                }));
        return known;
    }

    private Set<ContentHash> storeAnalyses(Handle tx, List<Told> told) {
        TreeMap<RunKey, Fresh> wanted = new TreeMap<>();
        for (Told one : told) {
            for (AnalysisFile file : one.files().analyses()) {
                wanted.put(new RunKey(one.content(), file.kind()), new Fresh(one.batch(), file, file.sha256(), 0));
            }
        }
        if (wanted.isEmpty()) {
            return Set.of();
        }
        Map<RunKey, Stored> known = lockRuns(tx, wanted.keySet());
        wanted.entrySet().removeIf(entry -> {
            Stored stored = known.get(entry.getKey());
            return stored != null
                    && Arrays.equals(stored.sha256(), entry.getValue().sha256());
        });
        if (wanted.isEmpty()) {
            return Set.of();
        }
        long clock = tx.createQuery("SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)")
                .mapTo(Long.class)
                .one();
        wanted.replaceAll((key, fresh) -> {
            Stored stored = known.get(key);
            long version = stored == null ? clock : Math.max(stored.version() + 1, clock);
            return new Fresh(fresh.batch(), fresh.file(), fresh.sha256(), version);
        });
        write(tx, wanted, key -> !known.containsKey(key), "");
        write(tx, wanted, known::containsKey, """
                 ON DUPLICATE KEY UPDATE batch_id = VALUES(batch_id), sha256 = VALUES(sha256),
                    version = VALUES(version), body = VALUES(body)""");
        tell(tx, wanted, known.keySet());
        Set<ContentHash> changed = new HashSet<>();
        wanted.keySet().forEach(key -> changed.add(key.content()));
        return changed;
    }

    private static Map<RunKey, Stored> lockRuns(Handle tx, Set<RunKey> keys) {
        Map<RunKey, Stored> known = new HashMap<>();
        List<byte[]> hashes = keys.stream()
                .map(RunKey::content)
                .distinct()
                .map(ContentHash::bytes)
                .toList();
        InList.of(hashes).forEach(list -> list.bind(
                        tx.createQuery("SELECT content_hash, analysis_kind, sha256, version FROM asset_ai_run"
                                + " FORCE INDEX (PRIMARY) WHERE content_hash IN (" + list.marks()
                                + ") ORDER BY content_hash, analysis_kind FOR UPDATE"),
                        0)
                .map((row, context) -> Map.entry(
                        new RunKey(ContentHash.of(row.getBytes("content_hash")), row.getString("analysis_kind")),
                        new Stored(row.getBytes("sha256"), row.getLong("version"))))
                .forEach(entry -> known.put(entry.getKey(), entry.getValue())));
        return known;
    }

    private static void write(Handle tx, TreeMap<RunKey, Fresh> runs, Predicate<RunKey> which, String ending) {
        PreparedBatch batch = tx.prepareBatch("INSERT INTO asset_ai_run"
                + " (content_hash, analysis_kind, batch_id, sha256, version, body) VALUES (?, ?, ?, ?, ?, ?)" + ending);
        runs.forEach((key, run) -> {
            if (which.test(key)) {
                batch.add(
                        key.content().bytes(),
                        key.kind(),
                        run.batch().value(),
                        run.sha256(),
                        run.version(),
                        run.file().body());
            }
        });
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /** A text that has become empty is told too: what was told before does not hold any more. */
    private void tell(Handle tx, TreeMap<RunKey, Fresh> runs, Set<RunKey> known) {
        List<OutgoingRecord> records = new ArrayList<>();
        runs.forEach((key, run) -> {
            SearchableText text = SearchableText.of(run.file().body());
            if (!text.text().isEmpty() || known.contains(key)) {
                records.add(new OutgoingRecord(
                        Topics.INGEST_TEXT,
                        key.content().hex() + "/" + key.kind(),
                        AssetText.newBuilder()
                                .setContentHash(key.content().toByteString())
                                .setVersion(run.version())
                                .setSource(key.kind())
                                .setText(text.text())
                                .setTruncated(text.truncated())
                                .build(),
                        run.version()));
            }
        });
        outbox.appendAll(tx, records);
    }
}
