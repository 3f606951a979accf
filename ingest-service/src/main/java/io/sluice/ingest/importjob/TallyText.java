package io.sluice.ingest.importjob;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.sluice.ingest.handover.Decision;
import io.sluice.ingest.handover.Tally;

/** A tally as it stands in a job's row: {@code created=86 failed=3}. */
final class TallyText {

    private TallyText() {}

    static String write(Tally tally) {
        return tally.counts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey().word() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    static Tally read(String text) {
        Map<Decision, Long> counts = new EnumMap<>(Decision.class);
        for (String part : text.split(" ", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                counts.put(Decision.ofWord(part.substring(0, equals)), Long.parseLong(part.substring(equals + 1)));
            }
        }
        return new Tally(counts);
    }
}
