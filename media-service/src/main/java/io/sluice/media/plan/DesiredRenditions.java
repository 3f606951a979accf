package io.sluice.media.plan;

import java.util.List;

import io.sluice.media.asset.Asset;
import io.sluice.media.asset.ProvidedFile;
import io.sluice.media.profile.Profile;
import io.sluice.media.profile.Profiles;

/** What an asset should have. */
final class DesiredRenditions {

    private DesiredRenditions() {}

    /** What was delivered ready-made, but for what we make ourselves. */
    static List<ProvidedFile> providedOf(Asset asset) {
        return asset.live()
                ? asset.provided().stream()
                        .filter(file -> of(asset).stream()
                                .noneMatch(profile -> profile.name().equals(file.name())))
                        .toList()
                : List.of();
    }

    /** Nothing new for what is on its way out, and nothing yet for videos. */
    static List<Profile> of(Asset asset) {
        if (!asset.live()) {
            return List.of();
        }
        return switch (asset.kind()) {
            case MEDIA_KIND_IMAGE -> Profiles.ofImages();
            case MEDIA_KIND_VIDEO, MEDIA_KIND_AUDIO, MEDIA_KIND_DOCUMENT, MEDIA_KIND_UNSPECIFIED, UNRECOGNIZED ->
                List.of();
        };
    }
}
