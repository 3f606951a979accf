package io.sluice.media.video;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.sluice.contract.ErrorCode;

/** Asks ffprobe what a file holds. */
final class ProbeVideo {

    private static final int LONGEST = 1 << 20;

    private static final String ENTRIES = "format=format_name,duration,bit_rate"
            + ":stream=index,codec_type,codec_name,profile,pix_fmt,width,height,sample_aspect_ratio,field_order"
            + ",color_transfer,avg_frame_rate,duration"
            + ":stream_tags=rotate,DURATION:stream_side_data=rotation"
            + ":stream_disposition=attached_pic,timed_thumbnails";

    private final Ffmpeg ffmpeg;

    ProbeVideo(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    Probed probe(Path path) {
        try {
            return new ProbeAnswer(answer(SourceFile.opened(path)))
                    .video(ffmpeg.settings().maxPixels());
        } catch (VideoFailure e) {
            return new Probed.Refused(e.code(), e.reason());
        }
    }

    private String answer(SourceFile source) throws VideoFailure {
        List<String> arguments = new ArrayList<>(List.of("-hide_banner", "-v", "error"));
        arguments.addAll(Ffmpeg.INPUT);
        arguments.addAll(List.of("-of", "json=compact=1", "-show_entries", ENTRIES, "-i", Ffmpeg.SOURCE));
        Said json = new Said();
        Ending ending;
        try (WorkFolder folder = ffmpeg.folder(source.path())) {
            ending = ffmpeg.probe(arguments, folder.path(), ffmpeg.settings().probeTimeLimit(), json::add);
        }
        if (!ending.isGood()) {
            throw ffmpeg.complaint(source, ending);
        }
        return json.text();
    }

    /** What was printed, up to a limit that only a hostile file reaches. */
    private static final class Said {

        private final StringBuilder text = new StringBuilder();

        synchronized void add(String line) {
            if (text.length() <= LONGEST) {
                text.append(line).append('\n');
            }
        }

        synchronized String text() throws VideoFailure {
            if (text.length() > LONGEST) {
                throw new VideoFailure(ErrorCode.VIDEO_DAMAGED, "Its container says too much of itself to be one");
            }
            return text.toString();
        }
    }
}
