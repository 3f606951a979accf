package io.sluice.scanner.library;

import java.time.Instant;
import java.util.List;

import io.sluice.scanner.walk.RawPath;

/**
 * A library as its row has it.
 *
 * @param subPath below the mount, empty for the mount itself
 * @param excludedDirs the deployment's and its own
 * @param since when its health became what it is
 */
public record Library(
        LibraryId id,
        String name,
        String mount,
        RawPath subPath,
        LibraryKind kind,
        LibraryMode mode,
        boolean configured,
        boolean enabled,
        List<String> excludedDirs,
        Health health,
        Instant since,
        long presentFiles,
        long absentFiles) {}
