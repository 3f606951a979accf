package io.sluice.scanner.inventory;

import java.time.Instant;

import io.sluice.scanner.walk.FileStat;
import io.sluice.scanner.walk.RawPath;

/**
 * What was last seen of a file.
 *
 * @param fileId the sequence number of its first sighting
 * @param path relative to the library's root; where it was last seen
 * @param holdsPath false once another file was seen at that path
 * @param present false when a full scan did not find it
 * @param stable false while it may still be written to
 */
public record ObservedFile(
        long fileId,
        RawPath path,
        boolean holdsPath,
        FileStat stat,
        boolean present,
        boolean stable,
        long sequence,
        String scanId,
        Instant observedAt) {}
