package io.sluice.media.work;

import java.io.IOException;
import java.nio.file.Path;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.asset.AssetLocation;

/** An asset's file, looked at before it is read, and to be looked at again after. */
record Original(Path file, AssetLocation location) {

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
