package io.sluice.media.store;

import java.nio.file.Path;

/** A folder of files on its way: readers may look into it while it grows; then it is in its place at once and whole. */
public interface TreeWrite extends AutoCloseable {

    /** Where to write its files; there and empty at first. */
    Path folder();

    /** What it is called while it grows, below the asset's folder in the store. */
    String folderName();

    /**
     * Puts it in its place, the one that was there before goes, and makes that last through a power cut: files and
     * folders are synced here.
     *
     * @return bytes of all its files
     * @throws io.sluice.contract.CodedException {@code STORE_FULL}, {@code STORE_UNAVAILABLE}
     */
    long commit();

    /** Without a commit before: nothing is left of it. */
    @Override
    void close();
}
