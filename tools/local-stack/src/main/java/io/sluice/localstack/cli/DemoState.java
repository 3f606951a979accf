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
     * A picture's line in the table.
     *
     * @param state {@code ready}, or what else its renditions are
     * @param reason empty when ready
     */
    record Picture(String path, String state, String reason) {}

    /**
     * One look.
     *
     * @param settled whether all that a full scan saw has come and nothing is open any more
     */
    record Look(List<Picture> pictures, boolean settled, String progress) {}

    Look look() {
        JsonNode library = library();
        long present = library.path("counts").path("present").asLong();
        long unhashed = library.path("counts").path("unhashed").asLong();
        // The scanner's own count: what it has told may still be on its way.
        long seen = library.path("scans").path("last_full").path("files_seen").asLong(Long.MAX_VALUE);
        List<Picture> pictures = new ArrayList<>();
        boolean open = false;
        for (JsonNode asset : assets()) {
            Picture picture = picture(asset);
            open |= picture.state().equals("open");
            pictures.add(picture);
        }
        pictures.sort(Comparator.comparing(Picture::path));
        long done = pictures.stream()
                .filter(picture -> !picture.state().equals("open"))
                .count();
        String progress = present + " files told, " + (present - unhashed) + " hashed, " + done + " of "
                + pictures.size() + " pictures shown or explained";
        return new Look(pictures, present >= seen && unhashed == 0 && !open && !pictures.isEmpty(), progress);
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

    private static Picture picture(JsonNode asset) {
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
        return new Picture(
                more > 0 ? path + " (+" + more + ")" : path,
                open ? "open" : String.join(", ", states),
                String.join("; ", reasons));
    }
}
