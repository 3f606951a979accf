package io.sluice.media.work;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.sluice.media.asset.Asset;
import io.sluice.media.asset.ProvidedFile;
import io.sluice.media.library.Library;
import io.sluice.media.rendition.Rendition;

/**
 * What is to be done of an asset when its work begins.
 *
 * @param asset live
 * @param pending of what the work makes; at least one
 * @param libraries all, by id
 */
record Wanted(Asset asset, List<Rendition> pending, Map<String, Library> libraries) {

    /** What was delivered ready-made under that name, if it is still the file that the work was put up for. */
    Optional<ProvidedFile> provided(String name, String source) {
        return asset.provided().stream()
                .filter(file -> file.name().equals(name) && file.source().equals(source))
                .findFirst();
    }
}
