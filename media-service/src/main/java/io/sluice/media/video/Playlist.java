package io.sluice.media.video;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;

/**
 * A playlist, as far as it must be understood to know that it is whole. Format: RFC 8216.
 *
 * @param master whether it names other playlists and no segments
 * @param segments of a media playlist, in order
 * @param variants of a master playlist
 * @param attached what tags name: initialisation sections, keys, renditions
 */
record Playlist(
        boolean master, boolean ended, List<Segment> segments, List<Variant> variants, List<Reference> attached) {

    /** A file that is named; {@code bytes} of it are needed from {@code from} on, all of it when 0. */
    record Reference(String uri, long from, long bytes) {}

    record Segment(Reference file, long micros) {}

    /** A media playlist that a master names; sizes are 0 where it says none. */
    record Variant(String uri, int width, int height) {}

    private static final int LARGEST = 8 << 20;
    private static final int MOST_SEGMENTS = 200_000;
    private static final Pattern URI_ATTRIBUTE = Pattern.compile("[:,]URI=\"([^\"]*)\"");
    private static final Pattern RESOLUTION = Pattern.compile("[:,]RESOLUTION=(\\d{1,5})x(\\d{1,5})");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,15})(?:@(\\d{1,15}))?");
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,12})?)(?:,.*)?");

    /** The sum of its segments. */
    long durationMs() {
        return segments.stream().mapToLong(Segment::micros).sum() / 1000;
    }

    /** Segments and what tags name. */
    List<Reference> references() {
        List<Reference> all = new ArrayList<>(attached);
        segments.forEach(segment -> all.add(segment.file()));
        return all;
    }

    /** @throws VideoFailure {@code PLAYLIST_INVALID}, or why it could not be read */
    static Playlist read(Path file) throws VideoFailure {
        return new Reader().read(text(file));
    }

    private static String text(Path file) throws VideoFailure {
        try {
            if (!Files.isRegularFile(file)) {
                throw invalid(Files.exists(file) ? "The playlist is no file" : "The playlist is not there");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw invalid("The playlist is larger than " + LARGEST + " bytes");
                }
                String text = new String(bytes, StandardCharsets.UTF_8);
                return text.startsWith("\uFEFF") ? text.substring(1) : text;
            }
        } catch (NoSuchFileException e) {
            throw invalid("The playlist is not there");
        } catch (IOException e) {
            throw new VideoFailure(
                    ErrorCode.FILE_UNREADABLE, "The playlist cannot be read, check its permissions and disk: " + e);
        }
    }

    static VideoFailure invalid(String reason) {
        return new VideoFailure(ErrorCode.PLAYLIST_INVALID, reason);
    }

    /** One pass over the lines. */
    private static final class Reader {

        private final List<Segment> segments = new ArrayList<>();
        private final List<Variant> variants = new ArrayList<>();
        private final List<Reference> attached = new ArrayList<>();
        private long micros = -1;
        private @Nullable String variant;
        private @Nullable String range;
        private long rangeEnd;
        private boolean renditions;
        private boolean ended;

        Playlist read(String text) throws VideoFailure {
            List<String> lines = text.lines().map(String::strip).toList();
            if (lines.isEmpty() || !lines.getFirst().equals("#EXTM3U")) {
                throw invalid("It is no playlist: it does not begin with #EXTM3U");
            }
            for (String line : lines) {
                if (line.startsWith("#EXT")) {
                    tag(line);
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    uri(line);
                }
                if (segments.size() > MOST_SEGMENTS) {
                    throw invalid("The playlist has more than " + MOST_SEGMENTS + " segments");
                }
            }
            boolean master = !variants.isEmpty() || renditions;
            if (master && !segments.isEmpty()) {
                throw invalid("The playlist names segments and other playlists, which no player understands");
            }
            if (micros >= 0 || variant != null) {
                throw invalid("The playlist ends in the midst of an entry");
            }
            return new Playlist(master, ended, List.copyOf(segments), List.copyOf(variants), List.copyOf(attached));
        }

        private void tag(String line) throws VideoFailure {
            if (line.startsWith("#EXTINF:")) {
                Matcher seconds =
                        SECONDS.matcher(line.substring("#EXTINF:".length()).strip());
                if (!seconds.matches()) {
                    throw invalid("A segment has no duration that can be read");
                }
                micros = Math.round(Double.parseDouble(seconds.group(1)) * 1_000_000);
            } else if (line.startsWith("#EXT-X-BYTERANGE:")) {
                range = line.substring("#EXT-X-BYTERANGE:".length());
            } else if (line.startsWith("#EXT-X-STREAM-INF:")) {
                variant = line;
            } else if (line.equals("#EXT-X-ENDLIST")) {
                ended = true;
            }
            Matcher uri = URI_ATTRIBUTE.matcher(line);
            if (uri.find()) {
                attach(line, uri.group(1));
            }
        }

        private void attach(String line, String uri) {
            boolean playlist = line.startsWith("#EXT-X-MEDIA:") || line.startsWith("#EXT-X-I-FRAME-STREAM-INF:");
            renditions |= playlist;
            if (playlist) {
                variants.add(new Variant(uri, 0, 0));
            } else {
                attached.add(new Reference(uri, 0, 0));
            }
        }

        private void uri(String line) throws VideoFailure {
            if (variant != null) {
                Matcher size = RESOLUTION.matcher(variant);
                boolean sized = size.find();
                variants.add(new Variant(
                        line,
                        sized ? Integer.parseInt(size.group(1)) : 0,
                        sized ? Integer.parseInt(size.group(2)) : 0));
                variant = null;
            } else if (micros >= 0) {
                segments.add(new Segment(reference(line), micros));
                micros = -1;
            } else {
                throw invalid("A line names a file without saying what it is");
            }
        }

        private Reference reference(String uri) throws VideoFailure {
            if (range == null) {
                return new Reference(uri, 0, 0);
            }
            Matcher part = RANGE.matcher(range);
            if (!part.matches() || part.group(1).equals("0")) {
                throw invalid("A segment has a range of bytes that cannot be read");
            }
            long bytes = Long.parseLong(part.group(1));
            long from = part.group(2) == null ? rangeEnd : Long.parseLong(part.group(2));
            rangeEnd = from + bytes;
            range = null;
            return new Reference(uri, from, bytes);
        }
    }
}
