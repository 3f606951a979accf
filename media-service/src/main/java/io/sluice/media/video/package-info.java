/**
 * Videos are read by ffmpeg and ffprobe in bounded child processes: probed, shown by one frame, made into a stream,
 * checked when delivered as one. No database; the one door is {@link io.sluice.media.video.VideoTools}.
 */
@NullMarked
package io.sluice.media.video;

import org.jspecify.annotations.NullMarked;
