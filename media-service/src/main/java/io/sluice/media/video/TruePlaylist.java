package io.sluice.media.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Has a playlist that ffmpeg wrote say how long its segments really are. */
final class TruePlaylist {

    private static final String DURATION = "#EXTINF:";
    private static final String LONGEST = "#EXT-X-TARGETDURATION:";

    private TruePlaylist() {}

    /** Writes it anew, under another name first, for somebody may be reading it. */
    static void write(Path playlist, Playlist read) throws IOException {
        Path folder = playlist.resolveSibling(".");
        FragmentTimes times =
                FragmentTimes.of(folder.resolve(read.attached().getFirst().uri()));
        List<Optional<FragmentTimes.Span>> spans = new ArrayList<>();
        for (Playlist.Segment segment : read.segments()) {
            spans.add(times.spanOf(folder.resolve(segment.file().uri())));
        }
        List<Long> micros = lengths(read.segments(), spans);
        long longest =
                Math.round(micros.stream().mapToLong(Long::longValue).max().orElse(0) / 1e6);
        List<String> lines = new ArrayList<>();
        int next = 0;
        for (String line : Files.readAllLines(playlist)) {
            if (line.startsWith(DURATION)) {
                lines.add(String.format(Locale.ROOT, "%s%.6f,", DURATION, micros.get(next) / 1e6));
                next++;
            } else {
                lines.add(line.startsWith(LONGEST) ? LONGEST + Math.max(1, longest) : line);
            }
        }
        Path anew = playlist.resolveSibling(playlist.getFileName() + ".true");
        Files.write(anew, lines);
        Files.move(anew, playlist, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A segment lasts until the next one begins. Beside one without pictures it lasts as long as ffmpeg said. */
    private static List<Long> lengths(List<Playlist.Segment> told, List<Optional<FragmentTimes.Span>> spans) {
        List<Long> lengths = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            Optional<FragmentTimes.Span> span = spans.get(i);
            Optional<Long> end = i + 1 < spans.size()
                    ? spans.get(i + 1).map(FragmentTimes.Span::from)
                    : span.map(FragmentTimes.Span::to);
            long toldMicros = told.get(i).micros();
            lengths.add(span.flatMap(shown -> end.map(at -> Math.max(0, at - shown.from())))
                    .orElse(toldMicros));
        }
        return lengths;
    }
}
