package io.sluice.e2e.nemesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What was done and what came of it.
 *
 * @param seconds from the first process to the last check
 * @param rounds every round that struck, in order
 * @param recoveries seconds by kind of fault, from the end of its cause until a picture that came meanwhile was shown and found
 * @param counts files, bundles, items and such
 * @param checks names of what was looked at
 */
public record Report(
        long seed,
        long seconds,
        List<Round> rounds,
        Map<String, List<Double>> recoveries,
        Map<String, Integer> counts,
        List<String> checks,
        List<Violation> violations) {

    /** For a person. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("%nSeed %d, %d min %d s, %d rounds%n%n".formatted(seed, seconds / 60, seconds % 60, rounds.size()));
        text.append("%-24s %6s %10s %10s%n".formatted("fault", "times", "p50 s", "max s"));
        byKind().forEach((kind, times) -> {
            List<Double> sorted = sorted(kind);
            text.append("%-24s %6d %10s %10s%n"
                    .formatted(
                            kind,
                            times,
                            sorted.isEmpty() ? "-" : seconds(sorted.get((sorted.size() - 1) / 2)),
                            sorted.isEmpty() ? "-" : seconds(sorted.getLast())));
        });
        text.append("%n".formatted());
        counts.forEach((what, count) -> text.append("%-24s %6d%n".formatted(what, count)));
        text.append("%nChecked, with %d violations:%n".formatted(violations.size()));
        checks.forEach(check -> text.append("  %-48s %s%n"
                .formatted(
                        check,
                        violations.stream().anyMatch(found -> found.check().equals(check)) ? "VIOLATED" : "ok")));
        if (!violations.isEmpty()) {
            text.append("%n".formatted());
            violations.forEach(found -> text.append("%s: %s%n".formatted(found.check(), found.text())));
            text.append("%nFaults so far, with seed %d:%n".formatted(seed));
            for (int i = 0; i < rounds.size(); i++) {
                text.append("  %d. %s%n".formatted(i + 1, rounds.get(i).text()));
            }
        }
        return text.toString();
    }

    /** For a program. */
    public String json() {
        ObjectNode json = new JsonMapper().createObjectNode();
        json.put("seed", seed).put("seconds", seconds);
        ArrayNode struck = json.putArray("rounds");
        rounds.forEach(round -> struck.add(round.text()));
        ArrayNode faults = json.putArray("faults");
        byKind().forEach((kind, times) -> {
            ObjectNode fault = faults.addObject().put("kind", kind).put("times", times);
            List<Double> sorted = sorted(kind);
            if (!sorted.isEmpty()) {
                fault.put("p50_seconds", sorted.get((sorted.size() - 1) / 2)).put("max_seconds", sorted.getLast());
            }
        });
        ObjectNode counted = json.putObject("counts");
        counts.forEach(counted::put);
        ArrayNode looked = json.putArray("checks");
        checks.forEach(looked::add);
        ArrayNode wrong = json.putArray("violations");
        violations.forEach(
                found -> wrong.addObject().put("check", found.check()).put("text", found.text()));
        return json.toPrettyString();
    }

    /** How often each kind struck. */
    public Map<String, Integer> byKind() {
        Map<String, Integer> kinds = new TreeMap<>();
        rounds.forEach(round -> round.faults().forEach(fault -> kinds.merge(fault.kind(), 1, Integer::sum)));
        return kinds;
    }

    private List<Double> sorted(String kind) {
        List<Double> sorted = new ArrayList<>(recoveries.getOrDefault(kind, List.of()));
        sorted.sort(null);
        return sorted;
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
