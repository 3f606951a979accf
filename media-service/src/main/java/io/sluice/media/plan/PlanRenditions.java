package io.sluice.media.plan;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.media.asset.Asset;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.rendition.Rendition;
import io.sluice.media.rendition.Renditions;
import io.sluice.media.work.ImageWork;
import io.sluice.messaging.work.Lane;
import io.sluice.messaging.work.WorkBoard;
import io.sluice.messaging.work.WorkRequest;

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
        Map<ContentHash, List<Rendition>> actual = actual(tx, assets);
        List<RenditionPlan> plans = assets.stream()
                .map(asset -> RenditionPlan.of(asset, actual.getOrDefault(asset.hash(), List.of())))
                .toList();
        renditions.add(
                tx, plans.stream().flatMap(plan -> plan.missing().stream()).toList());
        renditions.remove(
                tx, plans.stream().flatMap(plan -> plan.unwanted().stream()).toList());
        renditions.tell(
                tx, plans.stream().flatMap(plan -> plan.replaced().stream()).toList());
        // Also for what is pending since long: a file that came or changed is what its work may wait for.
        board.submit(tx, plans.stream().flatMap(plan -> requests(plan, lane)).toList());
        board.withdraw(
                tx,
                ImageWork.NAME,
                plans.stream().flatMap(PlanRenditions::unwantedKeys).distinct().toList());
    }

    /** One that is provided may be another file by now: its row is changed here, so it is locked. */
    private Map<ContentHash, List<Rendition>> actual(Handle tx, Collection<Asset> assets) {
        Map<Boolean, List<ContentHash>> byProvision = assets.stream()
                .collect(Collectors.partitioningBy(
                        asset -> !asset.provided().isEmpty(), Collectors.mapping(Asset::hash, Collectors.toList())));
        Map<ContentHash, List<Rendition>> actual =
                new TreeMap<>(renditions.of(tx, byProvision.getOrDefault(false, List.of())));
        actual.putAll(renditions.lock(tx, byProvision.getOrDefault(true, List.of())));
        return actual;
    }

    private static Stream<WorkRequest> requests(RenditionPlan plan, Lane lane) {
        Stream<WorkRequest> made =
                plan.work() ? Stream.of(ImageWork.request(plan.asset().hash(), lane)) : Stream.empty();
        Stream<WorkRequest> copied = plan.copies().stream().map(rendition -> ImageWork.request(rendition, lane));
        return Stream.concat(made, copied).map(request -> request.turnOf(plan.turn()));
    }

    private static Stream<String> unwantedKeys(RenditionPlan plan) {
        return plan.unwanted().stream()
                .filter(rendition -> rendition.isProvided() || !plan.work())
                .map(ImageWork::keyOf);
    }
}
