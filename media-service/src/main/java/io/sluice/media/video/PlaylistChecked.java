package io.sluice.media.video;

import java.nio.file.Path;
import java.util.List;

import io.sluice.contract.ErrorCode;

/** What a look at a delivered stream found. */
public sealed interface PlaylistChecked {

    /**
     * Everything that it names is there, below its folder, and adds up.
     *
     * @param files the playlist itself first, then every file it needs, once each; relative to the playlist's folder
     * @param bytes of all of them
     * @param durationMs the sum of its segments; of a master playlist its longest variant's
     * @param width of a master playlist's largest variant as it says; 0 when nothing says it
     * @param height likewise
     */
    record Whole(List<Path> files, long bytes, long durationMs, int segments, int width, int height)
            implements PlaylistChecked {}

    /** It is not whole or not safe, and this is why: {@code PLAYLIST_INVALID}, or why it could not be read. */
    record Refused(ErrorCode code, String reason) implements PlaylistChecked {}
}
