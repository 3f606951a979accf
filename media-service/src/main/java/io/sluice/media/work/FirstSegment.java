package io.sluice.media.work;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.store.StoreFailure;

/**
 * What a player reads first of a stream: a segment, with the header before it that segments of fragmented MP4 need.
 *
 * @param parts files in their order
 */
record FirstSegment(List<Path> parts) {

    private static final String SEGMENT_FOLLOWS = "#EXTINF";
    private static final Pattern MAP = Pattern.compile("#EXT-X-MAP:.*URI=\"([^\"]+)\".*");
    private static final long LARGEST_PLAYLIST = 16L << 20;

    /** @param files relative to the folder; a checked stream's, so that one of them is a playlist with segments */
    static FirstSegment of(Path folder, List<Path> files) {
        for (Path name : files) {
            Path file = folder.resolve(name);
            Optional<FirstSegment> found = read(file);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new CodedException(ErrorCode.INTERNAL, "A checked stream without a segment: " + folder);
    }

    private static Optional<FirstSegment> read(Path playlist) {
        List<Path> parts = new ArrayList<>();
        boolean follows = false;
        for (String line : lines(playlist)) {
            Matcher map = MAP.matcher(line);
            if (map.matches() && parts.isEmpty()) {
                parts.add(resolve(playlist, map.group(1)));
            }
            follows |= line.startsWith(SEGMENT_FOLLOWS);
            if (follows && !line.isBlank() && !line.startsWith("#")) {
                Path segment = resolve(playlist, line.strip());
                // A stream of one file has its header in front already.
                if (!parts.contains(segment)) {
                    parts.add(segment);
                }
                return Optional.of(new FirstSegment(List.copyOf(parts)));
            }
        }
        return Optional.empty();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.size(file) <= LARGEST_PLAYLIST && begins(file)
                    ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                            .lines()
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw StoreFailure.of(e, file);
        }
    }

    private static boolean begins(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(10), StandardCharsets.UTF_8).contains("#EXTM3U");
        }
    }

    /** As it was checked: relative, percent-encoded. */
    private static Path resolve(Path playlist, String uri) {
        String plain = URLDecoder.decode(uri.replace("+", "%2B"), StandardCharsets.UTF_8);
        return playlist.resolveSibling(plain).normalize();
    }

    void write(Path target) {
        try (OutputStream out = Files.newOutputStream(target)) {
            for (Path part : parts) {
                Files.copy(part, out);
            }
        } catch (IOException e) {
            throw StoreFailure.of(e, target);
        }
    }
}
