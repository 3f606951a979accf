package io.sluice.ingest.asset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.jdbi.v3.core.Handle;

import com.google.protobuf.ByteString;

import io.sluice.contract.ingest.v1.ProvidedRendition;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.FileStat;
import io.sluice.ingest.location.InList;

/**
 * What is told of an asset besides itself and its locations: containers that it is in, and what came ready-made with it.
 *
 * @param containerIds in order, at most {@link #MAX_CONTAINERS}
 */
record Belongings(List<String> containerIds, List<ProvidedRendition> provided) {

    static final Belongings NONE = new Belongings(List.of(), List.of());

    static final int MAX_CONTAINERS = 100;

    /** Of each asset that has any; by the indexes container_member.by_asset and asset_provided.PRIMARY. */
    static Map<ContentHash, Belongings> of(Handle handle, Collection<ContentHash> hashes) {
        Map<ContentHash, Belongings> found = new HashMap<>();
        InList.of(new TreeSet<>(hashes).stream().map(ContentHash::bytes).toList())
                .forEach(list -> {
                    addContainers(handle, list, found);
                    addProvided(handle, list, found);
                });
        return found;
    }

    private static void addContainers(Handle handle, InList<byte[]> list, Map<ContentHash, Belongings> found) {
        list.bind(handle.createQuery("""
                                SELECT DISTINCT content_hash, container_id FROM container_member FORCE INDEX (by_asset)
                                WHERE content_hash IN (""" + list.marks() + ") ORDER BY content_hash, container_id"), 0)
                .map((row, context) ->
                        new Member(ContentHash.of(row.getBytes("content_hash")), row.getString("container_id")))
                .forEach(member -> found.merge(
                        member.asset, new Belongings(List.of(member.container), List.of()), Belongings::plus));
    }

    private record Member(ContentHash asset, String container) {}

    private static void addProvided(Handle handle, InList<byte[]> list, Map<ContentHash, Belongings> found) {
        list.bind(handle.createQuery("""
                                SELECT content_hash, name, library_id, path, size, mtime_ns, ctime_ns, birth_time_ns, inode
                                FROM asset_provided FORCE INDEX (PRIMARY)
                                WHERE current AND content_hash IN (""" + list.marks() + ") ORDER BY content_hash, name"), 0)
                .map((row, context) -> Map.entry(
                        ContentHash.of(row.getBytes("content_hash")),
                        ProvidedRendition.newBuilder()
                                .setName(row.getString("name"))
                                .setLibraryId(row.getString("library_id"))
                                .setPath(ByteString.copyFrom(row.getBytes("path")))
                                .setStat(new FileStat(
                                                row.getLong("size"),
                                                row.getLong("mtime_ns"),
                                                row.getLong("ctime_ns"),
                                                row.getLong("birth_time_ns"),
                                                row.getLong("inode"))
                                        .told())
                                .build()))
                .forEach(one -> found.merge(
                        one.getKey(), new Belongings(List.of(), List.of(one.getValue())), Belongings::plus));
    }

    private Belongings plus(Belongings more) {
        List<String> containers = new ArrayList<>(containerIds);
        more.containerIds.stream()
                .limit(Math.max(0, MAX_CONTAINERS - containers.size()))
                .forEach(containers::add);
        List<ProvidedRendition> renditions = new ArrayList<>(provided);
        renditions.addAll(more.provided);
        return new Belongings(containers, renditions);
    }
}
