package io.sluice.media.video;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/**
 * All that is done with videos, by ffmpeg and ffprobe in child processes that are bounded in time, memory, output and
 * reach. Thread-safe; how many run at once is the caller's business.
 *
 * <p>What is wrong with a video is a value. What is wrong with us is a {@link CodedException}: {@code CHILD_DIED} and
 * {@code CHILD_TIMED_OUT} are counted, {@code DECODER_MISSING}, {@code STORE_FULL} and {@code STORE_UNAVAILABLE} wait,
 * {@code INTERRUPTED} is refunded.
 */
public final class VideoTools {

    private final Ffmpeg ffmpeg;
    private final ProbeVideo probe;
    private final TakeFrame frame;
    private final MakeStream stream;
    private final CheckPlaylist playlists = new CheckPlaylist();

    public VideoTools(VideoSettings settings) {
        this(settings, UnaryOperator.identity());
    }

    /** With a program around each child, for tests of what it does. */
    VideoTools(VideoSettings settings, UnaryOperator<List<String>> wrapped) {
        this.ffmpeg = new Ffmpeg(settings, wrapped);
        this.probe = new ProbeVideo(ffmpeg);
        this.frame = new TakeFrame(ffmpeg);
        this.stream = new MakeStream(ffmpeg);
    }

    /** Looks at a container; decodes no more than it must to know its tracks. */
    public Probed probe(Path source) {
        return probe.probe(source);
    }

    /**
     * Takes the frame that stands for a video, upright, at most 1440 pixels wide and high.
     *
     * @param target becomes a PNG; replaced when it is there
     */
    public FrameTaken frame(Path source, Probed.Video video, Path target) {
        return frame.take(source, video, target);
    }

    /** How {@link #make} should make its stream. */
    public StreamPlan plan(Probed.Video video) {
        return StreamPlan.of(video);
    }

    /**
     * Makes a stream. Its playlist can be served from when the watcher hears of the first segment; it is complete when
     * this returns {@link StreamMade.Made}. Nothing is synced to the disk.
     *
     * @param folder there and empty; holds what was made so far after any end
     * @param lost asked five times a second; once true, ffmpeg is killed and this throws {@code INTERRUPTED}
     */
    public StreamMade make(
            StreamPlan plan,
            Probed.Video video,
            Path source,
            Path folder,
            StreamWatcher watcher,
            BooleanSupplier lost) {
        return stream.make(plan, video, source, folder, watcher, lost);
    }

    /**
     * Looks whether a delivered stream is whole: every file that it names is relative, below the playlist's folder, no
     * link, there, and not empty, and the segments add up.
     *
     * @param playlist of segments, or of playlists; below the folder that holds all of the stream
     * @param durationMs what they must add up to at least, less 1 s or 2 %
     */
    public PlaylistChecked check(Path playlist, OptionalLong durationMs) {
        return playlists.check(playlist, durationMs);
    }

    /**
     * The version of ffmpeg; both programs are there.
     *
     * @throws CodedException {@code DECODER_MISSING} with the cure
     */
    public String version() {
        List<String> versions = Collections.synchronizedList(new ArrayList<>());
        try (WorkFolder folder = ffmpeg.folder(Path.of("/dev/null"))) {
            Ending probeEnd = ffmpeg.probe(
                    List.of("-version"), folder.path(), ffmpeg.settings().probeTimeLimit(), line -> {});
            Ending end = ffmpeg.run(
                    List.of("-version"), folder.path(), ffmpeg.settings().probeTimeLimit(), line -> {
                        if (line.startsWith("ffmpeg version ")) {
                            versions.add(line.split(" ", 4)[2]);
                        }
                    });
            if (!end.isGood() || !probeEnd.isGood() || versions.isEmpty()) {
                throw new CodedException(
                        ErrorCode.DECODER_MISSING,
                        "ffmpeg or ffprobe does not run (%s): install them again (Debian: apt-get install --reinstall ffmpeg)"
                                .formatted(end.said().text()));
            }
        }
        return versions.getFirst();
    }

    /** Whether children have a network of their own without an other end; tried once, when this was made. */
    public boolean isFenced() {
        return ffmpeg.isFenced();
    }
}
