package io.sluice.media.image;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;
import io.sluice.media.library.PathBytes;

/** Reads a picture once; its header decides whether its pixels are decoded at all. */
final class DecodeImage {

    private static final String PROFILE = "icc-profile-data";

    /** Colours and transparency in 16 bits: more, and a picture of few pixels can be a bomb as well. */
    private static final long BYTES_PER_PIXEL = 8;

    /** What the header said, and the pixels. */
    record Decoded(int width, int height, ImageFormat format, boolean hasAlpha, String profile, Pixels pixels) {}

    private final Vips vips;

    DecodeImage(Vips vips) {
        this.vips = vips;
    }

    /**
     * @param maxPixels width × height
     * @param box what the picture is shrunk to while it is read
     */
    Decoded decode(Path file, long maxPixels, int box, Arena arena) throws DecodeFailure {
        byte[] path = PathBytes.of(file);
        ImageFormat format = format(file, path, arena);
        try {
            MemorySegment source = vips.source(path, arena);
            MemorySegment header = vips.open(source, arena);
            refuseBombs(header, maxPixels);
            MemorySegment profile = vips.blob(header, PROFILE, arena);
            boolean over = vips.turnsOver(header);
            return new Decoded(
                    over ? vips.height(header) : vips.width(header),
                    over ? vips.width(header) : vips.height(header),
                    format,
                    vips.hasAlpha(header),
                    profile == null ? "" : ColourProfile.description(profile),
                    pixels(source, box, profile, arena));
        } catch (VipsException e) {
            throw failure(e);
        }
    }

    private ImageFormat format(Path file, byte[] path, Arena arena) throws DecodeFailure {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(ImageFormat.HEAD);
        } catch (NoSuchFileException e) {
            throw new DecodeFailure(ErrorCode.FILE_VANISHED, "The file is gone");
        } catch (IOException e) {
            throw new DecodeFailure(
                    ErrorCode.FILE_UNREADABLE, "The file cannot be read, check its permissions and disk: " + e);
        }
        if (head.length == 0) {
            throw new DecodeFailure(ErrorCode.FILE_EMPTY, "The file has no bytes");
        }
        ImageFormat format = ImageFormat.of(head).orElse(null);
        if (format != null) {
            return format;
        }
        String loader = vips.loader(path, arena);
        // Lines of numbers count as pictures there.
        if (loader.isEmpty() || loader.startsWith("VipsForeignLoadMatrix") || loader.startsWith("VipsForeignLoadCsv")) {
            throw new DecodeFailure(ErrorCode.NOT_AN_IMAGE, "The content is no known picture format");
        }
        throw new DecodeFailure(
                ErrorCode.FORMAT_REFUSED,
                "This format is not decoded; convert it to JPEG, PNG, WebP, TIFF, GIF, HEIC or AVIF");
    }

    private void refuseBombs(MemorySegment header, long maxPixels) throws DecodeFailure {
        long width = vips.width(header);
        long height = vips.height(header);
        if (width * height > maxPixels) {
            throw new DecodeFailure(
                    ErrorCode.TOO_MANY_PIXELS,
                    "%d × %d pixels are more than the limit of %d (sluice.image.max-pixels)"
                            .formatted(width, height, maxPixels));
        }
        long bytesPerPixel = vips.bands(header) * vips.bytesPerSample(header);
        if (width * height * bytesPerPixel > maxPixels * BYTES_PER_PIXEL) {
            throw new DecodeFailure(
                    ErrorCode.TOO_MANY_PIXELS,
                    "%d × %d pixels of %d bytes are more than the limit of %d pixels of %d bytes (sluice.image.max-pixels)"
                            .formatted(width, height, bytesPerPixel, maxPixels, BYTES_PER_PIXEL));
        }
    }

    private Pixels pixels(MemorySegment source, int box, @Nullable MemorySegment profile, Arena arena) {
        MemorySegment upright = vips.inMemory(vips.shrinkOnLoad(source, box, profile != null, arena), arena);
        MemorySegment srgb = vips.asSrgb(upright, arena);
        if (vips.bands(srgb) > 4) {
            srgb = vips.firstThree(srgb, arena);
        }
        return new Pixels(vips.pixels(srgb, arena), vips.width(srgb), vips.height(srgb), vips.bands(srgb));
    }

    private static DecodeFailure failure(VipsException e) {
        String said = String.valueOf(e.getMessage());
        if (said.contains("out of memory") || said.contains("Insufficient memory")) {
            return new DecodeFailure(
                    ErrorCode.TOO_MANY_PIXELS, "It needs more memory than a decoder is given: " + said);
        }
        return new DecodeFailure(ErrorCode.IMAGE_DAMAGED, "The picture is damaged: " + said);
    }
}
