package io.sluice.localstack.demo;

import java.nio.file.Path;
import java.util.UUID;

/** The bundle that the demo imports: 43 photos, 43 covers and 3 galleries with 14, 15 and 14 members. */
public final class ReferenceBundle {

    public static final UUID SYNC_ID = UUID.fromString("37e428d2-a4f6-4a31-bacf-0c835fb24084");
    public static final int ITEMS = 89;

    private static final int PHOTOS = 43;

    private ReferenceBundle() {}

    /** Writes it into that mount. */
    public static WrittenBundle write(Path mount) {
        return BundleWriter.of(SYNC_ID)
                .title("Demo gallery")
                .photos(PHOTOS)
                .galleries(14, 15, 14)
                .pixels(960, 640)
                .distinctPictures(PHOTOS)
                .readyMadeRenditions(5)
                .write(mount);
    }
}
