package io.sluice.media.video;

import java.util.ArrayList;
import java.util.List;

/** What stands between a decoder and an encoder. ffmpeg turns frames upright before it. */
final class PictureFilter {

    private static final double FASTEST = 60.5;

    private PictureFilter() {}

    /** Of one frame. */
    static List<String> still(Probed.Video video, Box size) {
        List<String> filters = new ArrayList<>();
        if (video.tracks().interlaced()) {
            filters.add("yadif=deint=interlaced");
        }
        filters.add("scale=%d:%d:flags=bicubic,setsar=1".formatted(size.width(), size.height()));
        if (video.tracks().highDynamicRange()) {
            // To the light of an ordinary screen: else it looks washed out.
            filters.add("zscale=pin=bt2020:min=bt2020nc:t=linear:npl=203,format=gbrpf32le,zscale=p=bt709"
                    + ",tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv");
        }
        return filters;
    }

    /** Of all frames of a stream. */
    static String moving(Probed.Video video, Box size) {
        List<String> filters = still(video, size);
        filters.add("format=yuv420p");
        if (video.facts().getFrameRate() > FASTEST) {
            filters.addFirst("fps=60");
        }
        return String.join(",", filters);
    }
}
