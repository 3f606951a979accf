package io.sluice.e2e.nemesis;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Faults that strike together.
 *
 * @param calm before they strike
 */
public record Round(Duration calm, List<Fault> faults) {

    public Round {
        faults = List.copyOf(faults);
        if (faults.stream().map(Fault::target).distinct().count() < faults.size()) {
            throw new IllegalArgumentException("Two faults of one round strike the same: " + faults);
        }
    }

    /** For a log line. */
    public String text() {
        return faults.stream().map(Fault::text).collect(Collectors.joining(" + "));
    }
}
