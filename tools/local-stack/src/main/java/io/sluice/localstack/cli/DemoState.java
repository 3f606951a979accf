package io.sluice.localstack.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

/** How far the demo library has come, as the REST API tells it. */
final class DemoState {

    private static final Set<String> OPEN = Set.of("pending", "running", "unknown");

    private final Gateway gateway;

    DemoState(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * A line in the table: a picture or a video.
     *
     * @param state {@code ready}, or what else its renditions are
     * @param reason empty when ready
     */
    record Shown(String path, boolean video, String state, String reason) {}

    /**
     * One look.
     *
     * @param shown by path
     * @param settled whether all that a full scan saw has come and nothing is open any more
     */
    record Look(List<Shown> shown, boolean settled, String progress) {

        /** e.g. 38 pictures and 7 videos */
        String counted() {
            long videos = shown.stream().filter(Shown::video).count();
            return (shown.size() - videos) + " pictures and " + videos + " videos";
        }
    }

    Look look() {
        JsonNode library = library();
        long present = library.path("counts").path("present").asLong();
        long unhashed = library.path("counts").path("unhashed").asLong();
        // The scanner's own count: what it has told may still be on its way.
        long seen = library.path("scans").path("last_full").path("files_seen").asLong(Long.MAX_VALUE);
        List<Shown> shown = new ArrayList<>();
        boolean open = false;
        for (JsonNode asset : assets()) {
            Shown one = shown(asset);
            open |= one.state().equals("open");
            shown.add(one);
        }
        shown.sort(Comparator.comparing(Shown::path));
        long done = shown.stream().filter(one -> !one.state().equals("open")).count();
        Look look = new Look(List.copyOf(shown), present >= seen && unhashed == 0 && !open && !shown.isEmpty(), "");
        String progress = present + " files told, " + (present - unhashed) + " hashed, " + done + " of "
                + look.counted() + " shown or explained";
        return new Look(look.shown(), look.settled(), progress);
    }

    private JsonNode library() {
        for (JsonNode library : gateway.json("/api/v1/libraries").path("items")) {
            if (library.path("name").asText().equals(UpCommand.DEMO)) {
                return library;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private List<JsonNode> assets() {
        List<JsonNode> assets = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = gateway.json("/api/v1/assets?limit=500" + cursor);
            for (JsonNode asset : page.path("items")) {
                if (asset.path("location").path("library").asText().equals(UpCommand.DEMO)) {
                    assets.add(asset);
                }
            }
            JsonNode next = page.path("next_cursor");
            cursor = next.isTextual() ? "&cursor=" + next.asText() : "";
        } while (!cursor.isEmpty());
        return assets;
    }

    private static Shown shown(JsonNode asset) {
        Set<String> states = new TreeSet<>();
        Set<String> reasons = new TreeSet<>();
        for (JsonNode rendition : asset.path("renditions")) {
            states.add(rendition.path("state").asText("unknown"));
            if (rendition.path("reason").isTextual()) {
                reasons.add(rendition.path("reason").asText());
            }
        }
        boolean open = states.isEmpty() || states.stream().anyMatch(OPEN::contains);
        String path = asset.path("location").path("path").asText();
        long more = asset.path("location_count").asLong() - 1;
        return new Shown(
                more > 0 ? path + " (+" + more + ")" : path,
                asset.path("kind").asText().equals("video"),
                open ? "open" : String.join(", ", states),
                String.join("; ", reasons));
    }
}
