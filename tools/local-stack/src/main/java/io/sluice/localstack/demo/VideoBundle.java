package io.sluice.localstack.demo;

import java.nio.file.Path;
import java.util.UUID;

/** The demo's second bundle: one video with its stream, transcript, cloud package and cover. */
public final class VideoBundle {

    public static final UUID SYNC_ID = UUID.fromString("8d3a6c14-52be-4f0e-9c27-61f0a4e7b9d2");
    public static final int ITEMS = 1;

    private VideoBundle() {}

    /** Writes it into that mount. */
    public static WrittenBundle write(Path mount) {
        return BundleWriter.of(SYNC_ID)
                .title("Demo video")
                .photos(0)
                .videos(1)
                .pixels(960, 540)
                .head("sync_type", "video_simple")
                .write(mount);
    }
}
