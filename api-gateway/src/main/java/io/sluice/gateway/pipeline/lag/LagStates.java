package io.sluice.gateway.pipeline.lag;

import java.time.Instant;
import java.util.Optional;
import jakarta.enterprise.context.ApplicationScoped;

/** How all groups, classes and readers are, for who tells it on as it changes. */
@ApplicationScoped
public class LagStates {

    private final LagBoard board;
    private final LagConfig config;

    LagStates(LagBoard board, LagConfig config) {
        this.board = board;
        this.config = config;
    }

    /** As the board shows it; empty while a gateway that has just started may still be at its first measurement. */
    public Optional<LagEventRepresentation> now() {
        LagPicture picture = board.now();
        boolean toCome =
                !board.isFresh() && picture.measuredAt().isAfter(Instant.now().minus(config.tooOld()));
        return toCome ? Optional.empty() : Optional.of(LagEventRepresentation.of(picture));
    }
}
