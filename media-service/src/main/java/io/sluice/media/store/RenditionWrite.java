package io.sluice.media.store;

import java.nio.file.Path;

/** A rendition's file on its way: filled aside, then there at once and whole. */
public interface RenditionWrite extends AutoCloseable {

    /** Where to write it; on the store's own file system. The writer syncs it. */
    Path temporaryFile();

    /**
     * Puts it in its place, over what is there, and makes that last through a power cut.
     *
     * @throws io.sluice.contract.CodedException {@code STORE_FULL}, {@code STORE_UNAVAILABLE}
     */
    void commit();

    /** Without a commit before: nothing is left of it. */
    @Override
    void close();
}
