package io.sluice.media.video;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.store.StoreFailure;

/** What ffmpeg left behind with a good end: believed only after a look. */
record StreamFolder(Path folder) {

    private static final long TOLERANCE_MS = 1_000;
    private static final double TOLERANCE = 0.02;

    /** Whether what was made is shorter than what was there, more than rounding and gaps explain. */
    static boolean isCutOff(long madeMs, long durationMs) {
        return madeMs + Math.max(TOLERANCE_MS, (long) (durationMs * TOLERANCE)) < durationMs;
    }

    StreamMade.Made whole(StreamPlan plan, Probed.Video video) throws VideoFailure {
        Playlist playlist = withTrueTimes(playlist());
        long madeMs = playlist.durationMs();
        long durationMs = expected(video);
        if (!playlist.ended()) {
            // A good end writes one.
            throw cutOff(StreamArguments.PLAYLIST);
        }
        if (playlist.segments().isEmpty() || isCutOff(madeMs, durationMs)) {
            throw new VideoFailure(
                    ErrorCode.VIDEO_DAMAGED,
                    "The video is cut off: %.1f s of %.1f s are there".formatted(madeMs / 1000.0, durationMs / 1000.0));
        }
        long bytes = 0;
        Set<Path> named = new HashSet<>();
        named.add(folder.resolve(StreamArguments.PLAYLIST));
        for (Playlist.Reference reference : playlist.references()) {
            Path file = folder.resolve(reference.uri());
            if (named.add(file)) {
                bytes += wholeFile(file);
            }
        }
        removeOthers(named);
        return new StreamMade.Made(
                plan instanceof StreamPlan.Transcode(int width, int _) ? width : video.width(),
                plan instanceof StreamPlan.Transcode(int _, int height) ? height : video.height(),
                bytes + size(folder.resolve(StreamArguments.PLAYLIST)),
                madeMs,
                playlist.segments().size());
    }

    /** Of the video track: sound may go on after it, and a cut may leave hidden pictures. */
    private static long expected(Probed.Video video) {
        long whole = video.facts().getDurationMs();
        long track = video.tracks().videoDurationMs();
        return whole > 0 && track > 0 ? Math.min(whole, track) : Math.max(whole, track);
    }

    /** One without an end or a segment is left as it is: it is refused anyway. */
    private Playlist withTrueTimes(Playlist told) throws VideoFailure {
        if (!told.ended() || told.segments().isEmpty() || told.attached().isEmpty()) {
            return told;
        }
        for (Playlist.Reference reference : told.references()) {
            wholeFile(folder.resolve(reference.uri()));
        }
        try {
            TruePlaylist.write(folder.resolve(StreamArguments.PLAYLIST), told);
        } catch (FragmentTimes.NotUnderstood e) {
            throw new VideoFailure(
                    ErrorCode.VIDEO_DAMAGED,
                    "The video is damaged: what came of it has no readable times (%s). Write it anew and put that in its place"
                            .formatted(e.getMessage()));
        } catch (IOException e) {
            throw StoreFailure.of(e, folder);
        }
        return playlist();
    }

    private Playlist playlist() throws VideoFailure {
        try {
            return Playlist.read(folder.resolve(StreamArguments.PLAYLIST));
        } catch (VideoFailure e) {
            requireNothingMade();
            throw new VideoFailure(
                    ErrorCode.VIDEO_DAMAGED, "The video is damaged: nothing of it could be made a stream");
        }
    }

    /** Only a film without pictures leaves no playlist: no segment then, and a head that is whole. */
    private void requireNothingMade() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                boolean head = file.endsWith(StreamArguments.INIT);
                if (!head || !Mp4Boxes.areWhole(file)) {
                    throw cutOff(StreamArguments.PLAYLIST);
                }
            }
        } catch (IOException e) {
            throw StoreFailure.of(e, folder);
        }
    }

    private CodedException cutOff(String name) {
        return StoreFailure.of(new IOException(name + " is cut off"), folder);
    }

    /** A full disk cuts files off without ffmpeg's noticing. */
    private long wholeFile(Path file) {
        try {
            if (!Mp4Boxes.areWhole(file)) {
                throw cutOff(file.getFileName().toString());
            }
            return Files.size(file);
        } catch (IOException e) {
            throw StoreFailure.of(e, folder);
        }
    }

    private long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw StoreFailure.of(e, folder);
        }
    }

    private void removeOthers(Set<Path> named) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!named.contains(file)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw StoreFailure.of(e, folder);
        }
    }
}
