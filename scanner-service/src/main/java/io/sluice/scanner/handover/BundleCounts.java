package io.sluice.scanner.handover;

/** How many bundles stand on a mount: with both files, without the sentinel, without the manifest. */
public record BundleCounts(long released, long unreleased, long withoutManifest) {}
