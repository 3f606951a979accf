package io.sluice.media.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
 * @param possible pending then, and there is a file to make or copy it from
 */
record RenditionPlan(
        Asset asset,
        List<Rendition> missing,
        List<Rendition> replaced,
        List<Rendition> unwanted,
        List<Rendition> possible) {

    /** A provided rendition as its row is, and as it is to be. */
    private record Delivery(Optional<Rendition> before, Rendition then) {

        static Delivery of(Asset asset, ProvidedFile file, List<Rendition> actual) {
            Optional<Rendition> before = actual.stream()
                    .filter(rendition ->
                            rendition.isProvided() && rendition.name().equals(file.name()))
                    .findFirst();
            return new Delivery(
                    before,
                    before.map(row -> row.source().equals(file.source()) ? row : row.again(file.source()))
                            .orElseGet(() -> Rendition.pending(asset.hash(), file)));
        }

        boolean isReplaced() {
            return before.isPresent() && !before.get().equals(then);
        }
    }

    /** @param actual locked when the asset has provided ones or is a video */
    static RenditionPlan of(Asset asset, List<Rendition> actual) {
        List<Delivery> deliveries = DesiredRenditions.providedOf(asset).stream()
                .map(file -> Delivery.of(asset, file, actual))
                .toList();
        List<Rendition> provided = deliveries.stream().map(Delivery::then).toList();
        List<Profile> desired = DesiredRenditions.of(asset, provided);

        List<Rendition> missing = new ArrayList<>();
        desired.stream()
                .filter(profile -> actual.stream().noneMatch(rendition -> rendition.isOf(profile)))
                .forEach(profile -> missing.add(Rendition.pending(asset.hash(), profile)));
        List<Rendition> made = Stream.concat(
                        missing.stream(),
                        actual.stream().filter(Rendition::isPending).filter(rendition -> desired.stream()
                                .anyMatch(rendition::isOf)))
                .toList();
        deliveries.stream()
                .filter(delivery -> delivery.before().isEmpty())
                .forEach(delivery -> missing.add(delivery.then()));
        List<Rendition> unwanted = actual.stream()
                .filter(Rendition::isPending)
                .filter(rendition -> rendition.isProvided()
                        ? provided.stream().noneMatch(other -> other.name().equals(rendition.name()))
                        : desired.stream().noneMatch(rendition::isOf))
                .toList();
        return new RenditionPlan(
                asset,
                List.copyOf(missing),
                deliveries.stream()
                        .filter(Delivery::isReplaced)
                        .map(Delivery::then)
                        .toList(),
                unwanted,
                Stream.concat(
                                asset.present().isEmpty() ? Stream.empty() : made.stream(),
                                provided.stream().filter(Rendition::isPending))
                        .toList());
    }

    /** For fairness: the library that its first file lies in. */
    String turn() {
        return asset.present().isEmpty() ? "" : asset.present().getFirst().libraryId();
    }
}
