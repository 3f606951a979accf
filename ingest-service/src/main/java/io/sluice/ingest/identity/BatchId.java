package io.sluice.ingest.identity;

/** The number of a row of {@code ingest_batch}; never shown outside. */
public record BatchId(long value) implements Comparable<BatchId> {

    @Override
    public int compareTo(BatchId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
