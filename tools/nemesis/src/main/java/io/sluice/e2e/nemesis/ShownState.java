package io.sluice.e2e.nemesis;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The lines of the state root that speak of what is there now: a file that was there once leaves its past behind, which a calm run over
 * the same final files never had.
 */
final class ShownState {

    private final List<String> lines;
    private final Map<String, String> present = new TreeMap<>();
    private final Set<String> hashes = new TreeSet<>();

    ShownState(List<String> lines) {
        this.lines = lines;
        for (String line : lines) {
            if (line.startsWith("location ") && line.endsWith(" present")) {
                String[] words = line.split(" ", -1);
                present.put(words[1] + " " + words[2], words[3]);
                hashes.add(words[3]);
            }
        }
    }

    /** Content hash, or - while it is not known, by {@code <library> <path>}. */
    Map<String, String> present() {
        return present;
    }

    Set<String> hashes() {
        return hashes;
    }

    /** Files that are there and everything that hangs on them. */
    List<String> ofWhatIsThere() {
        return lines.stream()
                .filter(line -> {
                    String[] words = line.split(" ", 3);
                    return switch (words[0]) {
                        case "location" -> line.endsWith(" present");
                        case "asset", "rendition", "provided" -> hashes.contains(words[1]);
                        default -> true;
                    };
                })
                .toList();
    }

    /** {@code rendition <hash> <label> <state> <bytes>} of what is there. */
    List<String[]> renditions() {
        return lines.stream()
                .filter(line -> line.startsWith("rendition "))
                .map(line -> line.split(" ", -1))
                .filter(words -> hashes.contains(words[1]))
                .toList();
    }

    /** Those of assets that no file is there of any more, too. */
    List<String[]> allRenditions() {
        return lines.stream()
                .filter(line -> line.startsWith("rendition "))
                .map(line -> line.split(" ", -1))
                .toList();
    }

    List<String> lines() {
        return lines;
    }
}
