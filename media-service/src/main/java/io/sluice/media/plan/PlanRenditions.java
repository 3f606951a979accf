package io.sluice.media.plan;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.media.asset.Asset;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.rendition.Rendition;
import io.sluice.media.rendition.Renditions;
import io.sluice.media.rendition.VideoLibraries;
import io.sluice.media.work.RenditionWork;
import io.sluice.messaging.work.Lane;
import io.sluice.messaging.work.WorkBoard;
import io.sluice.messaging.work.WorkRequest;

/** Makes the plans of assets and carries them out: rows, and work for what is pending. */
@ApplicationScoped
public class PlanRenditions {

    private final Renditions renditions;
    private final VideoLibraries libraries;
    private final WorkBoard board;

    PlanRenditions(Renditions renditions, VideoLibraries libraries, WorkBoard board) {
        this.renditions = renditions;
        this.libraries = libraries;
        this.board = board;
    }

    /** @param assets their rows are locked in this transaction */
    public void plan(Handle tx, Collection<Asset> assets, Lane lane) {
        Map<ContentHash, List<Rendition>> actual = actual(tx, assets);
        List<RenditionPlan> plans = assets.stream()
                .map(asset -> RenditionPlan.of(asset, actual.getOrDefault(asset.hash(), List.of())))
                .toList();
        libraries.keep(tx, assets);
        renditions.add(
                tx, plans.stream().flatMap(plan -> plan.missing().stream()).toList());
        renditions.remove(
                tx, plans.stream().flatMap(plan -> plan.unwanted().stream()).toList());
        renditions.tell(
                tx, plans.stream().flatMap(plan -> plan.replaced().stream()).toList());
        // Also for what is pending since long: a file that came or changed is what its work may wait for.
        Set<WorkRequest> wanted = plans.stream()
                .flatMap(plan -> plan.possible().stream()
                        .map(rendition -> RenditionWork.request(rendition, lane).turnOf(plan.turn())))
                .collect(Collectors.toSet());
        board.submit(tx, wanted);
        withdraw(tx, plans, wanted);
    }

    /** One that is provided may be another file by now, and a stream's state is counted: those rows are locked. */
    private Map<ContentHash, List<Rendition>> actual(Handle tx, Collection<Asset> assets) {
        Map<Boolean, List<ContentHash>> byChange = assets.stream()
                .collect(Collectors.partitioningBy(
                        asset -> !asset.provided().isEmpty() || asset.isVideo(),
                        Collectors.mapping(Asset::hash, Collectors.toList())));
        Map<ContentHash, List<Rendition>> actual =
                new TreeMap<>(renditions.of(tx, byChange.getOrDefault(false, List.of())));
        actual.putAll(renditions.lock(tx, byChange.getOrDefault(true, List.of())));
        return actual;
    }

    /** Work that nothing needs any more; pictures share theirs. */
    private void withdraw(Handle tx, List<RenditionPlan> plans, Set<WorkRequest> wanted) {
        Set<String> needed = wanted.stream().map(PlanRenditions::name).collect(Collectors.toSet());
        Stream<WorkRequest> unwanted = plans.stream()
                .flatMap(plan -> plan.unwanted().stream())
                .map(rendition -> RenditionWork.request(rendition, Lane.BACKLOG))
                .filter(request -> !needed.contains(name(request)))
                .distinct();
        unwanted.collect(Collectors.groupingBy(
                        WorkRequest::workClass,
                        TreeMap::new,
                        Collectors.mapping(WorkRequest::key, Collectors.toList())))
                .forEach((workClass, keys) -> board.withdraw(tx, workClass, keys));
    }

    private static String name(WorkRequest request) {
        return request.workClass() + ":" + request.key();
    }
}
