package io.sluice.ingest.importjob;

import io.sluice.ingest.handover.FindDeliverables;
import io.sluice.ingest.header.FileHeader;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.FileStat;
import io.sluice.ingest.location.RelativePath;
import io.sluice.ingest.provenance.SourceFiles;

/** What reading an item came to, before any row is written. */
sealed interface ItemResult {

    /**
     * A photo or a video, read to its last byte, unchanged from the first look to the last.
     *
     * @param path below the library's root
     */
    record Primary(
            RelativePath path,
            FileStat stat,
            ContentHash hash,
            FileHeader header,
            SourceFiles sources,
            FindDeliverables.Found delivered)
            implements ItemResult {}

    /** There, of the size that was claimed; its bytes are for media to copy. */
    record Cover(RelativePath path, FileStat stat) implements ItemResult {}

    /** Nothing lies on disk of it. */
    record Group() implements ItemResult {}

    /** There is nothing to do any more: its job does not run, or it was decided already. */
    record NotWanted(String why) implements ItemResult {}
}
