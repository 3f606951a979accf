package io.sluice.scanner.handover;

import java.time.Instant;

import io.sluice.scanner.walk.RawPath;

/**
 * A bundle as its row has it.
 *
 * @param name file name without .json or .ready
 */
public record ObservedBundle(RawPath name, BundleFiles files, long sequence, String scanId, Instant observedAt) {}
