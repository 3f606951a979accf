package io.sluice.gateway.pipeline.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.sluice.gateway.pipeline.lag.LagPicture.Line;

/** The last measurement, for whoever asks. One that is too old says that nothing is known, never what was. */
@ApplicationScoped
class LagBoard {

    private final Duration tooOld;
    private final List<LagTarget> targets;
    private final Instant began = Instant.now();
    private volatile @Nullable LagPicture last;

    LagBoard(LagConfig config, Readers readers) {
        this.tooOld = config.tooOld();
        List<LagTarget> all = new ArrayList<>(LagTarget.groups());
        readers.all().forEach(reader -> all.add(LagTarget.of(reader)));
        this.targets = List.copyOf(all);
    }

    /** Every group, class and reader there is. */
    List<LagTarget> targets() {
        return targets;
    }

    void show(LagPicture picture) {
        last = picture;
    }

    /** Whether the last measurement still says something about now. */
    boolean isFresh() {
        LagPicture known = last;
        return known != null && known.measuredAt().isAfter(Instant.now().minus(tooOld));
    }

    LagPicture now() {
        LagPicture known = last;
        if (known != null && isFresh()) {
            return known;
        }
        Instant since = known == null ? began : known.measuredAt();
        String reason = known == null
                ? "Nothing has been measured yet."
                : "The last measurement is of " + known.measuredAt() + "; the gateway's loop does not come round.";
        return new LagPicture(
                since,
                targets.stream()
                        .map(target -> Line.unknown(target, since, reason))
                        .toList());
    }
}
