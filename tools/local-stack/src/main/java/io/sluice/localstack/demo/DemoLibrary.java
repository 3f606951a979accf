package io.sluice.localstack.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.sluice.localstack.StackException;

/** Writes the demo library. */
public final class DemoLibrary {

    private DemoLibrary() {}

    /**
     * Writes all pictures into that folder, which is made when it is missing. Files of the same names are overwritten.
     *
     * @return what was written, one entry a file
     * @throws io.sluice.localstack.StackException when the folder cannot be written
     */
    public static List<DemoFile> write(Path folder) {
        try {
            DemoWriter writer = new DemoWriter(folder);
            orientations(writer);
            cameras(writer);
            formats(writer);
            names(writer);
            broken(writer);
            return writer.written();
        } catch (IOException e) {
            throw new StackException(
                    "Cannot write the demo library into " + folder + ": " + e
                            + ". Make it writable, or name another folder.",
                    e);
        }
    }

    private static void orientations(DemoWriter writer) throws IOException {
        for (int orientation = 1; orientation <= 8; orientation++) {
            Jpeg turned = Jpeg.of(Painter.storedFor(orientation, Painter.letter(1200, 900, orientation)))
                    .with(new ExifBlock().orientation(orientation));
            writer.good(
                    "orientation/orientation-" + orientation + ".jpg",
                    "EXIF orientation " + orientation,
                    turned.bytes());
        }
    }

    private static void cameras(DemoWriter writer) throws IOException {
        ExifBlock beach = new ExifBlock()
                .camera("Sluice", "Demo One")
                .orientation(1)
                .taken("2022:08:03 21:14:09", "+02:00")
                .position(54.1833, 7.8833);
        writer.good(
                "holiday/2022/beach.jpg",
                "GPS, camera, date with offset",
                photo(20).with(beach).bytes());
        ExifBlock cape = new ExifBlock()
                .camera("Sluice", "Demo Two")
                .taken("2022:12:27 06:30:00", "-03:00")
                .position(-55.9797, -67.2742);
        writer.good(
                "holiday/2022/cape.jpg",
                "GPS south and west",
                photo(21).with(cape).bytes());
        ExifBlock noOffset = new ExifBlock().camera("Sluice", "Demo One").taken("2022:08:04 07:45:30", null);
        writer.good(
                "holiday/2022/harbour.jpg",
                "date without offset",
                photo(22).with(noOffset).bytes());
        ExifBlock noDate = new ExifBlock().camera("Sluice", "Demo One").taken("0000:00:00 00:00:00", null);
        writer.good(
                "holiday/2022/clock-not-set.jpg",
                "a camera whose clock was not set",
                photo(23).with(noDate).bytes());
        writer.good(
                "phone/IMG_20230714_182205.jpg",
                "date in the file name only",
                photo(24).bytes());
        writer.good(
                "phone/PXL_20240210_081530123.jpg",
                "date in the file name, UTC",
                photo(25).bytes());
        byte[] twice = photo(26).bytes();
        writer.good("phone/sunset.jpg", "the same bytes under two names", twice);
        writer.good("backup/old phone/sunset (1).jpg", "the same bytes under two names", twice);
    }

    private static void formats(DemoWriter writer) throws IOException {
        writer.good("formats/display-p3.jpg", "wide gamut, Display P3", Formats.wideGamut());
        writer.good(
                "formats/progressive.jpg",
                "progressive JPEG",
                Jpeg.progressive(Painter.landscape(1920, 1280, 31)).bytes());
        writer.good("formats/grey.jpg", "greyscale JPEG", Formats.grey());
        writer.good(
                "formats/panorama.jpg",
                "6000 × 900",
                Jpeg.of(Painter.landscape(6000, 900, 33)).bytes());
        writer.good(
                "formats/portrait.jpg",
                "900 × 1600",
                Jpeg.of(Painter.landscape(900, 1600, 34)).bytes());
        writer.good("formats/transparent.png", "PNG with alpha", Formats.transparentPng());
        writer.good("formats/deep.png", "PNG, 16 bits a channel", Formats.deepPng());
        writer.good(
                "formats/tiny.png",
                "3 × 2 pixels, never enlarged",
                Formats.encoded("png", Painter.landscape(3, 2, 37)));
        writer.good("formats/palette.gif", "GIF", Formats.encoded("gif", Painter.landscape(640, 480, 38)));
        writer.good("formats/scan.tif", "TIFF", Formats.encoded("tiff", Painter.landscape(1000, 1400, 39)));
        writer.good("formats/dunes.webp", "WebP", Formats.stored("dunes.webp"));
        writer.good("formats/fjord.avif", "AVIF", Formats.stored("fjord.avif"));
    }

    private static void names(DemoWriter writer) throws IOException {
        writer.good(
                "names/50% off & \"quoted\" #1.jpg",
                "signs that break URLs and shells", photo(50).bytes());
        writer.goodNamedInBytes(
                "names",
                "Gl\u00fcck.jpg".getBytes(StandardCharsets.UTF_8),
                "a name in UTF-8",
                photo(51).bytes());
        writer.goodNamedInBytes(
                "names",
                "caf\u00e9.jpg".getBytes(StandardCharsets.ISO_8859_1),
                "a name that is not UTF-8",
                photo(52).bytes());
    }

    private static void broken(DemoWriter writer) throws IOException {
        writer.bad("broken/corrupt.jpg", "bytes turned over and cut off", BrokenPictures.corruptJpeg());
        writer.bad("broken/empty.jpg", "0 bytes", new byte[0]);
        writer.bad("broken/shopping-list.jpg", "a text", BrokenPictures.textNamedJpeg());
        writer.bad("broken/50000x50000.png", "2.5 gigapixels", BrokenPictures.hugePng());
        writer.bad("broken/decoder-killer.tif", "ends the process that decodes it", BrokenPictures.decoderKiller());
    }

    private static Jpeg photo(long seed) throws IOException {
        return Jpeg.of(Painter.landscape(1600, 1200, seed));
    }
}
