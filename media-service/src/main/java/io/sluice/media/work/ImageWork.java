package io.sluice.media.work;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.Topics;
import io.sluice.media.image.ImageSettings;
import io.sluice.messaging.work.WorkClass;

/**
 * The work class {@code image}: one work an asset, keyed by its content hash in hex, makes all
 * of its pictures; one more for each rendition that was delivered ready-made.
 */
@ApplicationScoped
public class ImageWork {

    public static final String NAME = "image";

    /** Law 2: four times what the workers can have in hand, over all partitions. */
    private static final int WINDOW = 4;

    private final WorkClass workClass;

    ImageWork(ImageSettings settings) {
        this.workClass = new WorkClass(
                NAME,
                Topics.MEDIA_WORK_IMAGE,
                1,
                settings.workers(),
                WINDOW * settings.workers() * Topics.MEDIA_WORK_IMAGE.partitions());
    }

    WorkClass workClass() {
        return workClass;
    }
}
