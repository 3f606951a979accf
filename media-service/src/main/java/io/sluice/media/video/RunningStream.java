package io.sluice.media.video;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.store.StoreFailure;

/** An ffmpeg that makes a stream, watched: its first segment, its progress, its limits. */
final class RunningStream implements AutoCloseable {

    /** Until the first segment somebody may be waiting for every millisecond. */
    private static final Duration EAGER = Duration.ofMillis(4);

    private static final Duration CALM = Duration.ofMillis(50);
    private static final Duration LEASE_LOOK = Duration.ofMillis(200);
    private static final Duration SIZE_LOOK = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final VideoSettings settings;
    private final long durationMs;
    private final Path folder;
    private final StreamWatcher watcher;
    private final BooleanSupplier lost;
    private final WorkFolder work;
    private final StreamProgress progress = new StreamProgress();
    private final BoundedChild child;
    private final Since started = new Since();
    private final Since leaseLook = new Since();
    private final Since sizeLook = new Since();
    private final Since advanced = new Since();
    private long reached;
    private int toldPermille;
    private boolean firstSegment;

    private RunningStream(
            Ffmpeg ffmpeg,
            StreamPlan plan,
            Probed.Video video,
            WorkFolder work,
            Path folder,
            StreamWatcher watcher,
            BooleanSupplier lost) {
        this.settings = ffmpeg.settings();
        this.durationMs = video.facts().getDurationMs();
        this.folder = folder;
        this.watcher = watcher;
        this.lost = lost;
        this.work = work;
        this.child = ffmpeg.start(StreamArguments.of(plan, video, settings), work.path(), progress::read);
    }

    static RunningStream start(
            Ffmpeg ffmpeg,
            StreamPlan plan,
            Probed.Video video,
            SourceFile source,
            Path folder,
            StreamWatcher watcher,
            BooleanSupplier lost) {
        WorkFolder work = ffmpeg.folder(source.path());
        try {
            work.with(WorkFolder.STREAM, folder);
            return new RunningStream(ffmpeg, plan, video, work, folder, watcher, lost);
        } catch (IOException e) {
            work.close();
            throw StoreFailure.of(e, work.path());
        } catch (RuntimeException e) {
            work.close();
            throw e;
        }
    }

    /**
     * @throws VideoFailure over a limit
     * @throws CodedException {@code INTERRUPTED} when the lease was lost, {@code CHILD_TIMED_OUT} when it hangs
     */
    Ending awaitEnd() throws VideoFailure {
        while (!child.awaitEnd(firstSegment ? CALM : EAGER)) {
            look();
        }
        return child.ending();
    }

    boolean toldFirstSegment() {
        return firstSegment;
    }

    /** Tells it, unless it was told. */
    void tellFirstSegment() {
        if (!firstSegment) {
            firstSegment = true;
            watcher.firstSegment();
        }
    }

    @Override
    public void close() {
        child.close();
        work.close();
    }

    private void look() throws VideoFailure {
        if (!firstSegment && grows(folder.resolve(StreamArguments.PLAYLIST))) {
            tellFirstSegment();
        }
        if (leaseLook.passed(LEASE_LOOK)) {
            leaseLook.restart();
            if (lost.getAsBoolean()) {
                throw new CodedException(ErrorCode.INTERRUPTED, "the lease of this stream was lost while it was made");
            }
            lookAtProgress();
        }
        if (sizeLook.passed(SIZE_LOOK)) {
            sizeLook.restart();
            if (bytes() > settings.maxOutputBytes()) {
                throw new VideoFailure(
                        ErrorCode.VIDEO_TOO_LARGE,
                        "Its stream is larger than the limit of %d MB (sluice.video.max-output-megabytes)"
                                .formatted(settings.maxOutputMegabytes()));
            }
        }
    }

    /** One that is there and has its end is left to the end of ffmpeg: it writes that after an error, too. */
    private static boolean grows(Path playlist) {
        try {
            return !Files.readString(playlist, StandardCharsets.ISO_8859_1).contains("#EXT-X-ENDLIST");
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw StoreFailure.of(e, playlist);
        }
    }

    private void lookAtProgress() throws VideoFailure {
        long now = progress.millis();
        if (now > settings.maxDuration().toMillis()) {
            throw MakeStream.tooLong(settings);
        }
        if (now > reached) {
            reached = now;
            advanced.restart();
        } else if (advanced.passed(settings.stallLimit())) {
            throw new CodedException(
                    ErrorCode.CHILD_TIMED_OUT,
                    "ffmpeg came no further than %d s of the video within %d s (sluice.video.stall-limit) and was killed. Look at the mount; if it answers, redrive"
                            .formatted(now / 1000, settings.stallLimit().toSeconds()));
        }
        if (started.passed(timeLimit())) {
            throw new VideoFailure(
                    ErrorCode.VIDEO_TOO_LARGE,
                    "Its stream took longer than %d s, %d times its duration and a minute (sluice.video.time-factor)"
                            .formatted(timeLimit().toSeconds(), settings.timeFactor()));
        }
        int permille = progress.permille(durationMs);
        if (permille > toldPermille) {
            toldPermille = permille;
            watcher.progress(permille);
        }
    }

    private Duration timeLimit() {
        return timeLimit(durationMs, settings);
    }

    /** How long a stream of that duration may take; an unknown one counts as the longest. */
    static Duration timeLimit(long durationMs, VideoSettings settings) {
        long known = durationMs > 0 ? durationMs : settings.maxDuration().toMillis();
        return Duration.ofMillis(known).multipliedBy(settings.timeFactor()).plus(GRACE);
    }

    private long bytes() {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                bytes += size(file);
            }
        } catch (IOException e) {
            throw StoreFailure.of(e, folder);
        }
        return bytes;
    }

    /** A file under its temporary name may be renamed between the listing and this. */
    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** A stop watch. */
    private static final class Since {

        private long start = System.nanoTime();

        void restart() {
            start = System.nanoTime();
        }

        boolean passed(Duration time) {
            return System.nanoTime() - start >= time.toNanos();
        }
    }
}
