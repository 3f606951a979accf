package io.sluice.media.work;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.Topics;
import io.sluice.media.video.VideoSettings;
import io.sluice.messaging.work.WorkClass;

/**
 * The work class {@code video}: one work a stream. The one that is made from the original has the content hash in hex as
 * its key, so that the same bytes are never made twice, wherever they lie.
 */
@ApplicationScoped
public class VideoWork {

    public static final String NAME = "video";

    /** Law 2: four times what the workers can have in hand, over all partitions. */
    private static final int WINDOW = 4;

    private final WorkClass workClass;
    private final int interactive;

    VideoWork(VideoSettings settings) {
        this.workClass = new WorkClass(
                NAME,
                Topics.MEDIA_WORK_VIDEO,
                1,
                Math.max(1, settings.workers()),
                // Of no workers it is 0: nothing is released.
                WINDOW * settings.workers() * Topics.MEDIA_WORK_VIDEO.partitions());
        this.interactive = settings.interactive();
    }

    WorkClass workClass() {
        return workClass;
    }

    /** How many streams that somebody waits for this process makes at once, beside its workers. */
    public int interactive() {
        return interactive;
    }
}
