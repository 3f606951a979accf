package io.sluice.media.plan;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.media.asset.Asset;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.rendition.Rendition;
import io.sluice.media.rendition.Renditions;
import io.sluice.media.work.ImageWork;
import io.sluice.messaging.work.Lane;
import io.sluice.messaging.work.WorkBoard;

/** Makes the plans of assets and carries them out: rows, and work for what is pending. */
@ApplicationScoped
class PlanRenditions {

    private final Renditions renditions;
    private final WorkBoard board;

    PlanRenditions(Renditions renditions, WorkBoard board) {
        this.renditions = renditions;
        this.board = board;
    }

    /** @param assets their rows are locked in this transaction */
    void plan(Handle tx, Collection<Asset> assets, Lane lane) {
        Map<ContentHash, List<Rendition>> actual =
                renditions.of(tx, assets.stream().map(Asset::hash).toList());
        List<RenditionPlan> plans = assets.stream()
                .map(asset -> RenditionPlan.of(asset, actual.getOrDefault(asset.hash(), List.of())))
                .toList();
        renditions.add(
                tx, plans.stream().flatMap(plan -> plan.missing().stream()).toList());
        renditions.remove(
                tx, plans.stream().flatMap(plan -> plan.unwanted().stream()).toList());
        // Also for what is pending since long: a file that came or changed is what its work may wait for.
        board.submit(
                tx,
                plans.stream()
                        .filter(RenditionPlan::work)
                        .map(plan ->
                                ImageWork.request(plan.asset().hash(), lane).turnOf(plan.turn()))
                        .toList());
        board.withdraw(
                tx,
                ImageWork.NAME,
                plans.stream()
                        .filter(plan -> !plan.unwanted().isEmpty() && !plan.work())
                        .map(plan -> plan.asset().hash().hex())
                        .toList());
    }
}
