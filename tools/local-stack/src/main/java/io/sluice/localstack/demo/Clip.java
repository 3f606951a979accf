package io.sluice.localstack.demo;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A short video: a slow pan over a painted landscape, with or without a quiet chord. The same settings write the same
 * bytes; one thread each, because encoders divide a picture by their threads.
 */
final class Clip {

    private static final int PICTURES_A_SECOND = 25;
    private static final String CHORD =
            "aevalsrc='0.12*sin(2*PI*220*t)*(0.6+0.4*sin(PI*t))|" + "0.12*sin(2*PI*277*t)*(0.6+0.4*cos(PI*t))':s=48000";

    private final BufferedImage panorama;
    private final int width;
    private final int height;
    private final int seconds;
    private List<String> codec = List.of("-c:v", "libx264", "-preset", "veryfast");
    private List<String> sound = List.of();
    private String pictures = "";

    private Clip(BufferedImage panorama, int width, int height, int seconds) {
        this.panorama = panorama;
        this.width = width;
        this.height = height;
        this.seconds = seconds;
    }

    /** H.264 without sound; even sizes. */
    static Clip landscape(int width, int height, int seconds, long seed) {
        return new Clip(Painter.landscape(2 * width, height, seed), width, height, seconds);
    }

    /** As {@link #landscape}, with a large F that shows which way is up. */
    static Clip letter(int width, int height, int seconds, long seed) {
        return new Clip(Painter.letter(2 * width, height, seed), width, height, seconds);
    }

    /** ffmpeg's options for another codec. */
    Clip codec(String... options) {
        codec = List.of(options);
        return this;
    }

    /** With a chord, encoded so. */
    Clip sound(String... options) {
        sound = List.of(options);
        return this;
    }

    /** Keeps only pictures of which this expression of ffmpeg's {@code select} is true. */
    Clip pictures(String expression) {
        pictures = ",select='" + expression + "'";
        return this;
    }

    /** Turned as a phone held upright stores it: lying on its side, with a word in the header. */
    Clip stored90() {
        pictures = ",transpose=cclock";
        return this;
    }

    /** Writes it to that file, whose ending says the container. */
    void write(Path file) throws IOException {
        Path painted = Files.createTempFile("sluice-clip", ".png");
        try {
            ImageIO.write(panorama, "png", painted.toFile());
            RunFfmpeg.run(arguments(painted, file));
        } finally {
            Files.delete(painted);
        }
    }

    private List<String> arguments(Path painted, Path file) {
        List<String> arguments =
                new ArrayList<>(List.of("-framerate", Integer.toString(PICTURES_A_SECOND), "-i", painted.toString()));
        if (!sound.isEmpty()) {
            arguments.addAll(List.of("-f", "lavfi", "-i", CHORD));
        }
        arguments.addAll(List.of(
                "-vf",
                "loop=loop=-1:size=1:start=0,setpts=N/" + PICTURES_A_SECOND + "/TB,crop=w=" + width + ":h=" + height
                        + ":x='(in_w-out_w)*t/" + seconds + "':y=0" + pictures,
                // Pictures keep their times: none is made up where one was left out.
                "-fps_mode",
                "vfr",
                "-t",
                Integer.toString(seconds),
                "-map_metadata",
                "-1",
                "-fflags",
                "+bitexact",
                "-flags",
                "+bitexact"));
        arguments.addAll(codec);
        arguments.addAll(
                List.of("-g", Integer.toString(2 * PICTURES_A_SECOND), "-threads", "1", "-pix_fmt", "yuv420p"));
        arguments.addAll(sound);
        String name = file.getFileName().toString();
        if (name.endsWith(".mp4") || name.endsWith(".mov")) {
            arguments.addAll(List.of("-movflags", "+faststart"));
        }
        arguments.add(file.toString());
        return arguments;
    }
}
