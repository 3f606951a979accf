package io.sluice.e2e.nemesis;

import java.time.Duration;
import java.util.Map;

/**
 * Where faults strike: what a schedule must know of it.
 *
 * @param lease how long a silent process keeps what it has
 * @param several services with more than one process
 * @param diskCanBeFull whether the rendition store has a disk of its own
 */
public record Arena(Duration lease, Map<String, Integer> several, boolean diskCanBeFull) {

    /** The mount of files. */
    public static final String PICTURES = "pictures";

    /** The mount of bundles. */
    public static final String BUNDLES = "bundles";

    /** What a product's lease is. */
    public static final Duration USUAL_LEASE = Duration.ofSeconds(30);

    /** The processes of a service. */
    public int instances(String service) {
        return several.getOrDefault(service, 1);
    }
}
