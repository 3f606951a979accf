package io.sluice.media.video;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

import io.sluice.contract.ErrorCode;
import io.sluice.media.store.StoreFailure;

/** Makes a stream: plan, ffmpeg, and a look at whether what came out is whole. */
final class MakeStream {

    private final Ffmpeg ffmpeg;

    MakeStream(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    StreamMade make(
            StreamPlan plan,
            Probed.Video video,
            Path source,
            Path folder,
            StreamWatcher watcher,
            BooleanSupplier lost) {
        try {
            refuseTooLong(video.facts().getDurationMs());
            SourceFile original = SourceFile.opened(source);
            return run(plan, video, original, folder, watcher, lost);
        } catch (VideoFailure e) {
            return new StreamMade.Refused(e.code(), e.reason());
        }
    }

    private StreamMade.Made run(
            StreamPlan plan,
            Probed.Video video,
            SourceFile source,
            Path folder,
            StreamWatcher watcher,
            BooleanSupplier lost)
            throws VideoFailure {
        try (RunningStream running = RunningStream.start(ffmpeg, plan, video, source, folder, watcher, lost)) {
            Ending ending = running.awaitEnd();
            if (ending.isGood()) {
                StreamMade.Made made = believed(plan, video, folder);
                running.tellFirstSegment();
                return made;
            }
            requireWritable(folder);
            VideoFailure complaint = ffmpeg.complaint(source, ending);
            // What cannot be copied may still be decoded: times or marks that a player needs are missing. Only as
            // long as nobody was shown the beginning, which would change under them.
            boolean another = !(plan instanceof StreamPlan.Transcode)
                    && complaint.code() == ErrorCode.VIDEO_DAMAGED
                    && !running.toldFirstSegment();
            if (!another) {
                throw complaint;
            }
        }
        empty(folder);
        return run(StreamPlan.transcode(video), video, source, folder, watcher, lost);
    }

    /** ffmpeg also ends well when the disk took nothing more of what it wrote. */
    private static StreamMade.Made believed(StreamPlan plan, Probed.Video video, Path folder) throws VideoFailure {
        try {
            return new StreamFolder(folder).whole(plan, video);
        } catch (VideoFailure incomplete) {
            requireWritable(folder);
            throw incomplete;
        }
    }

    private void refuseTooLong(long durationMs) throws VideoFailure {
        if (durationMs > ffmpeg.settings().maxDuration().toMillis()) {
            throw tooLong(ffmpeg.settings());
        }
    }

    static VideoFailure tooLong(VideoSettings settings) {
        return new VideoFailure(
                ErrorCode.VIDEO_TOO_LARGE,
                "It is longer than the limit of %d s (sluice.video.max-duration)"
                        .formatted(settings.maxDuration().toSeconds()));
    }

    /** ffmpeg calls a store that is gone by the same name as a damaged input. */
    private static void requireWritable(Path folder) {
        try {
            Files.delete(Files.write(folder.resolve(".written"), new byte[4096]));
        } catch (IOException e) {
            throw StoreFailure.of(e, folder);
        }
    }

    private static void empty(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw StoreFailure.of(e, folder);
        }
    }
}
