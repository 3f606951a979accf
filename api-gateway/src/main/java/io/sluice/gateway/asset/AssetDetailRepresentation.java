package io.sluice.gateway.asset;

import static io.sluice.gateway.web.Wire.instantOrNull;
import static io.sluice.gateway.web.Wire.textOrNull;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.gateway.command.Tagged;
import io.sluice.gateway.library.LibraryRoots;
import io.sluice.gateway.upstream.Degraded;

/**
 * Everything about one asset.
 *
 * @param header what stands in the file's header
 * @param format the decoder's word for the format; null until media has looked
 * @param colourProfile description of the embedded colour profile
 * @param supersededBy content hash of the asset that took its place
 * @param locations at most 100; all of them at …/locations
 * @param version as ingest tells the asset
 */
public record AssetDetailRepresentation(
        @JsonUnwrapped AssetRepresentation asset,
        HeaderRepresentation header,
        @Nullable String format,
        @Nullable String colourProfile,
        @Nullable String supersededBy,
        @Nullable Instant registeredAt,
        List<LocationRepresentation> locations,
        List<Degraded> degraded,
        @JsonIgnore long version)
        implements Tagged {

    static AssetDetailRepresentation of(
            AssetState asset, @Nullable AssetRenditions made, LibraryRoots roots, List<Degraded> degraded) {
        return new AssetDetailRepresentation(
                AssetRepresentation.of(asset, made, roots),
                HeaderRepresentation.of(asset.getHeader()),
                made == null ? null : textOrNull(made.getFacts().getFormat()),
                made == null ? null : textOrNull(made.getFacts().getColourProfile()),
                asset.getSupersededBy().isEmpty()
                        ? null
                        : ContentHash.of(asset.getSupersededBy()).hex(),
                instantOrNull(asset.hasRegisteredAt(), asset.getRegisteredAt()),
                asset.getLocationsList().stream()
                        .map(location -> LocationRepresentation.of(location, roots))
                        .toList(),
                degraded,
                asset.getVersion());
    }
}
