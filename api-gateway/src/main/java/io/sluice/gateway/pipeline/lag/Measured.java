package io.sluice.gateway.pipeline.lag;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** What the broker says of one target. */
sealed interface Measured {

    /** @param members of the group; 1 or 0 for a reader without one */
    record Known(int members, List<PartitionLag> partitions) implements Measured {

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

    /** Nothing is known, and why. */
    record Unknown(String reason) implements Measured {}
}
