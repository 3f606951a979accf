package io.sluice.media.work;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.sluice.media.asset.ContentHash;
import io.sluice.media.video.Probed;
import io.sluice.media.video.VideoTools;

/**
 * Looks into a video once: whoever plays one whose poster was made here does not wait for ffprobe again. The same bytes
 * get the same answer, so nothing that is remembered can be out of date; refusals are not remembered.
 */
@ApplicationScoped
class ProbeOriginal {

    /** An answer has about a kilobyte. */
    static final int REMEMBERED = 1_000;

    private final VideoTools tools;
    private final SequencedMap<ContentHash, Probed.Video> known = new LinkedHashMap<>(16, 0.75f, true);

    ProbeOriginal(VideoTools tools) {
        this.tools = tools;
    }

    Probed probe(ContentHash hash, Original original) {
        Probed.Video seen = known(hash);
        if (seen != null) {
            return seen;
        }
        Probed probed = original.unchangedOver(() -> tools.probe(original.file()));
        if (probed instanceof Probed.Video video) {
            remember(hash, video);
        }
        return probed;
    }

    private synchronized Probed.@Nullable Video known(ContentHash hash) {
        return known.get(hash);
    }

    private synchronized void remember(ContentHash hash, Probed.Video video) {
        known.put(hash, video);
        if (known.size() > REMEMBERED) {
            known.pollFirstEntry();
        }
    }
}
