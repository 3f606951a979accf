package io.sluice.media.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.media.MediaMetrics;
import io.sluice.media.asset.Assets;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.profile.Profiles;
import io.sluice.media.profile.StreamProfile;
import io.sluice.media.rendition.Rendition;
import io.sluice.media.rendition.Renditions;
import io.sluice.media.rendition.RunningStreams;
import io.sluice.messaging.work.Finished;
import io.sluice.messaging.work.Lane;
import io.sluice.messaging.work.Outcome;
import io.sluice.messaging.work.WorkBoard;

/** Writes what video work came to, and has a stream made where the one that was delivered does not do. */
@ApplicationScoped
class EndVideoWork {

    private final Renditions renditions;
    private final RunningStreams running;
    private final Assets assets;
    private final WorkBoard board;
    private final MediaMetrics metrics;

    EndVideoWork(Renditions renditions, RunningStreams running, Assets assets, WorkBoard board, MediaMetrics metrics) {
        this.renditions = renditions;
        this.running = running;
        this.assets = assets;
        this.board = board;
        this.metrics = metrics;
    }

    void end(Handle tx, List<Finished<VideoResult>> finished) {
        List<ContentHash> hashes = finished.stream()
                .map(each -> VideoTarget.of(each.work().key()).hash())
                .toList();
        Map<ContentHash, List<Rendition>> rows = renditions.lock(tx, hashes);
        List<Rendition> told = new ArrayList<>();
        List<Rendition> noted = new ArrayList<>();
        for (Finished<VideoResult> each : finished) {
            VideoTarget target = VideoTarget.of(each.work().key());
            // A row that went away meanwhile is not brought back.
            rows.getOrDefault(target.hash(), List.of()).stream()
                    .filter(row -> row.isPending() && target.covers(row))
                    .map(row -> after(row, each))
                    .forEach(row -> (row.isPending() ? noted : told).add(row));
        }
        running.end(tx, hashes);
        renditions.note(tx, noted);
        renditions.tell(tx, told);
        told.stream().filter(row -> row.isProvided() && !row.mayDo()).forEach(row -> makeInstead(tx, row.hash()));
        tx.afterCommit(() -> told.forEach(metrics::ended));
    }

    /** The row as the attempt leaves it; pending when there will be another one. */
    private static Rendition after(Rendition row, Finished<VideoResult> finished) {
        int attempts = finished.attempts();
        return switch (finished.outcome()) {
            case Outcome.Ok<VideoResult>(VideoResult.Streamed(var width, var height, var bytes)) ->
                row.ready(StreamProfile.MEDIA_TYPE, width, height, bytes, attempts);
            case Outcome.Ok<VideoResult>(VideoResult.Unsupported(var code, var reason)) ->
                row.unsupported(code, reason, attempts);
            case Outcome.Ok<VideoResult>(VideoResult.NothingToDo _) -> row;
            case Outcome.Failed<VideoResult>(var code, var reason) ->
                finished.last() ? row.failed(code, reason, attempts) : row.waitingFor(code, reason, attempts);
            case Outcome.Interrupted<VideoResult>(var code, var reason) -> row.waitingFor(code, reason, row.attempts());
        };
    }

    /** As the next plan of the asset would: no record of it may come for years. */
    private void makeInstead(Handle tx, ContentHash hash) {
        assets.find(tx, hash).filter(asset -> asset.live() && asset.isVideo()).ifPresent(asset -> {
            Rendition stream = Rendition.pending(hash, Profiles.STREAM);
            renditions.add(tx, List.of(stream));
            if (!asset.present().isEmpty()) {
                board.submit(
                        tx,
                        List.of(RenditionWork.request(stream, Lane.FRESH)
                                .turnOf(asset.present().getFirst().libraryId())));
            }
        });
    }
}
