package io.sluice.gateway.pipeline.lag;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** What the broker says of one target. */
sealed interface Measured {

    /**
     * @param members of the group; 1 or 0 for a reader without one
     * @param waitsFor what a reader without a group says that it needs and does not have; null when nothing
     */
    record Known(
            int members,
            List<PartitionLag> partitions,
            @Nullable String waitsFor) implements Measured {

        long messages() {
            return partitions.stream().mapToLong(PartitionLag::messages).sum();
        }

        boolean estimated() {
            return partitions.stream().anyMatch(PartitionLag::estimated);
        }

        @Nullable
        Instant oldestAt() {
            return partitions.stream()
                    .map(PartitionLag::oldestAt)
                    .filter(Objects::nonNull)
                    .min(Instant::compareTo)
                    .orElse(null);
        }
    }

    /** Nobody reads, and where they stood is not known: how much waits is not either. */
    record Gone() implements Measured {}

    /** Nothing is known, and why. */
    record Unknown(String reason) implements Measured {}
}
