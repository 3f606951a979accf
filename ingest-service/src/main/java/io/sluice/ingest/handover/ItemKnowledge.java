package io.sluice.ingest.handover;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jdbi.v3.core.Handle;

import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;
import io.sluice.ingest.location.InList;

/**
 * What the library knows of the hashes of some items when it is asked; nothing is locked: a prediction may be overtaken.
 *
 * @param assets which asset the upstream means by a hash, and the batch that said so last
 * @param covers upstream's hashes of covers, by the asset that has them
 * @param containers ids by hash
 */
record ItemKnowledge(
        Map<ExternalHash, Meaning> assets,
        Map<ContentHash, Set<ExternalHash>> covers,
        Map<ExternalHash, String> containers) {

    record Meaning(ContentHash asset, BatchId batch) {}

    static ItemKnowledge of(Handle handle, List<ManifestItem> items) {
        Set<ExternalHash> primaries = new TreeSet<>();
        Set<ExternalHash> containers = new TreeSet<>();
        for (ManifestItem item : items) {
            ExternalHash parent = item.parentHash();
            switch (item.wave()) {
                case PRIMARIES -> primaries.add(item.externalHash());
                case CONTAINERS -> containers.add(item.externalHash());
                case COVERS -> {
                    if (parent != null) {
                        primaries.add(parent);
                    }
                }
            }
        }
        Map<ExternalHash, Meaning> assets = assets(handle, primaries);
        return new ItemKnowledge(
                assets,
                covers(handle, assets.values().stream().map(Meaning::asset).toList()),
                containers(handle, containers));
    }

    private static Map<ExternalHash, Meaning> assets(Handle handle, Collection<ExternalHash> hashes) {
        Map<ExternalHash, Meaning> found = new HashMap<>();
        InList.of(hashes.stream().map(ExternalHash::bytes).toList()).forEach(list -> list.bind(
                        handle.createQuery("SELECT external_hash, content_hash, batch_id FROM external_hash"
                                + " FORCE INDEX (PRIMARY) WHERE external_hash IN (" + list.marks() + ")"),
                        0)
                .map((row, context) -> Map.entry(
                        ExternalHash.of(row.getBytes("external_hash")),
                        new Meaning(
                                ContentHash.of(row.getBytes("content_hash")), new BatchId(row.getLong("batch_id")))))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue())));
        return found;
    }

    private static Map<ContentHash, Set<ExternalHash>> covers(Handle handle, Collection<ContentHash> assets) {
        Map<ContentHash, Set<ExternalHash>> found = new HashMap<>();
        InList.of(assets.stream().sorted().map(ContentHash::bytes).toList()).forEach(list -> list.bind(
                        handle.createQuery("SELECT content_hash, source_hash FROM asset_provided FORCE INDEX (PRIMARY)"
                                + " WHERE name = 'cover' AND content_hash IN (" + list.marks() + ")"),
                        0)
                .map((row, context) -> Map.entry(
                        ContentHash.of(row.getBytes("content_hash")), ExternalHash.of(row.getBytes("source_hash"))))
                .forEach(entry -> found.computeIfAbsent(entry.getKey(), asset -> new HashSet<>())
                        .add(entry.getValue())));
        return found;
    }

    private static Map<ExternalHash, String> containers(Handle handle, Collection<ExternalHash> hashes) {
        Map<ExternalHash, String> found = new HashMap<>();
        InList.of(hashes.stream().map(ExternalHash::bytes).toList()).forEach(list -> list.bind(
                        handle.createQuery("SELECT external_hash, id FROM container FORCE INDEX (by_external)"
                                + " WHERE external_hash IN (" + list.marks() + ")"),
                        0)
                .map((row, context) -> Map.entry(ExternalHash.of(row.getBytes("external_hash")), row.getString("id")))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue())));
        return found;
    }
}
