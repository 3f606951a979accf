package io.sluice.scanner.inventory;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a look at some files will change, before anything is changed: can be printed, or committed.
 *
 * @param observations in the order of their sequence numbers
 * @param displaced ids of files that let go of their path because another file was seen there
 */
public record ObservationPlan(List<Observation> observations, List<Long> displaced) {

    public boolean isEmpty() {
        return observations.isEmpty();
    }

    /** A line each. */
    public String describe() {
        return observations.stream().map(Observation::describe).collect(Collectors.joining("\n"));
    }
}
