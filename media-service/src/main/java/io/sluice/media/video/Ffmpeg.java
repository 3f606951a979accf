package io.sluice.media.video;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.store.StoreFailure;

/** Starts the two programs, bounded, and says what their ends mean. */
final class Ffmpeg {

    /**
     * What is opened at all. Never a list of other files (hls, dash, concat, image2), a device, or what is drawn by a
     * script. Names are ffmpeg's; one that a build does not know does no harm.
     */
    static final String FORMATS = "mov,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg,mxf,dv";

    /** Before {@code -i}. */
    static final List<String> INPUT = List.of("-protocol_whitelist", "file,pipe", "-format_whitelist", FORMATS);

    static final String SOURCE = "file:" + WorkFolder.SOURCE;

    private final VideoSettings settings;
    private final UnaryOperator<List<String>> wrapped;
    private final Fence fence = Fence.tried();
    private final Program ffmpeg;
    private final Program ffprobe;

    /** @param wrapped puts a program of a test around each child */
    Ffmpeg(VideoSettings settings, UnaryOperator<List<String>> wrapped) {
        this.settings = settings;
        this.wrapped = wrapped;
        this.ffmpeg = new Program(settings.ffmpeg(), "sluice.video.ffmpeg");
        this.ffprobe = new Program(settings.ffprobe(), "sluice.video.ffprobe");
    }

    VideoSettings settings() {
        return settings;
    }

    boolean isFenced() {
        return fence.holds();
    }

    BoundedChild start(List<String> arguments, Path folder, Consumer<String> lines) {
        return start(ffmpeg, arguments, folder, lines);
    }

    /** Runs ffmpeg to its end. */
    Ending run(List<String> arguments, Path folder, Duration limit, Consumer<String> lines) {
        return run(ffmpeg, arguments, folder, limit, lines);
    }

    /** Runs ffprobe to its end. */
    Ending probe(List<String> arguments, Path folder, Duration limit, Consumer<String> lines) {
        return run(ffprobe, arguments, folder, limit, lines);
    }

    /** Throws for an end that says nothing about the video. */
    void throwIfDead(Ending ending) {
        if (ending.wasNeverStarted()) {
            throw ffmpeg.missing();
        }
        if (ending.isDeath()) {
            throw new CodedException(
                    ErrorCode.CHILD_DIED,
                    "ffmpeg died (exit %d: %s). Look at the video; if that is good, see whether memory ran out (the service's limits, the kernel's log), and redrive"
                            .formatted(ending.exit(), ending.said().text()));
        }
        if (ending.foundNoRoom()) {
            throw new CodedException(
                    ErrorCode.STORE_FULL,
                    "ffmpeg found no room: make room in the rendition store and on the disk of "
                            + System.getProperty("java.io.tmpdir"));
        }
    }

    /** What an end that is not good says about the video. */
    VideoFailure complaint(SourceFile source, Ending ending) throws VideoFailure {
        throwIfDead(ending);
        if (ending.ranOutOfMemory()) {
            return new VideoFailure(
                    ErrorCode.VIDEO_TOO_LARGE,
                    "It needs more memory than ffmpeg is given, %d MB (sluice.video.memory-megabytes)"
                            .formatted(settings.memoryMegabytes()));
        }
        if (ending.wroteTooMuch()) {
            return tooMuchOutput();
        }
        return source.complaint(ending.said());
    }

    VideoFailure tooMuchOutput() {
        return new VideoFailure(
                ErrorCode.VIDEO_TOO_LARGE,
                "Its stream is larger than the limit of %d MB (sluice.video.max-output-megabytes)"
                        .formatted(settings.maxOutputMegabytes()));
    }

    /** A folder to run in, with the original under its name there. */
    WorkFolder folder(Path source) {
        try {
            return WorkFolder.create().with(WorkFolder.SOURCE, source);
        } catch (IOException e) {
            throw StoreFailure.of(e, Path.of(System.getProperty("java.io.tmpdir")));
        }
    }

    private Ending run(Program program, List<String> arguments, Path folder, Duration limit, Consumer<String> lines) {
        try (BoundedChild child = start(program, arguments, folder, lines)) {
            if (child.awaitEnd(limit)) {
                return child.ending();
            }
            throw new CodedException(
                    ErrorCode.CHILD_TIMED_OUT,
                    "%s gave no answer within %d s and was killed. Look at the video and its mount; if both are good, raise the time limit (sluice.video.*) and redrive"
                            .formatted(program.name(), Math.max(1, limit.toSeconds())));
        }
    }

    private BoundedChild start(Program program, List<String> arguments, Path folder, Consumer<String> lines) {
        List<String> command = new ArrayList<>();
        command.add(program.path().toString());
        command.addAll(arguments);
        BoundedChild.Limits limits =
                new BoundedChild.Limits(settings.maxOutputBytes(), settings.memoryMegabytes() * 1024L * 1024);
        return BoundedChild.start(fence.around(wrapped.apply(command)), limits, folder, lines);
    }
}
