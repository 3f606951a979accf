package io.sluice.media.video;

import java.util.ArrayList;
import java.util.List;

/** What ffmpeg is told to make a stream. */
final class StreamArguments {

    static final String PLAYLIST = "playlist.m3u8";
    static final String INIT = "init.mp4";

    private static final String SEGMENT_SECONDS = "4";

    /**
     * Key frames at 0, 1, 4, 8, 12 ... seconds: the first segment is short, so that it is soon there. The muxer is told
     * to cut at every one of them; its own way to a short first segment needs playlists that forget.
     */
    private static final String KEY_FRAMES = "expr:if(lt(n_forced,2),gte(t,n_forced),gte(t,(n_forced-1)*4))";

    private static final String CUT_AT_EVERY_KEY_FRAME = "0.5";

    private StreamArguments() {}

    static List<String> of(StreamPlan plan, Probed.Video video, VideoSettings settings) {
        List<String> arguments = new ArrayList<>(List.of("-hide_banner", "-nostdin", "-nostats", "-v", "error"));
        arguments.addAll(List.of("-xerror", "-progress", "pipe:1", "-stats_period", "0.5"));
        arguments.addAll(Ffmpeg.INPUT);
        arguments.addAll(List.of("-max_pixels", Long.toString(settings.maxPixels())));
        arguments.addAll(List.of("-threads", Integer.toString(settings.threads()), "-i", Ffmpeg.SOURCE));
        Tracks tracks = video.tracks();
        arguments.addAll(List.of("-map", "0:" + tracks.video()));
        if (tracks.hasAudio()) {
            arguments.addAll(List.of("-map", "0:" + tracks.audio()));
        }
        arguments.addAll(
                switch (plan) {
                    case StreamPlan.Copy _ -> List.of("-c", "copy");
                    case StreamPlan.CopyVideo _ -> join(List.of("-c:v", "copy"), AAC);
                    case StreamPlan.Transcode(int width, int height) ->
                        join(h264(PictureFilter.moving(video, new Box(width, height)), settings.threads()), AAC);
                });
        boolean copied = !(plan instanceof StreamPlan.Transcode);
        if (copied && tracks.container().equals("mpegts")) {
            // Camcorders keep time and place in messages between the pictures.
            arguments.addAll(List.of("-bsf:v", "filter_units=remove_types=6"));
        }
        if (plan instanceof StreamPlan.Copy && tracks.container().equals("mpegts") && tracks.hasAudio()) {
            arguments.addAll(List.of("-bsf:a", "aac_adtstoasc"));
        }
        arguments.addAll(WITHOUT_METADATA);
        arguments.addAll(hls(copied ? SEGMENT_SECONDS : CUT_AT_EVERY_KEY_FRAME));
        return arguments;
    }

    private static final List<String> AAC = List.of("-c:a", "aac", "-b:a", "128k", "-ac", "2");

    private static final List<String> WITHOUT_METADATA =
            List.of("-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1", "-fflags", "+bitexact");

    private static List<String> h264(String filter, int threads) {
        return List.of(
                "-vf",
                filter,
                // Pictures keep their times: none is made up for a track of changing rate.
                "-fps_mode",
                "vfr",
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-profile:v",
                "high",
                "-crf",
                "23",
                "-maxrate",
                "4M",
                "-bufsize",
                "8M",
                "-threads",
                Integer.toString(threads),
                "-g",
                "600",
                "-sc_threshold",
                "0",
                "-force_key_frames",
                KEY_FRAMES);
    }

    private static List<String> hls(String seconds) {
        return List.of(
                "-max_muxing_queue_size",
                "4096",
                "-f",
                "hls",
                "-hls_time",
                seconds,
                "-hls_list_size",
                "0",
                "-hls_playlist_type",
                "event",
                "-hls_segment_type",
                "fmp4",
                "-hls_flags",
                "temp_file+independent_segments",
                "-hls_fmp4_init_filename",
                INIT,
                "-hls_segment_filename",
                WorkFolder.STREAM + "/seg_%05d.m4s",
                WorkFolder.STREAM + "/" + PLAYLIST);
    }

    private static List<String> join(List<String> one, List<String> other) {
        List<String> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }
}
