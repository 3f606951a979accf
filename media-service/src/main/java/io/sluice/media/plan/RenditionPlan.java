package io.sluice.media.plan;

import java.util.ArrayList;
import java.util.List;

import io.sluice.media.asset.Asset;
import io.sluice.media.profile.Profile;
import io.sluice.media.rendition.Rendition;

/**
 * The difference between what an asset should have and its rows.
 *
 * @param missing to be added, pending
 * @param unwanted pending, and no longer asked for
 * @param work whether something is pending then and can be made: a file of the asset is there
 */
record RenditionPlan(Asset asset, List<Rendition> missing, List<Rendition> unwanted, boolean work) {

    static RenditionPlan of(Asset asset, List<Rendition> actual) {
        List<Profile> desired = DesiredRenditions.of(asset);
        List<Rendition> missing = desired.stream()
                .filter(profile -> actual.stream().noneMatch(rendition -> rendition.isOf(profile)))
                .map(profile -> Rendition.pending(asset.hash(), profile))
                .toList();
        boolean pending = !missing.isEmpty();
        List<Rendition> unwanted = new ArrayList<>();
        for (Rendition rendition : actual) {
            if (rendition.isPending() && desired.stream().noneMatch(rendition::isOf)) {
                unwanted.add(rendition);
            } else {
                pending |= rendition.isPending();
            }
        }
        return new RenditionPlan(
                asset,
                missing,
                List.copyOf(unwanted),
                pending && !asset.present().isEmpty());
    }

    /** For fairness: the library that its first file lies in. */
    String turn() {
        return asset.present().isEmpty() ? "" : asset.present().getFirst().libraryId();
    }
}
