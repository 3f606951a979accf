package io.sluice.scanner.handover;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.sluice.scanner.walk.FileStat;
import io.sluice.scanner.walk.RawPath;

/**
 * What one tenure knows of its mount: all rows, of which it alone is the writer, and the root as it was listed last. So a
 * tick that finds nothing new reads no row.
 */
public final class KnownBundles {

    /** Clocks of file systems tick in steps, and may be off: a root that changed so lately may have changed again. */
    private static final Duration DOUBTFUL = Duration.ofSeconds(10);

    private final Map<RawPath, ObservedBundle> byName = new HashMap<>();
    private boolean loaded;
    private @Nullable FileStat root;
    private boolean rootDoubtful;

    /** Empty, and not loaded. */
    public KnownBundles() {}

    boolean loaded() {
        return loaded;
    }

    void loaded(Iterable<ObservedBundle> rows) {
        byName.clear();
        rows.forEach(this::learn);
        loaded = true;
    }

    void learn(ObservedBundle bundle) {
        byName.put(bundle.name(), bundle);
    }

    /** Has it loaded again: nobody knows what of a failed write came true. */
    public void forget() {
        byName.clear();
        loaded = false;
        root = null;
    }

    Set<RawPath> names() {
        return byName.keySet();
    }

    @Nullable
    ObservedBundle of(RawPath name) {
        return byName.get(name);
    }

    /** The root was listed, and what was there is told. */
    public void listed(FileStat stat, Instant at) {
        root = stat;
        long age = TimeUnit.MILLISECONDS.toNanos(at.toEpochMilli()) - stat.newestNs();
        rootDoubtful = age < DOUBTFUL.toNanos();
    }

    /** Whether a listing may show something else than the last one; what is only rewritten does not show in the root. */
    public boolean mayDiffer(FileStat rootNow) {
        return root == null || rootDoubtful || !root.sameAs(rootNow);
    }

    /**
     * Whether nothing of what is known stands there any more, neither files nor payload folders: that looks like another
     * directory in the mount's place.
     */
    public boolean allLost(BundleListing listing) {
        return listing.size() == 0
                && byName.values().stream().anyMatch(bundle -> bundle.files().any())
                && byName.keySet().stream().noneMatch(listing::hasPayloadOf);
    }

    /** Counts for people. */
    public BundleCounts counts() {
        long released = 0;
        long unreleased = 0;
        long withoutManifest = 0;
        for (ObservedBundle bundle : byName.values()) {
            boolean manifest = bundle.files().manifest() != null;
            boolean sentinel = bundle.files().sentinel() != null;
            released += manifest && sentinel ? 1 : 0;
            unreleased += manifest && !sentinel ? 1 : 0;
            withoutManifest += !manifest && sentinel ? 1 : 0;
        }
        return new BundleCounts(released, unreleased, withoutManifest);
    }
}
