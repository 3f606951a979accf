package io.sluice.media.work;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.asset.AssetLocation;

/** An asset's file, looked at before it is read, and to be looked at again after. */
record Original(Path file, AssetLocation location) {

    /**
     * Reads it, and goes on only when it is what it was. What fails over a file that was being written says nothing of
     * the asset.
     *
     * @throws CodedException {@code SOURCE_CHANGED}, else what the reading throws
     */
    <T> T unchangedOver(Supplier<T> reading) {
        T read;
        try {
            read = reading.get();
        } catch (CodedException e) {
            requireUnchanged();
            throw e;
        }
        requireUnchanged();
        return read;
    }

    /** Copies it as it was observed, into the store. */
    void copyTo(Path target) {
        CopyFile.copy(file, target, location.stat().getSize());
        requireUnchanged();
    }

    /**
     * @throws CodedException {@code SOURCE_CHANGED} when it is not the file that was hashed (any more)
     */
    void requireUnchanged() {
        boolean still;
        try {
            still = location.isStill(file);
        } catch (IOException e) {
            throw new CodedException(
                    ErrorCode.SOURCE_CHANGED, "The file is gone; its next observation decides: " + file, e);
        }
        if (!still) {
            throw new CodedException(
                    ErrorCode.SOURCE_CHANGED,
                    "The file is not the one that was observed; its next observation decides: " + file);
        }
    }
}
