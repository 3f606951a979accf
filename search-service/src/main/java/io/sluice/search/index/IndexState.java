package io.sluice.search.index;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.search.v1.IndexPhase;

/** How far this instance's index is, as its loop last told. */
public final class IndexState {

    /** @param behind unknown while the broker does not answer */
    public record Position(String topic, int partition, long offset, OptionalLong behind) {}

    private volatile IndexPhase phase = IndexPhase.INDEX_PHASE_STARTING;
    private volatile String reason = "not opened yet";
    private volatile @Nullable Instant committedAt;
    private volatile List<Position> positions = List.of();

    public IndexPhase phase() {
        return phase;
    }

    public String reason() {
        return reason;
    }

    public @Nullable Instant committedAt() {
        return committedAt;
    }

    public List<Position> positions() {
        return positions;
    }

    /** Offsets that are not read yet, of all partitions; unknown when one of them is. */
    public OptionalLong behind() {
        List<Position> now = positions;
        if (now.isEmpty() || now.stream().anyMatch(position -> position.behind().isEmpty())) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(now.stream()
                .mapToLong(position -> position.behind().orElseThrow())
                .sum());
    }

    void enter(IndexPhase next, String why) {
        phase = next;
        reason = why;
        if (next == IndexPhase.INDEX_PHASE_WAITING || next == IndexPhase.INDEX_PHASE_STARTING) {
            forgetEnds();
        }
    }

    void committed(Instant at) {
        committedAt = at;
    }

    void at(List<Position> now) {
        positions = now;
    }

    /** What is not measured is unknown, not zero. */
    private void forgetEnds() {
        positions = positions.stream()
                .map(known -> new Position(known.topic(), known.partition(), known.offset(), OptionalLong.empty()))
                .toList();
    }
}
