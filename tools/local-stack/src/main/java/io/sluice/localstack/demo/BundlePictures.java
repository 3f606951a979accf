package io.sluice.localstack.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The JPEGs of a bundle: a few drawn pictures, every file of them different. */
final class BundlePictures {

    private static final int FIRST_SEED = 1000;
    private static final int COVER_SEED = 5000;
    private static final int[] HOURS = {7, 12, 18};

    private final BundleWriter wanted;
    private final List<Jpeg> photos;
    private final List<Jpeg> covers;

    BundlePictures(BundleWriter wanted) throws IOException {
        this.wanted = wanted;
        int distinct = Math.clamp(wanted.photos, 1, Math.max(1, wanted.distinctPictures));
        this.photos = drawn(distinct, wanted.width, wanted.height, FIRST_SEED);
        this.covers = drawn(distinct, Math.max(16, wanted.width / 2), Math.max(16, wanted.height / 2), COVER_SEED);
    }

    byte[] photo(int number) {
        Jpeg jpeg = of(photos, number);
        if (number % 3 == 0) {
            jpeg = jpeg.with(camera(number));
        }
        String edition = wanted.changedPhotos.contains(number) ? "changed photo " : "photo ";
        jpeg = jpeg.withComment(edition + number + " of " + wanted.series);
        return jpeg.filledUpTo(wanted.photoBytes).bytes();
    }

    byte[] cover(int number) {
        return of(covers, number)
                .withComment("cover " + number + " of " + wanted.series)
                .bytes();
    }

    byte[] rendition(int number, String name) {
        return of(covers, number)
                .withComment(name + " " + number + " of " + wanted.series)
                .bytes();
    }

    private static Jpeg of(List<Jpeg> jpegs, int number) {
        return jpegs.get(Math.floorMod(number, jpegs.size()));
    }

    private static List<Jpeg> drawn(int count, int width, int height, int seed) throws IOException {
        List<Jpeg> drawn = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            drawn.add(Jpeg.of(Painter.landscape(width, height, seed + i)));
        }
        return drawn;
    }

    private static ExifBlock camera(int number) {
        return new ExifBlock()
                .camera("Sluice", "Demo Three")
                .orientation(1)
                .taken(
                        "2026:05:%02d %02d:%02d:00"
                                .formatted(1 + number % 28, HOURS[number % HOURS.length], number % 60),
                        "+02:00")
                .position(54.0 + number % 100 / 100.0, 7.8833);
    }
}
