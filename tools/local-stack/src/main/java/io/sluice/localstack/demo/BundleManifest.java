package io.sluice.localstack.demo;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a bundle says of itself and of each of its items. */
final class BundleManifest {

    private static final String CREATED_AT = "2026-05-22T01:02:11Z";
    private static final String COMPLETED_AT = "2026-05-22T01:14:47Z";

    private BundleManifest() {}

    static ObjectNode of(BundleWriter wanted, List<ObjectNode> items, BundlePayload payload) {
        ObjectNode manifest = BundleWriter.object();
        manifest.put("manifest_version", 1);
        manifest.put("sync_id", wanted.syncId.toString());
        manifest.put("sync_type", "gallery");
        manifest.put("action", "import");
        manifest.put("status", "completed");
        manifest.put("source_host", "flux-1");
        manifest.put("created_at", CREATED_AT);
        manifest.put("completed_at", COMPLETED_AT);
        manifest.put("prior_sync_id", wanted.prior == null ? null : wanted.prior.toString());
        manifest.put("item_count", items.size());
        manifest.put("total_bytes", payload.bytes());
        manifest.putObject("verification").put("passed", true).put("total_files", payload.files());
        manifest.putArray("items").addAll(items);
        return manifest;
    }

    static ObjectNode photo(BundleWriter wanted, int number, int bytes) {
        String hash = BundleWriter.externalHash(wanted.series, "photo", number);
        ObjectNode item = file("photo", hash, "photos/" + hash + ".jpg", bytes);
        item.put("title", wanted.title + ", photo " + (number + 1));
        if (wanted.provenance) {
            item.put("source", "photos/" + hash + "/source");
        }
        if (wanted.covers) {
            item.put("cover_hash", BundleWriter.externalHash(wanted.series, "cover", number));
        }
        return item;
    }

    static ObjectNode video(BundleWriter wanted, int number, long bytes) {
        String hash = BundleWriter.externalHash(wanted.series, "video", number);
        String folder = "videos/" + hash;
        ObjectNode item = file("video", hash, folder + "/video.mp4", bytes);
        item.put("mime", "video/mp4");
        item.put("asset_subtype", "video_simple");
        item.put("title", wanted.title + ", video " + (number + 1));
        if (wanted.provenance) {
            item.put("source", folder + "/source");
        }
        item.putObject("deliverables")
                .put("duration_ms", BundleVideos.SECONDS * 1000)
                .put("hls", folder + "/hls")
                .put("transcript", folder + "/transcript.vtt")
                .put("cloud_package", folder + "/cloud-package.json")
                .put("library_cover", folder + "/cover.jpg");
        return item;
    }

    static ObjectNode cover(BundleWriter wanted, int number, int bytes) {
        String hash = BundleWriter.externalHash(wanted.series, "cover", number);
        ObjectNode item = file("cover", hash, "covers/" + hash + ".jpg", bytes);
        item.put("parent_hash", BundleWriter.externalHash(wanted.series, "photo", number));
        return item;
    }

    /** @param first number of its first member */
    static ObjectNode gallery(BundleWriter wanted, int index, int first, int count) {
        ObjectNode item = BundleWriter.object();
        item.put("asset_type", "gallery_legacy");
        item.put("asset_hash", BundleWriter.externalHash(wanted.syncId.toString(), "gallery", index));
        item.put("title", wanted.title + " " + (index + 1));
        if (wanted.covers && count > 0) {
            item.put("cover_hash", BundleWriter.externalHash(wanted.series, "cover", first));
        }
        ArrayNode members = item.putArray("members");
        for (int number = first; number < first + count; number++) {
            members.add(BundleWriter.externalHash(wanted.series, "photo", number));
        }
        return item;
    }

    private static ObjectNode file(String type, String hash, String path, long bytes) {
        ObjectNode item = BundleWriter.object();
        item.put("asset_type", type);
        item.put("asset_hash", hash);
        item.put("path", path);
        item.put("bytes", bytes);
        item.put("mime", "image/jpeg");
        return item;
    }
}
