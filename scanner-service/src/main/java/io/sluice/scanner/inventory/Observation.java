package io.sluice.scanner.inventory;

import io.sluice.scanner.walk.FileStat;
import io.sluice.scanner.walk.RawPath;

/** One file as it is to be stored and told. */
public sealed interface Observation {

    RawPath path();

    FileStat stat();

    boolean stable();

    /** A file that no row speaks of: it gets its number with its first sequence. */
    record First(RawPath path, FileStat stat, boolean stable) implements Observation {}

    /** A file with a row: elsewhere, otherwise, back, or come to rest. */
    record Again(ObservedFile before, RawPath path, FileStat stat, boolean stable) implements Observation {}

    /** A file that a full scan did not find: stored and told once, and that is all. */
    record Absent(ObservedFile before) implements Observation {
        @Override
        public RawPath path() {
            return before.path();
        }

        @Override
        public FileStat stat() {
            return before.stat();
        }

        @Override
        public boolean stable() {
            return before.stable();
        }
    }

    /** A line for a person. */
    default String describe() {
        return switch (this) {
            case First first -> "appeared " + first.path();
            case Again again when !again.before().present() -> "returned " + again.path();
            case Again again
            when !again.before().path().equals(again.path()) ->
                "moved " + again.before().path() + " -> " + again.path();
            case Again again when again.before().stat().sameAs(again.stat()) -> "settled " + again.path();
            case Again again -> "changed " + again.path();
            case Absent absent -> "absent " + absent.path();
        };
    }
}
