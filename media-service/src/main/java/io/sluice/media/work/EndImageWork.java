package io.sluice.media.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.media.v1.MediaFacts;
import io.sluice.media.MediaMetrics;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.rendition.Facts;
import io.sluice.media.rendition.Rendition;
import io.sluice.media.rendition.Renditions;
import io.sluice.messaging.work.Finished;
import io.sluice.messaging.work.Outcome;

/** Writes what image work came to: rows, facts, and what others are told of both. */
@ApplicationScoped
class EndImageWork {

    private final Renditions renditions;
    private final Facts facts;
    private final MediaMetrics metrics;

    EndImageWork(Renditions renditions, Facts facts, MediaMetrics metrics) {
        this.renditions = renditions;
        this.facts = facts;
        this.metrics = metrics;
    }

    /** What a batch changes. A row that went away meanwhile is not brought back. */
    private record Changes(List<Rendition> told, List<Rendition> noted, List<MediaFacts> facts) {

        Changes() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    void end(Handle tx, List<Finished<ImageResult>> finished) {
        Map<ContentHash, List<Rendition>> rows =
                renditions.lock(tx, finished.stream().map(each -> hashOf(each)).toList());
        Changes changes = new Changes();
        for (Finished<ImageResult> each : finished) {
            ImageTarget target = ImageTarget.of(each.work().key());
            List<Rendition> pending = rows.getOrDefault(target.hash(), List.of()).stream()
                    .filter(row -> row.isPending() && target.covers(row))
                    .toList();
            collect(each, pending, changes);
        }
        renditions.note(tx, changes.noted());
        renditions.tell(tx, changes.told());
        facts.tell(tx, changes.facts());
        tx.afterCommit(() -> changes.told().forEach(metrics::ended));
    }

    private static ContentHash hashOf(Finished<ImageResult> finished) {
        return ImageTarget.of(finished.work().key()).hash();
    }

    private static void collect(Finished<ImageResult> finished, List<Rendition> pending, Changes changes) {
        int attempts = finished.attempts();
        switch (finished.outcome()) {
            case Outcome.Ok<ImageResult>(ImageResult.Made made) -> {
                pending.forEach(row -> pictureOf(row, made)
                        .map(picture -> ready(row, picture, attempts))
                        .ifPresent(changes.told()::add));
                if (!pending.isEmpty()) {
                    changes.facts()
                            .add(made.facts().toBuilder()
                                    .setContentHash(hashOf(finished).byteString())
                                    .build());
                }
            }
            case Outcome.Ok<ImageResult>(ImageResult.Copied(var type, var width, var height, var bytes)) ->
                pending.forEach(row -> changes.told().add(row.ready(type, width, height, bytes, attempts)));
            case Outcome.Ok<ImageResult>(ImageResult.Unsupported(var code, var reason)) ->
                pending.forEach(row -> changes.told().add(row.unsupported(code, reason, attempts)));
            case Outcome.Ok<ImageResult>(ImageResult.NothingToDo _) -> {}
            case Outcome.Failed<ImageResult>(var code, var reason) -> {
                if (finished.last()) {
                    pending.forEach(row -> changes.told().add(row.failed(code, reason, attempts)));
                } else {
                    pending.forEach(row -> changes.noted().add(row.waitingFor(code, reason, attempts)));
                }
            }
            case Outcome.Interrupted<ImageResult>(var code, var reason) ->
                pending.forEach(row -> changes.noted().add(row.waitingFor(code, reason, row.attempts())));
        }
    }

    private static Optional<ImageResult.Picture> pictureOf(Rendition row, ImageResult.Made made) {
        return made.pictures().stream()
                .filter(picture -> row.isOf(picture.profile()))
                .findFirst();
    }

    private static Rendition ready(Rendition row, ImageResult.Picture picture, int attempts) {
        return row.ready(
                picture.profile().encoding().mediaType(), picture.width(), picture.height(), picture.bytes(), attempts);
    }
}
