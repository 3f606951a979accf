package io.sluice.media.plan;

import java.util.List;

import io.sluice.media.asset.Asset;
import io.sluice.media.asset.ProvidedFile;
import io.sluice.media.profile.Profile;
import io.sluice.media.profile.Profiles;
import io.sluice.media.profile.StreamProfile;
import io.sluice.media.rendition.Rendition;

/** What an asset should have. */
final class DesiredRenditions {

    private DesiredRenditions() {}

    /** What was delivered ready-made, but for pictures that we make ourselves. */
    static List<ProvidedFile> providedOf(Asset asset) {
        return asset.live()
                ? asset.provided().stream()
                        .filter(file -> file.name().equals(StreamProfile.NAME)
                                || ofKind(asset).stream()
                                        .noneMatch(profile -> profile.name().equals(file.name())))
                        .toList()
                : List.of();
    }

    /**
     * Nothing new for what is on its way out. A stream is not made while the one that was delivered may do or does.
     *
     * @param provided the asset's ready-made renditions, as they are to be
     */
    static List<Profile> of(Asset asset, List<Rendition> provided) {
        if (!asset.live()) {
            return List.of();
        }
        boolean delivered = provided.stream().anyMatch(rendition -> rendition.isStream() && rendition.mayDo());
        return ofKind(asset).stream()
                .filter(profile -> !(profile instanceof StreamProfile && delivered))
                .toList();
    }

    private static List<Profile> ofKind(Asset asset) {
        return switch (asset.kind()) {
            case MEDIA_KIND_IMAGE -> Profiles.ofImages();
            case MEDIA_KIND_VIDEO -> Profiles.ofVideos();
            case MEDIA_KIND_AUDIO, MEDIA_KIND_DOCUMENT, MEDIA_KIND_UNSPECIFIED, UNRECOGNIZED -> List.of();
        };
    }
}
