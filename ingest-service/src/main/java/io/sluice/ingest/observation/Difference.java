package io.sluice.ingest.observation;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.sluice.ingest.location.FileLocation;
import io.sluice.ingest.location.LocationChange;
import io.sluice.ingest.location.Standing;

/** What an observation says that a locked row did not: found first, acted on afterwards. */
sealed interface Difference {

    Observation seen();

    /** Never seen before, and there. */
    record Appeared(Observation seen) implements Difference {}

    /** Its bytes may be others now, wherever it lies. */
    record Changed(Observation seen, FileLocation known) implements Difference {}

    /** The same bytes under another name. */
    record Moved(Observation seen, FileLocation known) implements Difference {}

    /** Not there any more, or never seen before and not there. */
    record Vanished(Observation seen, @Nullable FileLocation known) implements Difference {}

    /** There again with the bytes that it had. */
    record Reappeared(Observation seen, FileLocation known) implements Difference {}

    /** Newer, and nothing is different but perhaps its stability. */
    record Unchanged(Observation seen, FileLocation known) implements Difference {}

    /** Not newer than what is known: said again, or late. */
    record Older(Observation seen, FileLocation known) implements Difference {}

    /** Compares; {@code known} is null when there is no row. */
    static Difference between(@Nullable FileLocation known, Observation seen) {
        if (known == null) {
            return seen.present() ? new Appeared(seen) : new Vanished(seen, null);
        }
        // A displaced row that is told again, unchanged, may have its path back.
        boolean backOnItsPath = known.standing() == Standing.DISPLACED && seen.sequence() == known.sequence();
        if (seen.sequence() < known.sequence() || (seen.sequence() == known.sequence() && !backOnItsPath)) {
            return new Older(seen, known);
        }
        if (!seen.present()) {
            return known.standing() == Standing.ABSENT ? new Unchanged(seen, known) : new Vanished(seen, known);
        }
        boolean samePath = seen.path().equals(known.path());
        boolean sameBytes =
                samePath ? seen.stat().sameBytes(known.stat()) : seen.stat().sameFileRenamed(known.stat());
        if (!sameBytes) {
            return new Changed(seen, known);
        }
        if (known.standing() == Standing.ABSENT) {
            return new Reappeared(seen, known);
        }
        return samePath ? new Unchanged(seen, known) : new Moved(seen, known);
    }

    /** The row as it is to be, if it is to be written; whether it gets its path is for {@link PathClaims} to say. */
    default @Nullable LocationChange change() {
        return switch (this) {
            case Appeared(Observation seen) -> new LocationChange(null, seen.asNew());
            case Changed(Observation seen, FileLocation known) ->
                new LocationChange(known, seen.over(known).withUncertainBytes());
            case Moved(Observation seen, FileLocation known) -> new LocationChange(known, seen.over(known));
            case Vanished(Observation seen, FileLocation known) ->
                new LocationChange(known, known == null ? seen.asNew() : seen.over(known));
            case Reappeared(Observation seen, FileLocation known) -> new LocationChange(known, seen.over(known));
            case Unchanged(Observation seen, FileLocation known) -> new LocationChange(known, seen.over(known));
            case Older _ -> null;
        };
    }

    /** For meters and logs: one word of the glossary. */
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
