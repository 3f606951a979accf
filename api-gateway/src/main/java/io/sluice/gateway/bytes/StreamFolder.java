package io.sluice.gateway.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import com.google.protobuf.ByteString;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.media.v1.StoredRendition;

/**
 * The folder of a stream in the store; nothing outside of it is reached by its names.
 *
 * @param folder without links
 * @param playlist name of the file that the stable address means
 */
record StreamFolder(Path folder, String playlist) {

    /** The name of the playlist in addresses, whatever the one that was delivered is called. */
    static final String PLAYLIST = "playlist.m3u8";

    static final String PLAYLIST_TYPE = "application/vnd.apple.mpegurl";

    private static final String PLAYLIST_ENDING = ".m3u8";

    /** What a writer has not finished yet. */
    private static final String UNFINISHED = ".tmp";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("m3u8", PLAYLIST_TYPE),
            Map.entry("mp4", "video/mp4"),
            Map.entry("m4v", "video/mp4"),
            Map.entry("m4s", "video/iso.segment"),
            Map.entry("cmfv", "video/iso.segment"),
            Map.entry("cmfa", "audio/mp4"),
            Map.entry("m4a", "audio/mp4"),
            Map.entry("ts", "video/mp2t"),
            Map.entry("aac", "audio/aac"),
            Map.entry("vtt", "text/vtt"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"));

    /** @throws IOException when its playlist is not in the store */
    static StreamFolder of(Path store, StoredRendition stream) throws IOException {
        Path playlist = FileWithin.resolve(store, ByteString.EMPTY, ByteString.copyFromUtf8(stream.getFile()))
                .path();
        return new StreamFolder(
                Objects.requireNonNull(playlist.getParent()),
                playlist.getFileName().toString());
    }

    /**
     * A file of the stream.
     *
     * @param name below the folder, '/' between names
     * @throws CodedException {@code NOT_FOUND} when the name leads out of the folder or is none of a stream's
     * @throws IOException when there is no such file
     */
    FileWithin file(String name) throws IOException {
        if (name.startsWith(".") || name.contains("/.") || name.endsWith(UNFINISHED)) {
            throw noSuchFile();
        }
        return FileWithin.resolve(
                folder, ByteString.EMPTY, ByteString.copyFromUtf8(name.equals(PLAYLIST) ? playlist : name));
    }

    /** Whether its playlist can be seen now. */
    boolean isThere() {
        return Files.isRegularFile(folder.resolve(playlist));
    }

    static boolean isPlaylist(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(PLAYLIST_ENDING);
    }

    static String mediaType(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, "application/octet-stream");
    }

    static CodedException noSuchFile() {
        return new CodedException(
                ErrorCode.NOT_FOUND,
                "The stream has no such file (yet); its playlist names those it has. Load the playlist again.");
    }
}
