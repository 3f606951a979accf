package io.sluice.ingest.handover;

import java.time.Instant;
import java.util.Comparator;

import io.sluice.contract.scanner.v1.BundleLook;
import io.sluice.ingest.handover.Look.ManifestStat;

/** A look at a bundle as the scanner told it. */
record SeenBundle(String libraryId, SyncId syncId, Look look, boolean asked) {

    /** In the order in which rows are locked. */
    static final Comparator<SeenBundle> IN_ORDER =
            Comparator.comparing(SeenBundle::libraryId).thenComparing(SeenBundle::syncId);

    /** @throws io.sluice.contract.CodedException {@code INVALID_REQUEST} for a name that cannot be kept */
    static SeenBundle of(BundleLook told) {
        return new SeenBundle(
                told.getLibraryId(),
                SyncId.ofName(told.getName().toByteArray()),
                new Look(
                        told.getSequence(),
                        told.getScanId(),
                        Instant.ofEpochSecond(
                                told.getObservedAt().getSeconds(),
                                told.getObservedAt().getNanos()),
                        told.hasManifest()
                                ? new ManifestStat(
                                        told.getManifest().getSize(),
                                        told.getManifest().getMtimeNs(),
                                        told.getManifest().getCtimeNs(),
                                        told.getManifest().getInode())
                                : null,
                        told.hasSentinel() ? told.getSentinel().getMtimeNs() : null),
                told.getAsked());
    }
}
