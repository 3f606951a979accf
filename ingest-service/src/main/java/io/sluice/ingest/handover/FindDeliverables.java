package io.sluice.ingest.handover;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.handover.PayloadFolder.Payload;
import io.sluice.ingest.location.FileStat;
import io.sluice.ingest.location.RelativePath;

/**
 * Looks for what a video brings ready-made. What is missing is left out with a word: the video itself is whole without
 * it. Nothing is opened; whether a stream is whole is for media to say, which plays it.
 */
public final class FindDeliverables {

    private static final List<String> PLAYLISTS = List.of("playlist.m3u8", "index.m3u8", "master.m3u8");
    private static final String PLAYLIST_ENDING = ".m3u8";

    private FindDeliverables() {}

    /** @param path below the library's root; of a stream its entry playlist */
    public record Delivered(Deliverable what, RelativePath path, FileStat stat) {}

    /** @param leftOut sentences about what is not there */
    public record Found(List<Delivered> files, List<String> leftOut) {

        public static final Found NOTHING = new Found(List.of(), List.of());
    }

    /** @throws CodedException {@code PATH_ESCAPES}, {@code FILE_UNREADABLE}; {@code LIBRARY_STALE} without the mount */
    public static Found find(PayloadFolder payload, Deliverables wanted) {
        List<Delivered> files = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (Deliverable what : Deliverable.values()) {
            String path = wanted.paths().get(what);
            if (path == null) {
                continue;
            }
            Payload.File file = what == Deliverable.HLS ? playlist(payload, path) : file(payload, what, path);
            if (file == null) {
                leftOut.add(what.field() + " was left out: " + path
                        + (what == Deliverable.HLS ? " is no playlist and no folder with one" : " is not there")
                        + ". Deliver the bundle again with it.");
            } else {
                files.add(new Delivered(what, file.relative(), file.stat()));
            }
        }
        return new Found(List.copyOf(files), List.copyOf(leftOut));
    }

    /** A manifest names the playlist or its folder; the folder's is one of the usual names, or the only one there. */
    private static Payload.@Nullable File playlist(PayloadFolder payload, String named) {
        String path = named.endsWith("/") ? named.substring(0, named.length() - 1) : named;
        Payload.File itself = file(payload, Deliverable.HLS, path);
        if (itself != null) {
            return itself;
        }
        for (String name : PLAYLISTS) {
            Payload.File usual = file(payload, Deliverable.HLS, path + "/" + name);
            if (usual != null) {
                return usual;
            }
        }
        List<String> others = payload.names(bytes(path), 2, name -> name.endsWith(PLAYLIST_ENDING));
        return others.size() == 1 ? file(payload, Deliverable.HLS, path + "/" + others.getFirst()) : null;
    }

    private static Payload.@Nullable File file(PayloadFolder payload, Deliverable what, String path) {
        return switch (payload.find(bytes(path))) {
            case Payload.File found -> found;
            case Payload.Missing _ -> null;
            case Payload.Escapes(String sentence) ->
                throw new CodedException(ErrorCode.PATH_ESCAPES, "Of " + what.field() + ": " + sentence);
            case Payload.Unreadable(String sentence) ->
                throw new CodedException(ErrorCode.FILE_UNREADABLE, "Of " + what.field() + ": " + sentence);
        };
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }
}
