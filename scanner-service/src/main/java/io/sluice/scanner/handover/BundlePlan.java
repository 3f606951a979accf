package io.sluice.scanner.handover;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import io.sluice.scanner.walk.RawPath;

/**
 * What a scan of a handover mount will tell, before anything is told.
 *
 * @param entries by name
 */
public record BundlePlan(List<Entry> entries) {

    /** One look to be told. */
    sealed interface Entry {

        /** A first sight, a change, or a look that a person asked for: it gets a number of its own. */
        record Look(RawPath name, BundleFiles files) implements Entry {}

        /** What was told before, once more as it was: whoever lost it takes it, whoever has it sees no news. */
        record Again(ObservedBundle bundle) implements Entry {}
    }

    /**
     * Compares. A name that could not be looked at stays as it is.
     *
     * @param asked whether a person asked: everything that stands there is news then
     * @param full whether what is known is told again
     */
    public static BundlePlan of(BundleListing listing, KnownBundles known, boolean asked, boolean full) {
        TreeSet<RawPath> names = new TreeSet<>(listing.names());
        names.addAll(known.names());
        List<Entry> entries = new ArrayList<>();
        for (RawPath name : names) {
            ObservedBundle before = known.of(name);
            boolean maybeThere =
                    before == null || before.files().any() || listing.names().contains(name);
            BundleFiles files = maybeThere ? listing.filesOf(name) : BundleFiles.NONE;
            boolean unclear = listing.unclear(name);
            if (before == null) {
                if (!unclear && files.any()) {
                    entries.add(new Entry.Look(name, files));
                }
            } else if (!unclear && (!before.files().sameAs(files) || (asked && files.any()))) {
                entries.add(new Entry.Look(name, files));
            } else if (full) {
                entries.add(new Entry.Again(before));
            }
        }
        return new BundlePlan(List.copyOf(entries));
    }

    /** How many are news. */
    public long news() {
        return entries.stream().filter(entry -> entry instanceof Entry.Look).count();
    }
}
