package io.sluice.ingest.handover;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes manifests: a right one unless told otherwise. Values are JSON as they are to stand there. */
public final class ManifestText {

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<String> items = new ArrayList<>();

    public ManifestText(String syncId) {
        fields.put("manifest_version", "1");
        fields.put("sync_id", quoted(syncId));
        fields.put("sync_type", "\"gallery\"");
        fields.put("action", "\"import\"");
        fields.put("status", "\"completed\"");
        fields.put("source_host", "\"flux-1\"");
        fields.put("created_at", "\"2026-05-22T01:00:00Z\"");
        fields.put("completed_at", "\"2026-05-22T01:18:26.123456+02:00\"");
        fields.put("prior_sync_id", "null");
        fields.put("verification", "{\"passed\": true, \"total_files\": 0}");
    }

    /** @param json null leaves the field out */
    public ManifestText with(String field, String json) {
        if (json == null) {
            fields.remove(field);
        } else {
            fields.put(field, json);
        }
        return this;
    }

    public ManifestText item(String json) {
        items.add(json);
        return this;
    }

    public ManifestText photo(int number, String path, long bytes) {
        return item("""
                {"asset_type": "photo", "asset_hash": "%s", "path": %s, "bytes": %d, "mime": "image/jpeg",\
                 "title": "Photo %d", "source": "photos/%d", "cover_hash": "%s", "rating": 4.50}""".formatted(hash(number), quoted(path), bytes, number, number, hash(number + 1_000_000)));
    }

    /** @param deliverables JSON */
    public ManifestText video(int number, String path, long bytes, String deliverables) {
        return item("""
                {"asset_type": "video", "asset_subtype": "video_simple", "asset_hash": "%s", "path": %s, "bytes": %d,\
                 "deliverables": %s}""".formatted(hash(number), quoted(path), bytes, deliverables));
    }

    public ManifestText cover(int number, String path, long bytes) {
        return item("""
                {"asset_type": "cover", "asset_hash": "%s", "parent_hash": "%s", "path": %s, "bytes": %d}""".formatted(hash(number + 1_000_000), hash(number), quoted(path), bytes));
    }

    /** 32 hex digits of a number. */
    public static String hash(int number) {
        return "%032x".formatted(number);
    }

    public String text() {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.putIfAbsent("item_count", Integer.toString(items.size()));
        all.putIfAbsent("items", "[" + String.join(", ", items) + "]");
        List<String> parts = new ArrayList<>();
        all.forEach((name, value) -> parts.add(quoted(name) + ": " + value));
        return "{" + String.join(", ", parts) + "}";
    }

    public byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\u0000", "\\u0000") + '"';
    }
}
