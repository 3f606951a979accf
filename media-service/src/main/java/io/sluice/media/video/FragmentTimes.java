package io.sluice.media.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When the pictures of a stream's segments are shown, as the segments say it themselves. ffmpeg's playlist adds up
 * what pictures last usually, which is wrong where they come at uneven times. Format: ISO/IEC 14496-12, 8.4 (tracks),
 * 8.8 (fragments).
 */
final class FragmentTimes {

    /** Of what describes a segment, without its pictures; an hour between two key frames needs less. */
    private static final int LARGEST = 32 << 20;

    private static final int HEADER = 8;
    private static final int VIDEO = 0x76696465; // vide

    /** It was read, and is not as the format says. */
    static final class NotUnderstood extends IOException {

        private static final long serialVersionUID = 1;

        NotUnderstood(String what) {
            super(what);
        }
    }

    private record Track(int id, long timescale, long usualDuration) {}

    private final Track track;

    private FragmentTimes(Track track) {
        this.track = track;
    }

    /**
     * @param head the initialisation section
     * @throws IOException when it cannot be read or has no video track
     */
    static FragmentTimes of(Path head) throws IOException {
        ByteBuffer movie = box(head, "moov");
        Map<Integer, Long> usual = new TreeMap<>();
        for (ByteBuffer extension : inside(movie, "mvex")) {
            for (ByteBuffer trex : inside(extension, "trex")) {
                usual.put(trex.getInt(4), Integer.toUnsignedLong(trex.getInt(12)));
            }
        }
        for (ByteBuffer track : inside(movie, "trak")) {
            ByteBuffer media = only(track, "mdia");
            if (only(media, "hdlr").getInt(8) == VIDEO) {
                ByteBuffer header = only(track, "tkhd");
                int id = header.getInt(header.get(0) == 1 ? 20 : 12);
                ByteBuffer times = only(media, "mdhd");
                long timescale = Integer.toUnsignedLong(times.getInt(times.get(0) == 1 ? 20 : 12));
                if (timescale > 0) {
                    return new FragmentTimes(new Track(id, timescale, usual.getOrDefault(id, 0L)));
                }
            }
        }
        throw new NotUnderstood(head.getFileName() + " describes no video track");
    }

    /**
     * When pictures of a segment are shown, from the first to the end of the last, in microseconds of the stream's own time.
     */
    record Span(long from, long to) {}

    /**
     * Nothing of one that has sound alone.
     *
     * @throws IOException when it cannot be read
     */
    Optional<Span> spanOf(Path segment) throws IOException {
        Units units = new Units();
        for (ByteBuffer fragment : boxes(segment, "moof")) {
            for (ByteBuffer part : inside(fragment, "traf")) {
                add(part, units);
            }
        }
        return units.from > units.to ? Optional.empty() : Optional.of(new Span(micros(units.from), micros(units.to)));
    }

    private long micros(long units) {
        return Math.round(units * 1e6 / track.timescale);
    }

    /** The smallest and the largest time so far. */
    private static final class Units {
        private long from = Long.MAX_VALUE;
        private long to = Long.MIN_VALUE;

        void show(long at, long duration) {
            from = Math.min(from, at);
            to = Math.max(to, at + duration);
        }
    }

    private void add(ByteBuffer part, Units units) throws IOException {
        ByteBuffer header = only(part, "tfhd");
        if (header.getInt(4) != track.id) {
            return;
        }
        int flags = header.getInt(0);
        int at = 8 + ((flags & 0x1) != 0 ? 8 : 0) + ((flags & 0x2) != 0 ? 4 : 0);
        long usual = (flags & 0x8) != 0 ? Integer.toUnsignedLong(header.getInt(at)) : track.usualDuration;
        ByteBuffer decoded = only(part, "tfdt");
        long time = decoded.get(0) == 1 ? decoded.getLong(4) : Integer.toUnsignedLong(decoded.getInt(4));
        for (ByteBuffer run : inside(part, "trun")) {
            time = addRun(run, time, usual, units);
        }
    }

    /** Pictures stand in the order of decoding; how much later each is shown stands beside it. */
    private static long addRun(ByteBuffer run, long begin, long usual, Units units) {
        int flags = run.getInt(0);
        int at = 8 + ((flags & 0x1) != 0 ? 4 : 0) + ((flags & 0x4) != 0 ? 4 : 0);
        int each = 4 * Integer.bitCount(flags & 0xF00);
        long time = begin;
        for (int picture = 0; picture < run.getInt(4); picture++) {
            int entry = at + picture * each;
            long duration = (flags & 0x100) != 0 ? Integer.toUnsignedLong(run.getInt(entry)) : usual;
            // Version 1 has signed ones; those of version 0 are never so large.
            long later = (flags & 0x800) != 0 ? run.getInt(entry + each - 4) : 0;
            units.show(time + later, duration);
            time += duration;
        }
        return time;
    }

    private static ByteBuffer box(Path file, String type) throws IOException {
        List<ByteBuffer> found = boxes(file, type);
        if (found.isEmpty()) {
            throw new NotUnderstood(file.getFileName() + " has no " + type);
        }
        return found.getFirst();
    }

    /** The bodies of a file's outer boxes of that type; others are not read. */
    private static List<ByteBuffer> boxes(Path file, String type) throws IOException {
        List<ByteBuffer> found = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file)) {
            long at = 0;
            ByteBuffer header = ByteBuffer.allocate(2 * HEADER);
            while (channel.read(header.clear(), at) >= HEADER) {
                long length = Integer.toUnsignedLong(header.getInt(0));
                int head = length == 1 ? 2 * HEADER : HEADER;
                length = length == 1 ? header.getLong(HEADER) : length;
                if (length < head) {
                    throw new NotUnderstood(file.getFileName() + " has a box without a length");
                }
                if (header.getInt(4) == code(type)) {
                    found.add(read(channel, at + head, length - head));
                }
                at += length;
            }
        }
        return found;
    }

    private static ByteBuffer read(FileChannel channel, long at, long length) throws IOException {
        if (length > LARGEST) {
            throw new NotUnderstood("a description of " + length + " bytes");
        }
        ByteBuffer body = ByteBuffer.allocate((int) length);
        while (body.hasRemaining() && channel.read(body, at + body.position()) > 0) {
            continue;
        }
        return body.flip();
    }

    private static ByteBuffer only(ByteBuffer box, String type) throws IOException {
        List<ByteBuffer> found = inside(box, type);
        if (found.isEmpty()) {
            throw new NotUnderstood("a description without " + type);
        }
        return found.getFirst();
    }

    private static List<ByteBuffer> inside(ByteBuffer box, String type) {
        List<ByteBuffer> found = new ArrayList<>();
        int at = 0;
        while (at + HEADER <= box.limit()) {
            long length = Integer.toUnsignedLong(box.getInt(at));
            if (length < HEADER || length > box.limit() - at) {
                return found;
            }
            if (box.getInt(at + 4) == code(type)) {
                found.add(box.slice(at + HEADER, (int) length - HEADER));
            }
            at += (int) length;
        }
        return found;
    }

    private static int code(String type) {
        return type.charAt(0) << 24 | type.charAt(1) << 16 | type.charAt(2) << 8 | type.charAt(3);
    }
}
