package io.sluice.media.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** Tells a full disk from one that cannot be written for another reason. Both pass only by somebody's doing, so both wait. */
public final class StoreFailure {

    /** With less than this a disk counts as full, whatever the error said (it may speak another language). */
    private static final long NOTHING = 64 * 1024;

    private StoreFailure() {}

    /**
     * @param near a file or directory of the store
     * @return {@code STORE_FULL} or {@code STORE_UNAVAILABLE}, with the cure
     */
    public static CodedException of(IOException cause, Path near) {
        if (isFull(cause, near)) {
            return new CodedException(
                    ErrorCode.STORE_FULL, "The rendition store is full: make room on the disk of " + near, cause);
        }
        return new CodedException(
                ErrorCode.STORE_UNAVAILABLE,
                "The rendition store cannot be written: check that %s is mounted and ours (%s)".formatted(near, cause),
                cause);
    }

    private static boolean isFull(IOException cause, Path near) {
        String said = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
        String text = String.valueOf(said).toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("quota exceeded")) {
            return true;
        }
        try {
            Path directory =
                    Files.isDirectory(near) ? near : near.toAbsolutePath().getParent();
            return directory != null && Files.getFileStore(directory).getUsableSpace() < NOTHING;
        } catch (IOException e) {
            return false;
        }
    }
}
