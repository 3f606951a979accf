package io.sluice.media.rendition;

/**
 * A stream that grows: its first segment is there.
 *
 * @param profileVersion of the rendition that it becomes
 * @param folder where it grows, below the asset's folder in the store
 * @param permille how much of it is made, 0 to 1000
 */
public record RunningStream(int profileVersion, String folder, int permille) {}
