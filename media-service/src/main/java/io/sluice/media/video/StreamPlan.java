package io.sluice.media.video;

import java.util.Set;

/** How a stream is made: copied where a browser plays what is there, decoded and encoded otherwise. */
public sealed interface StreamPlan {

    /** In logs and metrics. */
    String label();

    /** Both tracks as they are. */
    record Copy() implements StreamPlan {
        @Override
        public String label() {
            return "copy";
        }
    }

    /** The pictures as they are, the sound as AAC. */
    record CopyVideo() implements StreamPlan {
        @Override
        public String label() {
            return "copy_video";
        }
    }

    /** H.264 of this size, and AAC. */
    record Transcode(int width, int height) implements StreamPlan {
        @Override
        public String label() {
            return "transcode";
        }
    }

    /** What a stream is made to fit when it is encoded. */
    Box STREAM_BOX = new Box(1280, 720);

    private static boolean isPlayed(Probed.Video video) {
        return video.facts().getVideoCodec().equals("h264")
                && Set.of("yuv420p", "yuvj420p").contains(video.facts().getPixelFormat())
                && video.facts().getRotation() == 0
                && !video.tracks().interlaced()
                // Others keep H.264 without the times that fMP4 needs.
                && Set.of("mov", "matroska", "flv", "mpegts")
                        .contains(video.tracks().container());
    }

    private static boolean isHeard(Probed.Video video) {
        return !video.tracks().hasAudio()
                || (video.facts().getAudioCodec().equals("aac")
                        && Set.of("", "LC", "HE-AAC", "HE-AACv2")
                                .contains(video.tracks().audioProfile()));
    }

    /** Says it from what a probe found. */
    static StreamPlan of(Probed.Video video) {
        if (!isPlayed(video)) {
            return transcode(video);
        }
        return isHeard(video) ? new Copy() : new CopyVideo();
    }

    /** Decoding and encoding, whatever it is. */
    static Transcode transcode(Probed.Video video) {
        Box size = STREAM_BOX.fitted(video.width(), video.height());
        return new Transcode(size.evenWidth(), size.evenHeight());
    }
}
