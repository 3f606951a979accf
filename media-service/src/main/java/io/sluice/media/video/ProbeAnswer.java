package io.sluice.media.video;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.sluice.contract.ErrorCode;
import io.sluice.contract.media.v1.VideoFacts;

/** What ffprobe printed, read with distrust: every number in it may come from a hostile file. */
final class ProbeAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,6}):(\\d{2}):(\\d{2}(?:\\.\\d{1,9})?)");
    private static final double FLATTEST = 10;

    private final JsonNode answer;

    ProbeAnswer(String json) throws VideoFailure {
        try {
            this.answer = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new VideoFailure(ErrorCode.VIDEO_DAMAGED, "Its container cannot be described");
        }
    }

    /** @param maxPixels width × height of a frame */
    Probed.Video video(long maxPixels) throws VideoFailure {
        JsonNode video = track("video");
        if (video.isMissingNode()) {
            throw new VideoFailure(
                    ErrorCode.NOT_A_VIDEO,
                    track("audio").isMissingNode() ? "It holds no pictures" : "It holds sound, but no moving pictures");
        }
        long width = video.path("width").asLong();
        long height = video.path("height").asLong();
        String codec = word(video, "codec_name");
        if (codec.isEmpty() || codec.equals("unknown")) {
            throw new VideoFailure(
                    ErrorCode.FORMAT_REFUSED,
                    "Its video codec is unknown to ffmpeg; convert it to H.264, HEVC, VP9 or AV1");
        }
        if (width <= 0 || height <= 0) {
            throw new VideoFailure(ErrorCode.VIDEO_DAMAGED, "The video is damaged: its pictures have no size");
        }
        if (width * height > maxPixels) {
            throw new VideoFailure(
                    ErrorCode.VIDEO_TOO_LARGE,
                    "%d × %d pixels are more than the limit of %d (sluice.video.max-pixels)"
                            .formatted(width, height, maxPixels));
        }
        int rotation = rotation(video);
        long shown = Math.max(1, Math.round(width * aspect(video)));
        boolean over = rotation == 90 || rotation == 270;
        JsonNode audio = track("audio");
        return new Probed.Video(
                facts(video, audio, rotation),
                (int) (over ? height : shown),
                (int) (over ? shown : height),
                tracks(video, audio));
    }

    private VideoFacts facts(JsonNode video, JsonNode audio, int rotation) {
        JsonNode format = answer.path("format");
        return VideoFacts.newBuilder()
                .setDurationMs(millis(format.path("duration")))
                .setVideoCodec(word(video, "codec_name"))
                .setAudioCodec(word(audio, "codec_name"))
                .setRotation(rotation)
                .setFrameRate(ratio(word(video, "avg_frame_rate"), '/'))
                .setBitRate(Math.max(0, format.path("bit_rate").asLong()))
                .setPixelFormat(word(video, "pix_fmt"))
                .build();
    }

    private Tracks tracks(JsonNode video, JsonNode audio) {
        String[] containers = word(answer.path("format"), "format_name").split(",", 2);
        long own = Math.max(millis(video.path("duration")), clock(word(video.path("tags"), "DURATION")));
        return new Tracks(
                containers[0],
                video.path("index").asInt(),
                audio.path("index").asInt(Tracks.NONE),
                word(audio, "profile"),
                own,
                Set.of("tt", "bb", "tb", "bt").contains(word(video, "field_order")),
                Set.of("smpte2084", "arib-std-b67").contains(word(video, "color_transfer")));
    }

    /** The first of that kind; covers and thumbnails inside a container are no video. */
    private JsonNode track(String kind) {
        return StreamSupport.stream(answer.path("streams").spliterator(), false)
                .filter(stream -> word(stream, "codec_type").equals(kind))
                .filter(stream -> stream.path("disposition")
                                        .path("attached_pic")
                                        .asInt()
                                == 0
                        && stream.path("disposition").path("timed_thumbnails").asInt() == 0)
                // Sound that cannot be decoded is as none.
                .filter(stream -> kind.equals("video") || !Set.of("", "unknown").contains(word(stream, "codec_name")))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** ffprobe counts against the clock; the old tag with it. */
    private static int rotation(JsonNode video) {
        double counter = 0;
        for (JsonNode side : video.path("side_data_list")) {
            counter = side.path("rotation").asDouble(counter);
        }
        double clockwise = counter == 0 ? video.path("tags").path("rotate").asDouble() : -counter;
        return Math.floorMod(Math.round(clockwise / 90) * 90, 360);
    }

    /** Width of a pixel by its height; 1 when that is unknown or absurd. */
    private static double aspect(JsonNode video) {
        double aspect = ratio(word(video, "sample_aspect_ratio"), ':');
        return aspect < 1 / FLATTEST || aspect > FLATTEST ? 1 : aspect;
    }

    private static double ratio(String text, char separator) {
        int at = text.indexOf(separator);
        if (at < 0) {
            return 0;
        }
        try {
            double below = Double.parseDouble(text.substring(at + 1));
            return below <= 0 ? 0 : Math.max(0, Double.parseDouble(text.substring(0, at)) / below);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static long millis(JsonNode seconds) {
        return Math.max(0, Math.round(seconds.asDouble() * 1000));
    }

    private static long clock(String text) {
        Matcher clock = CLOCK.matcher(text);
        return clock.matches()
                ? Math.round(1000
                        * (Integer.parseInt(clock.group(1)) * 3600.0
                                + Integer.parseInt(clock.group(2)) * 60.0
                                + Double.parseDouble(clock.group(3))))
                : 0;
    }

    private static String word(JsonNode node, String name) {
        return node.path(name).asText("");
    }
}
