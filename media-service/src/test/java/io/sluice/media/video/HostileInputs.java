package io.sluice.media.video;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.sluice.media.image.Command;

/** Files that somebody might deliver to do harm, always the same ones. */
final class HostileInputs {

    /** Nothing listens there. */
    private static final String ADDRESS = "http://127.0.0.1:9/x";

    private static final List<String> SCRIPTS = List.of(
            "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n" + ADDRESS + ".ts\n#EXT-X-ENDLIST\n",
            "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
            "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nconcat:" + ADDRESS + "|file:///etc/passwd\n",
            "ffconcat version 1.0\nfile '" + ADDRESS + ".mp4'\nfile '/etc/passwd'\n",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"" + ADDRESS + ".png\"/></svg>",
            "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"" + ADDRESS
                    + "\">]><MPD><BaseURL>&e;</BaseURL></MPD>",
            "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
            ";FFMETADATA1\ntitle=x\n",
            "[playlist]\nFile1=" + ADDRESS + "\n",
            "RTSP/1.0 302 Found\nLocation: rtsp://127.0.0.1:9/x\n\n");

    private final Path folder;
    private final Random random = new Random(20);
    private final List<Path> files = new ArrayList<>();

    private HostileInputs(Path folder) {
        this.folder = folder;
    }

    static List<Path> in(Path folder) throws IOException {
        HostileInputs inputs = new HostileInputs(folder);
        List<Path> good = List.of("mp4", "mkv", "webm", "avi", "ts", "flv").stream()
                .map(TestVideos::tiny)
                .toList();
        inputs.damaged(good);
        inputs.disguised();
        inputs.absurd();
        inputs.bombs();
        inputs.noFiles();
        while (inputs.files.size() < 200) {
            inputs.noise();
        }
        return inputs.files;
    }

    private Path next(String extension) {
        Path file = folder.resolve("%03d.%s".formatted(files.size(), extension));
        files.add(file);
        return file;
    }

    private void damaged(List<Path> good) throws IOException {
        for (int i = 0; i < 100; i++) {
            Path source = good.get(i % good.size());
            byte[] bytes = Files.readAllBytes(source);
            String name = source.getFileName().toString();
            if (i % 3 == 0) {
                bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length - 1));
            } else {
                // Headers at the beginning and, in MP4, at the end are hit as often as what lies between.
                int reach = i % 3 == 1 ? bytes.length : Math.min(bytes.length, 1_500);
                for (int flips = 1 + random.nextInt(40); flips > 0; flips--) {
                    int at = random.nextInt(reach);
                    bytes[i % 2 == 0 ? at : bytes.length - 1 - at] ^= (byte) (1 << random.nextInt(8));
                }
            }
            Files.write(next(name.substring(name.lastIndexOf('.') + 1)), bytes);
        }
    }

    private void disguised() throws IOException {
        for (String script : SCRIPTS) {
            for (String extension : List.of("mp4", "mkv", "m3u8")) {
                Files.writeString(next(extension), script);
            }
            // A subtitle inside an AVI once could be a playlist.
            byte[] avi = Files.readAllBytes(TestVideos.tiny("avi"));
            ByteArrayOutputStream subtitled = new ByteArrayOutputStream();
            subtitled.write(avi);
            subtitled.write("GAB2\0\2\0\0\0\0\0\0\0\4\0".getBytes(StandardCharsets.ISO_8859_1));
            subtitled.write(script.getBytes(StandardCharsets.UTF_8));
            Files.write(next("avi"), subtitled.toByteArray());
        }
    }

    /** Sizes and durations that no device has. */
    private void absurd() throws IOException {
        byte[] mp4 = Files.readAllBytes(TestVideos.tiny("mp4"));
        for (int size : new int[] {0, 1, 16_384, 32_767, 65_535}) {
            Files.write(next("mp4"), patched(mp4, "avc1", 28, (size << 16) | size));
        }
        for (int duration : new int[] {0, 1, Integer.MAX_VALUE, -1}) {
            Files.write(next("mp4"), patched(mp4, "mvhd", 20, duration));
            Files.write(next("mp4"), patched(mp4, "mvhd", 16, duration));
            Files.write(next("mp4"), patched(mp4, "stsz", 12, duration));
            Files.write(next("mp4"), patched(mp4, "stts", 8, duration));
        }
        byte[] avi = Files.readAllBytes(TestVideos.tiny("avi"));
        Files.write(next("avi"), patched(avi, "strf", 12, -1));
        Files.write(next("avi"), patched(avi, "avih", 8, 0));
    }

    private static byte[] patched(byte[] bytes, String box, int offset, int value) {
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(box);
        byte[] patched = bytes.clone();
        ByteBuffer.wrap(patched).putInt(at + offset, value);
        return patched;
    }

    private void bombs() throws IOException {
        for (String magic :
                List.of("", "\0\0\0\1mdat\0\0\0\1\0\0\0\0", "\u001aE\u00df\u00a3\u0001\u0000\u0000\u0000")) {
            try (RandomAccessFile sparse = new RandomAccessFile(next("mp4").toFile(), "rw")) {
                sparse.write(magic.getBytes(StandardCharsets.ISO_8859_1));
                sparse.setLength(32L << 20);
            }
        }
        for (String extension : List.of("mp4", "mkv")) {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(next(extension)))) {
                zip.putNextEntry(new ZipEntry("x.mp4"));
                zip.write(new byte[4 << 20]);
            }
        }
    }

    private void noFiles() throws IOException {
        Files.createFile(next("mp4"));
        Files.createDirectory(next("mp4"));
        Command.run("mkfifo", next("mp4").toString());
        Path loop = next("mp4");
        Files.createSymbolicLink(loop, loop);
        Files.createSymbolicLink(next("mp4"), folder.resolve("nowhere"));
        next("mp4");
    }

    private void noise() throws IOException {
        byte[] noise = new byte[1 + random.nextInt(20_000)];
        random.nextBytes(noise);
        byte[] head = Files.readAllBytes(
                TestVideos.tiny(List.of("mp4", "mkv", "avi", "ts", "flv").get(files.size() % 5)));
        System.arraycopy(head, 0, noise, 0, Math.min(noise.length, random.nextInt(400)));
        Files.write(next("mkv"), noise);
    }
}
