package io.sluice.media.video;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** The end of what a program said about itself, for a person: without addresses in memory and names of ours. */
final class LastWords {

    private static final int REMEMBERED = 6;
    private static final int LONGEST = 200;

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        String plain = line.replace(Ffmpeg.SOURCE + ": ", "")
                .replaceAll("\\[[^\\[\\]]{0,60} @ 0x[0-9a-f]+\\] ?", "")
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
        if (!plain.isEmpty()) {
            lines.addLast(plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain);
        }
        if (lines.size() > REMEMBERED) {
            lines.removeFirst();
        }
    }

    synchronized boolean contain(String text) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }

    /** All of it on one line; {@code nothing} when it was silent. */
    synchronized String text() {
        return lines.isEmpty() ? "nothing" : String.join(" | ", lines);
    }

    /** Hands on line by line, each cut to that many bytes, until the stream ends. */
    static void follow(InputStream stream, int longest, Consumer<String> to) {
        byte[] line = new byte[longest];
        int length = 0;
        try (InputStream in = new BufferedInputStream(stream)) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n' || b == '\r') {
                    to.accept(new String(line, 0, length, StandardCharsets.UTF_8));
                    length = 0;
                } else if (length < longest) {
                    line[length++] = (byte) b;
                }
            }
        } catch (IOException e) {
            // It was killed, or its pipe was closed: what it said so far is all.
        }
        if (length > 0) {
            to.accept(new String(line, 0, length, StandardCharsets.UTF_8));
        }
    }
}
