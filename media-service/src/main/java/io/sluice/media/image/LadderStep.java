package io.sluice.media.image;

import java.nio.file.Path;

import io.sluice.media.profile.Encoding;

/**
 * A picture to make.
 *
 * @param box it fits into a square of so many pixels
 * @param quality 1 to 100
 * @param file where to; it is replaced, and synced to disk
 */
public record LadderStep(int box, Encoding encoding, int quality, Path file) {}
