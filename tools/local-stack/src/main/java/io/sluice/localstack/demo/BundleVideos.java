package io.sluice.localstack.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The videos of a bundle, each in a folder of its own with all that the upstream delivers beside it. */
final class BundleVideos {

    static final int SECONDS = 5;

    private static final int FIRST_SEED = 3000;
    private static final String TRANSCRIPT = """
            WEBVTT

            00:00.000 --> 00:02.000
            The camera moves over %s.

            00:02.000 --> 00:05.000
            It comes to rest.
            """;

    private final BundleWriter wanted;

    BundleVideos(BundleWriter wanted) {
        this.wanted = wanted;
    }

    /** Writes one and describes it. */
    ObjectNode write(Path payload, int number) throws IOException {
        String hash = BundleWriter.externalHash(wanted.series, "video", number);
        String below = "videos/" + hash;
        Path folder = Files.createDirectories(payload.resolve(below));
        Path video = folder.resolve("video.mp4");
        long seed = FIRST_SEED + number + (long) wanted.series.hashCode();
        Clip.landscape(wanted.width, wanted.height, SECONDS, seed)
                .sound("-c:a", "aac", "-b:a", "96k")
                .write(video);
        stream(video, Files.createDirectories(folder.resolve("hls")));
        Files.writeString(folder.resolve("transcript.vtt"), TRANSCRIPT.formatted(wanted.title), StandardCharsets.UTF_8);
        Files.write(folder.resolve("cloud-package.json"), BundleWriter.bytes(cloudPackage(hash)));
        Files.write(
                folder.resolve("cover.jpg"),
                Jpeg.of(Painter.landscape(wanted.width, wanted.height, seed))
                        .withComment("cover of video " + number + " of " + wanted.series)
                        .bytes());
        if (wanted.provenance) {
            Files.createDirectories(folder.resolve("source"));
            Files.write(folder.resolve("source/source.json"), BundleWriter.bytes(BundleSources.video(wanted, number)));
        }
        return BundleManifest.video(wanted, number, Files.size(video));
    }

    /** As renderers do: the video's own packets, in pieces. */
    private static void stream(Path video, Path folder) throws IOException {
        RunFfmpeg.run(List.of(
                "-i",
                video.toString(),
                "-c",
                "copy",
                "-fflags",
                "+bitexact",
                "-f",
                "hls",
                "-hls_time",
                "2",
                "-hls_playlist_type",
                "vod",
                "-hls_segment_type",
                "fmp4",
                "-hls_fmp4_init_filename",
                "init.mp4",
                "-hls_segment_filename",
                folder.resolve("seg_%05d.m4s").toString(),
                folder.resolve("playlist.m3u8").toString()));
    }

    private ObjectNode cloudPackage(String hash) {
        ObjectNode json = BundleWriter.object();
        json.put("package", "video_simple").put("asset_hash", hash).put("title", wanted.title);
        json.putArray("files").add("video.mp4").add("hls/playlist.m3u8").add("transcript.vtt");
        return json;
    }
}
