package io.sluice.media.video;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import io.sluice.contract.ErrorCode;

/** Looks whether a delivered stream is whole and stays in its folder. Nothing of it is decoded. */
final class CheckPlaylist {

    private static final int MOST_PLAYLISTS = 100;
    private static final int MOST_FILES = 200_000;

    PlaylistChecked check(Path playlist, OptionalLong durationMs) {
        try {
            return new Walk(playlist).whole(durationMs);
        } catch (VideoFailure e) {
            return new PlaylistChecked.Refused(e.code(), e.reason());
        } catch (UncheckedIOException e) {
            return new PlaylistChecked.Refused(
                    ErrorCode.FILE_UNREADABLE,
                    "The stream cannot be read, check its permissions and disk: " + e.getCause());
        }
    }

    /** One look; collects the files that are needed, with their sizes. */
    private static final class Walk {

        private final Path root;
        private final Path start;
        private final Map<Path, Long> files = new LinkedHashMap<>();

        Walk(Path playlist) throws VideoFailure {
            Path absolute = playlist.toAbsolutePath().normalize();
            Path parent = absolute.getParent();
            if (parent == null) {
                throw Playlist.invalid("The playlist is no file");
            }
            this.root = parent;
            this.start = absolute;
        }

        PlaylistChecked.Whole whole(OptionalLong expectedMs) throws VideoFailure {
            Playlist playlist = playlist(start);
            List<Playlist> media = playlist.master() ? variants(playlist) : List.of(playlist);
            long longest = 0;
            int segments = 0;
            for (Playlist one : media) {
                longest = Math.max(longest, one.durationMs());
                segments += one.segments().size();
            }
            for (Playlist one : media) {
                requireLength(one.durationMs(), expectedMs.orElse(longest));
            }
            long bytes = files.values().stream().mapToLong(Long::longValue).sum();
            Playlist.Variant largest = playlist.variants().stream()
                    .max(Comparator.comparingLong(v -> (long) v.width() * v.height()))
                    .orElse(new Playlist.Variant("", 0, 0));
            return new PlaylistChecked.Whole(
                    List.copyOf(files.keySet()), bytes, longest, segments, largest.width(), largest.height());
        }

        private List<Playlist> variants(Playlist master) throws VideoFailure {
            if (master.variants().size() > MOST_PLAYLISTS) {
                throw Playlist.invalid("The playlist names more than " + MOST_PLAYLISTS + " others");
            }
            references(master, start);
            List<Playlist> media = new ArrayList<>();
            for (Playlist.Variant variant : master.variants()) {
                Path file = resolved(start, variant.uri());
                if (files.containsKey(root.relativize(file))) {
                    continue;
                }
                Playlist one = playlist(file);
                if (one.master()) {
                    throw Playlist.invalid("A playlist that is named by another names playlists again");
                }
                media.add(one);
            }
            return media;
        }

        /** Read, and with everything that its lines name. */
        private Playlist playlist(Path file) throws VideoFailure {
            need(file, 0);
            Playlist playlist = Playlist.read(file);
            if (!playlist.master()) {
                if (playlist.segments().isEmpty()) {
                    throw Playlist.invalid("The playlist names no segment");
                }
                if (!playlist.ended()) {
                    throw Playlist.invalid("The playlist has no end (#EXT-X-ENDLIST): it was delivered unfinished");
                }
                references(playlist, file);
            }
            return playlist;
        }

        private void references(Playlist playlist, Path file) throws VideoFailure {
            for (Playlist.Reference reference : playlist.references()) {
                need(resolved(file, reference.uri()), reference.from() + reference.bytes());
            }
        }

        private void need(Path file, long atLeast) throws VideoFailure {
            Path relative = root.relativize(file);
            Long known = files.get(relative);
            long size = known == null ? size(file, relative) : known;
            files.put(relative, size);
            if (size < atLeast) {
                throw Playlist.invalid("%s is shorter than a segment in it".formatted(relative));
            }
            if (files.size() > MOST_FILES) {
                throw Playlist.invalid("The stream has more than " + MOST_FILES + " files");
            }
        }

        private long size(Path file, Path relative) throws VideoFailure {
            try {
                for (Path step = file; step != null && !step.equals(root); step = step.getParent()) {
                    if (Files.isSymbolicLink(step)) {
                        throw Playlist.invalid("%s is a link".formatted(relative));
                    }
                }
                if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw Playlist.invalid(
                            Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                                    ? "%s is no file".formatted(relative)
                                    : "%s is not there".formatted(relative));
                }
                long size = Files.size(file);
                if (size == 0) {
                    throw Playlist.invalid("%s is empty".formatted(relative));
                }
                return size;
            } catch (NoSuchFileException e) {
                throw Playlist.invalid("%s is not there".formatted(relative));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Path resolved(Path from, String uri) throws VideoFailure {
            String name = decoded(uri);
            Path folder = from.resolveSibling("");
            try {
                Path file = folder.resolve(name).normalize();
                boolean inside = !name.startsWith("/") && file.startsWith(root) && !file.equals(root);
                if (inside) {
                    return file;
                }
            } catch (InvalidPathException e) {
                throw Playlist.invalid("A line names a file that cannot be: " + shown(uri));
            }
            throw Playlist.invalid("A line leaves the stream's folder: " + shown(uri));
        }

        private static String decoded(String uri) throws VideoFailure {
            if (uri.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*") || uri.startsWith("//")) {
                throw Playlist.invalid("A line names an address, no file beside it: " + shown(uri));
            }
            try {
                // A plus stands for itself in a path.
                String name = URLDecoder.decode(uri.replace("+", "%2B"), StandardCharsets.UTF_8);
                if (name.isBlank() || name.indexOf('\\') >= 0 || name.chars().anyMatch(c -> c < ' ')) {
                    throw Playlist.invalid("A line names a file that cannot be: " + shown(uri));
                }
                return name;
            } catch (IllegalArgumentException e) {
                throw Playlist.invalid("A line names a file that cannot be: " + shown(uri));
            }
        }

        private static String shown(String uri) {
            String plain = uri.replaceAll("\\p{Cntrl}", " ");
            return plain.length() > 80 ? plain.substring(0, 80) + "…" : plain;
        }

        private static void requireLength(long madeMs, long durationMs) throws VideoFailure {
            if (StreamFolder.isCutOff(madeMs, durationMs)) {
                throw Playlist.invalid("The stream is cut off: its segments add up to %.1f s of %.1f s"
                        .formatted(madeMs / 1000.0, durationMs / 1000.0));
            }
        }
    }
}
