package io.sluice.media.work;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.asset.Asset;
import io.sluice.media.asset.AssetLocation;
import io.sluice.media.library.Library;
import io.sluice.media.library.Mounts;

/** Finds a file that holds an asset's bytes. */
@ApplicationScoped
class OpenOriginal {

    private final Mounts mounts;

    OpenOriginal(Mounts mounts) {
        this.mounts = mounts;
    }

    /**
     * The first location whose file is there and as it was observed.
     *
     * @param asset with at least one present location
     * @throws CodedException what is wrong with the first location when all are
     */
    Original open(Asset asset, Map<String, Library> libraries) {
        CodedException first = null;
        for (AssetLocation location : asset.present()) {
            try {
                return open(location, libraries);
            } catch (CodedException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null
                ? new CodedException(ErrorCode.SOURCE_CHANGED, "No file of it is said to be present")
                : first;
    }

    /**
     * The file there, if it is as it was observed.
     *
     * @throws CodedException when it is not
     */
    Original open(AssetLocation location, Map<String, Library> libraries) {
        Original original = new Original(
                mounts.resolve(library(libraries.get(location.libraryId()), location), location.path()), location);
        original.requireUnchanged();
        return original;
    }

    /**
     * A file that nobody told of, as it is now: what is named by one that was told of.
     *
     * @throws CodedException when it is not there
     */
    Original lookAt(AssetLocation unseen, Map<String, Library> libraries) {
        Path file = mounts.resolve(library(libraries.get(unseen.libraryId()), unseen), unseen.path());
        try {
            return new Original(file, unseen.seen(file));
        } catch (IOException e) {
            throw new CodedException(ErrorCode.SOURCE_CHANGED, "A file that was there is gone: " + file, e);
        }
    }

    private static Library library(@Nullable Library library, AssetLocation location) {
        if (library == null) {
            throw new CodedException(
                    ErrorCode.LIBRARY_STALE,
                    "Nothing is known of library " + location.libraryId() + " yet; the scanner tells it");
        }
        return library;
    }
}
