package io.sluice.scanner.library;

import java.util.List;

import io.sluice.scanner.walk.RawPath;

/**
 * A library as the configuration has it, all of it checked.
 *
 * @param mount the mount's name
 * @param subPath below the mount, empty for the mount itself
 * @param root absolute
 * @param excludedDirs the deployment's and its own, sorted
 */
public record ConfiguredLibrary(
        String name,
        String mount,
        RawPath subPath,
        RawPath root,
        LibraryKind kind,
        LibraryMode mode,
        boolean enabled,
        List<String> excludedDirs) {}
