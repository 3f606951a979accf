package io.sluice.media.image;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@link ImageConfig}, checked. */
public record ImageSettings(
        int workers,
        long maxPixels,
        Duration timeLimit,
        int heapMegabytes,
        int memoryMegabytes,
        int picturesPerChild,
        String vipsLibrary) {

    /** @throws IllegalArgumentException naming every setting that is wrong */
    public static ImageSettings of(ImageConfig config) {
        int spare = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        return new ImageSettings(
                config.workers().orElse(spare),
                config.maxPixels(),
                config.timeLimit(),
                config.heapMegabytes(),
                config.memoryMegabytes(),
                config.picturesPerChild(),
                config.vipsLibrary());
    }

    /** Wrong values are told all at once. */
    public ImageSettings {
        List<String> wrong = new ArrayList<>();
        require(workers >= 1 && workers <= 256, "sluice.image.workers must be 1 to 256", workers, wrong);
        require(maxPixels >= 1_000_000, "sluice.image.max-pixels must be 1000000 or more", maxPixels, wrong);
        require(
                timeLimit.compareTo(Duration.ofMillis(100)) >= 0,
                "sluice.image.time-limit must be 100ms or longer",
                timeLimit,
                wrong);
        require(heapMegabytes >= 32, "sluice.image.heap-megabytes must be 32 or more", heapMegabytes, wrong);
        require(
                memoryMegabytes == 0 || memoryMegabytes >= 256,
                "sluice.image.memory-megabytes must be 256 or more, or 0 for no limit",
                memoryMegabytes,
                wrong);
        require(
                picturesPerChild >= 0,
                "sluice.image.pictures-per-child must be 0 (never replaced) or more",
                picturesPerChild,
                wrong);
        require(!vipsLibrary.isBlank(), "sluice.image.vips-library must name a library", vipsLibrary, wrong);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
    }

    private static void require(boolean holds, String demand, Object value, List<String> wrong) {
        if (!holds) {
            wrong.add(demand + ", is " + value);
        }
    }
}
