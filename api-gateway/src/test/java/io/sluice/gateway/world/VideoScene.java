package io.sluice.gateway.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.MediaFacts;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.contract.media.v1.VideoFacts;

/** Videos of the library Pictures with their streams in every state, as media keeps and tells them. */
public final class VideoScene {

    private static final String PLAYLIST_TYPE = "application/vnd.apple.mpegurl";

    /** Painted once: what is on it does not matter here. */
    private static final Picture POSTER = Picture.painted(5).within(1440);

    private static final Picture THUMBNAIL = POSTER.within(250);

    private final World world;

    public VideoScene(World world) {
        this.world = world;
    }

    /** A video whose stream nobody has begun; its poster and thumbnail are there. */
    public AssetState pending(String path, Instant takenAt) {
        AssetState video = world.asset(path, ("bytes of " + path).getBytes(UTF_8), "video/mp4", takenAt);
        emptyFolder(world.store().resolve(folder(video, "")));
        world.media.video(video.getContentHash(), World.PICTURES);
        told(
                video,
                stream(video, RenditionLifecycle.RENDITION_LIFECYCLE_PENDING).build());
        return video;
    }

    /** A video whose stream is whole. */
    public AssetState ready(String path, Instant takenAt) {
        AssetState video = pending(path, takenAt);
        finish(video, tree(video, 3, true));
        return video;
    }

    /** A video whose stream cannot be made, or was given up. */
    public AssetState ended(
            String path, RenditionLifecycle lifecycle, String errorCode, String reason, Instant takenAt) {
        AssetState video = pending(path, takenAt);
        StoredRendition.Builder stream = stream(video, lifecycle);
        stream.getStateBuilder().setErrorCode(errorCode).setReason(reason);
        told(video, stream.build());
        return video;
    }

    /** The stream grows: the first segments are there, in the folder of the work that makes it. */
    public void grow(AssetState video, int segments, int permille) {
        grow(video, tree(video, segments, false), permille);
    }

    /** The stream grows: these files are there. */
    public void grow(AssetState video, Map<String, byte[]> files, int permille) {
        String folder = folder(video, ".hls@1.17");
        write(folder, files);
        told(
                video,
                stream(video, RenditionLifecycle.RENDITION_LIFECYCLE_RUNNING)
                        .setFile(folder + "/playlist.m3u8")
                        .setPermille(permille)
                        .build());
    }

    /** The stream is whole: the folder it grew in, if it did, is gone. */
    public void finish(AssetState video, Map<String, byte[]> files) {
        Path grown = world.store().resolve(folder(video, ".hls@1.17"));
        String folder = folder(video, "hls@1");
        if (Files.isDirectory(grown)) {
            move(grown, world.store().resolve(folder));
        }
        write(folder, files);
        ready(video, folder + "/playlist.m3u8", 1, files);
    }

    /** The stream's folder stands in its last place; media's row still tells of the one it grew in. */
    public void move(AssetState video) {
        move(world.store().resolve(folder(video, ".hls@1.17")), world.store().resolve(folder(video, "hls@1")));
    }

    /** A stream that was delivered ready-made, with the playlist called as it was delivered. */
    public void deliver(AssetState video, String playlist, Map<String, byte[]> files) {
        write(folder(video, "hls@0"), files);
        ready(video, folder(video, "hls@0") + "/" + playlist, 0, files);
    }

    /** What a stream is made of; bytes that tell every file from every other one. */
    public static Map<String, byte[]> tree(AssetState video, int segments, boolean whole) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        StringBuilder playlist = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:4\n"
                + "#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-MAP:URI=\"init.mp4\"\n");
        files.put("init.mp4", bytes(video, "init.mp4"));
        for (int i = 0; i < segments; i++) {
            String name = "seg_%05d.m4s".formatted(i);
            files.put(name, bytes(video, name));
            playlist.append("#EXTINF:4.000000,\n").append(name).append('\n');
        }
        files.put(
                "playlist.m3u8",
                playlist.append(whole ? "#EXT-X-ENDLIST\n" : "").toString().getBytes(UTF_8));
        return files;
    }

    /** The folder of a stream below the store. */
    public static String folder(AssetState video, String name) {
        String hex = World.hex(video);
        return hex.substring(0, 2) + "/" + hex + "/" + name;
    }

    private void ready(AssetState video, String file, int profileVersion, Map<String, byte[]> files) {
        StoredRendition.Builder stream = stream(video, RenditionLifecycle.RENDITION_LIFECYCLE_READY)
                .setFile(file)
                .setProvided(profileVersion == 0);
        stream.getStateBuilder()
                .setProfileVersion(profileVersion)
                .setMediaType(PLAYLIST_TYPE)
                .setWidth(1280)
                .setHeight(720)
                .setBytes(files.values().stream().mapToLong(each -> each.length).sum());
        told(video, stream.build());
    }

    private StoredRendition.Builder stream(AssetState video, RenditionLifecycle lifecycle) {
        return StoredRendition.newBuilder()
                .setState(RenditionState.newBuilder()
                        .setContentHash(video.getContentHash())
                        .setVersion(world.nextVersion())
                        .setName("hls")
                        .setProfileVersion(1)
                        .setLifecycle(lifecycle));
    }

    private void told(AssetState video, StoredRendition stream) {
        world.media.put(AssetRenditions.newBuilder()
                .setContentHash(video.getContentHash())
                .addRenditions(world.stored(video, "thumbnail", THUMBNAIL))
                .addRenditions(world.stored(video, "poster", POSTER))
                .addRenditions(stream)
                .setFacts(MediaFacts.newBuilder()
                        .setContentHash(video.getContentHash())
                        .setWidth(1920)
                        .setHeight(1080)
                        .setFormat("mov,mp4,m4a,3gp,3g2,mj2")
                        .setVideo(VideoFacts.newBuilder()
                                .setDurationMs(61_000)
                                .setVideoCodec("h264")
                                .setAudioCodec("aac")
                                .setRotation(90)
                                .setFrameRate(29.97)
                                .setBitRate(4_500_000)
                                .setPixelFormat("yuv420p")))
                .build());
    }

    private void write(String folder, Map<String, byte[]> files) {
        files.forEach((name, bytes) -> {
            Path file = world.store().resolve(folder).resolve(name);
            try {
                Files.createDirectories(file.getParent());
                Files.write(file, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The same name is the same content, and the tests share a store. */
    private static void emptyFolder(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(AssetState video, String name) {
        return (World.hex(video) + " " + name + " ").repeat(40).getBytes(UTF_8);
    }
}
