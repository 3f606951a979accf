package io.sluice.localstack.demo;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the upstream says beside a photo: where it comes from, and what its models think of it. */
final class BundleSources {

    private static final String[] PLACES = {"a quiet bay", "a ridge in fog", "dunes at noon", "a lake before rain"};
    private static final String[] MOODS = {"calm", "wide", "warm", "waiting"};

    private BundleSources() {}

    static ObjectNode source(BundleWriter wanted, int number) {
        ObjectNode source = BundleWriter.object();
        source.put("asset_hash", BundleWriter.externalHash(wanted.series, "photo", number));
        source.put("source_host", "flux-1");
        source.put("created_at", "2026-05-21T%02d:%02d:00Z".formatted(number % 24, number % 60));
        source.putObject("generator")
                .put("name", "flux")
                .put("version", "1.4")
                .put("seed", 7_000_000 + number)
                .put("prompt", PLACES[number % PLACES.length] + ", " + MOODS[number % MOODS.length]);
        return source;
    }

    static ObjectNode video(BundleWriter wanted, int number) {
        ObjectNode source = source(wanted, number);
        source.put("asset_hash", BundleWriter.externalHash(wanted.series, "video", number));
        return source;
    }

    /** By the file's name without .json; the first photo has one that no importer knows. */
    static Map<String, ObjectNode> analyses(BundleWriter wanted, int number) {
        String place = PLACES[number % PLACES.length];
        String mood = MOODS[number % MOODS.length];
        Map<String, ObjectNode> analyses = new LinkedHashMap<>();
        analyses.put(
                "photo.manifest",
                run("manifest")
                        .put("asset_hash", BundleWriter.externalHash(wanted.series, "photo", number))
                        .put("number", number));
        ObjectNode analysis = run("analysis").put("caption", "Hills above " + place + ", photo " + (number + 1) + ".");
        analysis.putArray("tags").add("landscape").add(mood).add("hills");
        analyses.put("photo.analysis", analysis);
        analyses.put("photo.meaning", run("meaning").put("text", "A " + mood + " moment at " + place + "."));
        analyses.put("photo.family", run("family").put("family", "landscape/" + mood));
        if (number == wanted.firstPhoto) {
            analyses.put("photo.weather", run("weather").put("sky", "clear"));
        }
        return analyses;
    }

    private static ObjectNode run(String kind) {
        return BundleWriter.object().put("kind", kind).put("model", "demo-" + kind + "-1");
    }
}
