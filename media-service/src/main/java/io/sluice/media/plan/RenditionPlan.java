package io.sluice.media.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.sluice.media.asset.Asset;
import io.sluice.media.asset.ProvidedFile;
import io.sluice.media.profile.Profile;
import io.sluice.media.rendition.Rendition;

/**
 * The difference between what an asset should have and its rows.
 *
 * @param missing to be added, pending
 * @param replaced provided ones that are copied from another file than before; pending again
 * @param unwanted pending, and no longer asked for
 * @param work whether something is to be made of the original then and can be: a file of the asset is there
 * @param copies provided ones that are pending then
 */
record RenditionPlan(
        Asset asset,
        List<Rendition> missing,
        List<Rendition> replaced,
        List<Rendition> unwanted,
        boolean work,
        List<Rendition> copies) {

    /** @param actual locked when the asset has provided ones */
    static RenditionPlan of(Asset asset, List<Rendition> actual) {
        List<Rendition> missing = new ArrayList<>();
        List<Rendition> replaced = new ArrayList<>();
        List<Rendition> unwanted = new ArrayList<>();
        List<Rendition> copies = new ArrayList<>();
        List<Profile> desired = DesiredRenditions.of(asset);
        for (Profile profile : desired) {
            if (actual.stream().noneMatch(rendition -> rendition.isOf(profile))) {
                missing.add(Rendition.pending(asset.hash(), profile));
            }
        }
        boolean pending = !missing.isEmpty();
        for (Rendition rendition : actual) {
            if (rendition.isPending() && !rendition.isProvided()) {
                if (desired.stream().noneMatch(rendition::isOf)) {
                    unwanted.add(rendition);
                } else {
                    pending = true;
                }
            }
        }
        List<ProvidedFile> provided = DesiredRenditions.providedOf(asset);
        for (ProvidedFile file : provided) {
            Optional<Rendition> before = provided(actual, file.name());
            if (before.isEmpty()) {
                missing.add(Rendition.pending(asset.hash(), file));
                copies.add(Rendition.pending(asset.hash(), file));
            } else if (!before.get().source().equals(file.source())) {
                replaced.add(before.get().again(file.source()));
                copies.add(replaced.getLast());
            } else if (before.get().isPending()) {
                copies.add(before.get());
            }
        }
        actual.stream()
                .filter(rendition -> rendition.isProvided() && rendition.isPending())
                .filter(rendition ->
                        provided.stream().noneMatch(file -> file.name().equals(rendition.name())))
                .forEach(unwanted::add);
        return new RenditionPlan(
                asset,
                List.copyOf(missing),
                List.copyOf(replaced),
                List.copyOf(unwanted),
                pending && !asset.present().isEmpty(),
                List.copyOf(copies));
    }

    /** For fairness: the library that its first file lies in. */
    String turn() {
        return asset.present().isEmpty() ? "" : asset.present().getFirst().libraryId();
    }

    private static Optional<Rendition> provided(List<Rendition> actual, String name) {
        return actual.stream()
                .filter(rendition -> rendition.isProvided() && rendition.name().equals(name))
                .findFirst();
    }
}
