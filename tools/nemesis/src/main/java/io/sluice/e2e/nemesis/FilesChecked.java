package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

/** Files on disk against what the library says of them. */
final class FilesChecked {

    /** Enough to see what is wrong, and few enough to read. */
    static final int SHOWN = 8;

    private final Stage stage;

    FilesChecked(Stage stage) {
        this.stage = stage;
    }

    List<String> known() throws IOException {
        Map<String, String> disk = Oracle.of(stage);
        Map<String, String> library = new ShownState(stage.client().stateLines()).present();
        Map<String, String> missing = new TreeMap<>(disk);
        missing.entrySet().removeAll(library.entrySet());
        Map<String, String> tooMany = new TreeMap<>(library);
        tooMany.entrySet().removeAll(disk.entrySet());
        List<String> wrong = new ArrayList<>();
        missing.forEach((path, hash) -> wrong.add("on disk, not in the library: " + path + " " + hash + ", there "
                + library.getOrDefault(path, "unknown")));
        tooMany.forEach((path, hash) -> wrong.add("in the library, not on disk: " + path + " " + hash));
        return few(wrong);
    }

    List<String> rendered() throws IOException {
        ShownState state = new ShownState(stage.client().stateLines());
        Set<String> broken = new HashSet<>();
        state.present().forEach((path, hash) -> {
            if (path.contains(Workload.BROKEN)) {
                broken.add(hash);
            }
        });
        Map<String, Integer> ready = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (String[] rendition : state.renditions()) {
            if (rendition[3].equals("ready")) {
                ready.merge(rendition[1], 1, Integer::sum);
            } else if (!broken.contains(rendition[1]) || rendition[3].equals("pending")) {
                wrong.add(String.join(" ", rendition));
            }
        }
        for (String hash : state.hashes()) {
            if (!broken.contains(hash) && ready.getOrDefault(hash, 0) < 2) {
                wrong.add("asset " + hash + " has " + ready.getOrDefault(hash, 0) + " renditions ready");
            }
        }
        return few(wrong);
    }

    List<String> once() {
        List<String> wrong = new ArrayList<>();
        Set<String> lines = new HashSet<>();
        for (String line : stage.client().stateLines()) {
            if (!lines.add(line)) {
                wrong.add("twice: " + line);
            }
        }
        Set<String> hashes = new HashSet<>();
        for (JsonNode asset : stage.client().assets()) {
            if (!hashes.add(asset.get("content_hash").asText())) {
                wrong.add("twice in the list of assets: "
                        + asset.get("content_hash").asText());
            }
        }
        return few(wrong);
    }

    List<String> found() {
        Set<String> wanted = new TreeSet<>(new ShownState(stage.client().stateLines()).hashes());
        Set<String> hits = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = stage.client().get("/api/v1/search?limit=200" + cursor);
            for (JsonNode hit : page.get("items")) {
                if (!hits.add(hit.get("content_hash").asText())) {
                    wrong.add("found twice: " + hit.get("content_hash").asText());
                }
            }
            JsonNode next = page.get("next_cursor");
            cursor = next.isTextual() ? "&cursor=" + next.asText() : "";
        } while (!cursor.isEmpty());
        wanted.removeAll(hits);
        wanted.forEach(hash -> wrong.add("not found by search: " + hash));
        return few(wrong);
    }

    static List<String> few(List<String> wrong) {
        if (wrong.size() <= SHOWN) {
            return wrong;
        }
        List<String> few = new ArrayList<>(wrong.subList(0, SHOWN));
        few.add("and " + (wrong.size() - SHOWN) + " more");
        return few;
    }
}
