package io.sluice.ingest.identity;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import com.google.protobuf.util.Timestamps;

import io.sluice.contract.ingest.v1.TakenAtSource;

/**
 * When a picture was taken and how we know; the source is kept so that weak answers can be found again.
 *
 * @param at to the microsecond
 */
public record TakenAt(Instant at, TakenAtSource source) implements Comparable<TakenAt> {

    /** The better source first (their numbers are in that order), then the earlier time: the same at every order of arrival. */
    private static final Comparator<TakenAt> BEST_FIRST =
            Comparator.comparing(TakenAt::source).thenComparing(TakenAt::at);

    public TakenAt {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * The waterfall: EXIF, then the file's name, then the earliest time that its file system knows.
     *
     * @param exif time of the header, null without one
     * @param zone what a local time without an offset is taken for
     */
    public static TakenAt of(@Nullable Instant exif, String fileName, Instant earliestFileTime, ZoneId zone) {
        if (exif != null) {
            return new TakenAt(exif, TakenAtSource.TAKEN_AT_SOURCE_EXIF);
        }
        Optional<Instant> named = FileNameTime.in(fileName, zone);
        return named.map(at -> new TakenAt(at, TakenAtSource.TAKEN_AT_SOURCE_FILE_NAME))
                .orElseGet(() -> new TakenAt(earliestFileTime, TakenAtSource.TAKEN_AT_SOURCE_FILE_TIME));
    }

    /** Of what two locations of the same bytes tell, the better. */
    public TakenAt orBetter(TakenAt other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** Microseconds before 1970: ascending is newest first. */
    public long newest() {
        return -ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    public io.sluice.contract.ingest.v1.TakenAt told() {
        return io.sluice.contract.ingest.v1.TakenAt.newBuilder()
                .setAt(Timestamps.fromMicros(-newest()))
                .setSource(source)
                .build();
    }

    @Override
    public int compareTo(TakenAt other) {
        return BEST_FIRST.compare(this, other);
    }
}
