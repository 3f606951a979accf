package io.sluice.media.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;
import io.sluice.media.store.StoreFailure;

/**
 * Takes the frame that stands for a video: a key frame some way in, another one when that is black. Key frames only,
 * so that one of them is decoded and not all before it.
 */
final class TakeFrame {

    private static final Box BOX = new Box(1440, 1440);

    /** Mean luma where black is 16 and white 235. */
    private static final double DARK = 24;

    private static final long EARLY_MS = 10_000;
    private static final String LUMA = "lavfi.signalstats.YAVG=";

    /**
     * @param atMs where in the video
     * @param keyOnly whether all but key frames are passed over
     */
    private record Moment(long atMs, boolean keyOnly) {}

    private record Shot(Path file, double luma) {}

    private final Ffmpeg ffmpeg;

    TakeFrame(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    FrameTaken take(Path path, Probed.Video video, Path target) {
        Box size = BOX.fitted(video.width(), video.height());
        try {
            SourceFile source = SourceFile.opened(path);
            try (WorkFolder folder = ffmpeg.folder(path)) {
                Files.move(brightest(source, video, size, folder).file(), target, StandardCopyOption.REPLACE_EXISTING);
            }
            return new FrameTaken.Taken(size.width(), size.height());
        } catch (VideoFailure e) {
            return new FrameTaken.Refused(e.code(), e.reason());
        } catch (IOException e) {
            throw StoreFailure.of(e, target);
        }
    }

    private Shot brightest(SourceFile source, Probed.Video video, Box size, WorkFolder folder) throws VideoFailure {
        Shot best = null;
        VideoFailure worst = null;
        int number = 0;
        for (Moment moment : moments(video.facts().getDurationMs())) {
            if (best != null && !moment.keyOnly()) {
                break;
            }
            try {
                Shot shot = shot(source, video, size, moment, folder, "frame" + number++ + ".png");
                if (shot != null && shot.luma() >= DARK) {
                    return shot;
                }
                best = shot == null || (best != null && best.luma() >= shot.luma()) ? best : shot;
            } catch (VideoFailure e) {
                worst = e;
            }
        }
        if (best != null) {
            return best;
        }
        throw worst != null
                ? worst
                : new VideoFailure(ErrorCode.VIDEO_DAMAGED, "The video is damaged: no frame of it can be decoded");
    }

    private static List<Moment> moments(long durationMs) {
        List<Moment> moments = new ArrayList<>();
        if (durationMs > 1000) {
            moments.add(new Moment(Math.min(durationMs / 10, EARLY_MS), true));
            moments.add(new Moment(durationMs / 3, true));
        }
        moments.add(new Moment(0, true));
        moments.add(new Moment(0, false));
        return moments;
    }

    private @Nullable Shot shot(
            SourceFile source, Probed.Video video, Box size, Moment moment, WorkFolder folder, String name)
            throws VideoFailure {
        List<String> arguments = new ArrayList<>(List.of("-hide_banner", "-nostdin", "-v", "error", "-xerror"));
        arguments.addAll(Ffmpeg.INPUT);
        arguments.addAll(List.of(
                "-threads", "1", "-max_pixels", Long.toString(ffmpeg.settings().maxPixels())));
        if (moment.keyOnly()) {
            arguments.addAll(List.of("-skip_frame", "nokey", "-noaccurate_seek"));
        }
        if (moment.atMs() > 0) {
            arguments.addAll(List.of("-ss", String.format(Locale.ROOT, "%.3f", moment.atMs() / 1000.0)));
        }
        arguments.addAll(
                List.of("-i", Ffmpeg.SOURCE, "-map", "0:" + video.tracks().video()));
        List<String> filters = PictureFilter.still(video, size);
        filters.add("format=yuv444p,signalstats");
        filters.add("metadata=mode=print:key=lavfi.signalstats.YAVG:file=pipe\\\\:1,format=rgb24");
        arguments.addAll(List.of("-vf", String.join(",", filters)));
        arguments.addAll(List.of("-frames:v", "1", "-map_metadata", "-1", "-c:v", "png"));
        arguments.addAll(List.of("-compression_level", "1", "-f", "image2", "-update", "1", "-y", name));
        AtomicReference<Double> luma = new AtomicReference<>(0.0);
        Ending ending = ffmpeg.run(arguments, folder.path(), ffmpeg.settings().frameTimeLimit(), line -> {
            if (line.startsWith(LUMA)) {
                luma.set(number(line.substring(LUMA.length())));
            }
        });
        if (!ending.isGood()) {
            throw ffmpeg.complaint(source, ending);
        }
        Path file = folder.file(name);
        return Files.exists(file) ? new Shot(file, Objects.requireNonNullElse(luma.get(), 0.0)) : null;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
