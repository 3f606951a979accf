package io.sluice.ingest.importjob;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import io.sluice.ingest.world.Ingested;
import io.sluice.ingest.world.ToldLibrary;

/** A bundle with its payload on disk, judged and preflighted: rows as preflight leaves them. */
final class HandedBundle {

    private record Item(
            String type,
            String hash,
            String parent,
            String cover,
            String path,
            Long bytes,
            String source,
            String title,
            List<String> members,
            String deliverables) {

        Item(
                String type,
                String hash,
                String parent,
                String cover,
                String path,
                Long bytes,
                String source,
                String title,
                List<String> members) {
            this(type, hash, parent, cover, path, bytes, source, title, members, null);
        }
    }

    private final ToldLibrary library;
    private final String syncId = UUID.randomUUID().toString();
    private final List<Item> items = new ArrayList<>();
    private String prior;

    HandedBundle(ToldLibrary library) {
        this.library = library;
    }

    String syncId() {
        return syncId;
    }

    String path(String inPayload) {
        return syncId + "/" + inPayload;
    }

    static String hashOf(String name) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The upstream's hash of the photo of that name in this bundle. */
    String photo(String name) {
        return photo(name, hashOf(syncId + name), "photo " + name + " of " + syncId);
    }

    String photo(String name, String hash, String content) {
        return photo(name, hash, content, null);
    }

    /** A photo with its source folder. */
    String photo(String name, String hash, String content, String source) {
        String path = "photos/" + name + ".jpg";
        library.write(path(path), content);
        items.add(new Item(
                "photo",
                hash,
                null,
                null,
                path,
                (long) content.getBytes(StandardCharsets.UTF_8).length,
                source,
                name,
                List.of()));
        return hash;
    }

    /**
     * A video; its file is written, what it brings is not.
     *
     * @param deliverables JSON
     */
    String video(String name, String hash, String content, String deliverables) {
        String path = "videos/" + name + "/video.mp4";
        library.write(path(path), content);
        items.add(new Item(
                "video", hash, null, null, path, (long) content.length(), null, name, List.of(), deliverables));
        return hash;
    }

    String cover(String name, String parent) {
        String hash = hashOf(syncId + "cover" + name);
        String path = "covers/" + hash + ".jpg";
        String content = "cover " + name;
        library.write(path(path), content);
        items.add(new Item("cover", hash, parent, null, path, (long) content.length(), null, "", List.of()));
        return hash;
    }

    String gallery(String title, List<String> members) {
        return gallery(title, hashOf(syncId + title), members);
    }

    String gallery(String title, String hash, List<String> members) {
        items.add(new Item("gallery_legacy", hash, null, null, null, null, null, title, members));
        return hash;
    }

    void item(String type, String hash, String path, Long bytes) {
        items.add(new Item(type, hash, null, null, path, bytes, null, "", List.of()));
    }

    HandedBundle superseding(HandedBundle former) {
        prior = former.syncId;
        return this;
    }

    /** 43 photos, each with its cover, and galleries of 14, 15 and 14. */
    static HandedBundle reference(ToldLibrary library) {
        HandedBundle bundle = new HandedBundle(library);
        List<String> photos = new ArrayList<>();
        for (int i = 0; i < 43; i++) {
            String name = "p%02d".formatted(i);
            String hash = hashOf(bundle.syncId + name);
            String source = "photos/" + hash + "/source";
            library.write(bundle.path(source + "/source.json"), "{\"from\":\"" + name + "\"}");
            library.write(
                    bundle.path(source + "/data/photo.analysis.json"),
                    "{\"caption\":\"a harbour at dusk " + name + "\",\"score\":0.5,\"tags\":[\"boats\",\"light\"]}");
            library.write(bundle.path(source + "/data/other.json"), "{\"note\":\"by hand\"}");
            photos.add(bundle.photo(name, hash, "photo " + name + " of " + bundle.syncId, source));
            bundle.cover(name, hash);
        }
        bundle.gallery("Harbour", photos.subList(0, 14));
        bundle.gallery("Island", photos.subList(14, 29));
        bundle.gallery("Town", photos.subList(29, 43));
        return bundle;
    }

    /** Writes the rows; gives the batch's id. */
    long handOver() {
        Ingested.await("library " + library.name() + " is known")
                .until(() ->
                        Ingested.database().number("SELECT COUNT(*) FROM library WHERE library_id = ?", library.id())
                                == 1);
        Ingested.database().execute("""
                INSERT INTO ingest_batch (library_id, sync_id, name, look_sequence, scan_id, seen_at, state, verdict,
                    manifest_sha256, items_of, sync_type, action, item_count, prior_sync_id, verified_passed)
                VALUES (?, ?, ?, 1, UUID(), NOW(6), 'preflighted', 'consumable', UNHEX(SHA2(?, 256)),
                    UNHEX(SHA2(?, 256)), 'gallery', 'import', ?, ?, TRUE)""", library.id(), syncId, syncId, syncId, syncId, items.size(), prior);
        long batch = Ingested.database().number("SELECT id FROM ingest_batch WHERE sync_id = ?", syncId);
        Ingested.database().jdbi().useHandle(handle -> {
            var rows = handle.prepareBatch("""
                    INSERT INTO ingest_batch_item (batch_id, position, wave, asset_type, asset_subtype, external_hash,
                        parent_hash, cover_hash, path, bytes, title, source, members, deliverables, decision, decided_by)
                    VALUES (?, ?, ?, ?, ?, UNHEX(?), UNHEX(?), UNHEX(?), ?, ?, ?, ?, ?, ?, 'created', 'preflight')""");
            for (int i = 0; i < items.size(); i++) {
                Item item = items.get(i);
                rows.add(
                        batch,
                        i,
                        item.type.equals("cover") ? 1 : item.members.isEmpty() ? 0 : 2,
                        item.type,
                        item.type.equals("video") ? "video_simple" : "",
                        item.hash,
                        item.parent,
                        item.cover,
                        item.path == null ? null : item.path.getBytes(StandardCharsets.UTF_8),
                        item.bytes,
                        item.title,
                        item.source == null ? null : item.source.getBytes(StandardCharsets.UTF_8),
                        item.members.isEmpty() ? null : bytes(item.members),
                        item.deliverables);
            }
            rows.execute();
        });
        return batch;
    }

    private static byte[] bytes(List<String> hashes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        hashes.forEach(hash -> bytes.writeBytes(HexFormat.of().parseHex(hash)));
        return bytes.toByteArray();
    }
}
