package io.sluice.media.image;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import io.sluice.contract.CodedException;
import io.sluice.media.store.StoreFailure;

/** One decode, then every step from its pixels, then the facts. */
final class MakeLadder {

    private final Vips vips;
    private final DecodeImage decoder;

    MakeLadder(Vips vips) {
        this.vips = vips;
        this.decoder = new DecodeImage(vips);
    }

    LadderAnswer make(LadderRequest request) {
        try (Arena arena = Arena.ofConfined()) {
            DecodeImage.Decoded decoded = decoder.decode(request.source(), request.maxPixels(), request.box(), arena);
            MemorySegment picture = vips.over(decoded.pixels(), arena);
            List<LadderAnswer.Made> made = new ArrayList<>();
            for (LadderStep step : request.steps()) {
                made.add(make(step, picture, arena));
            }
            return new LadderAnswer.Complete(facts(decoded, picture, arena), List.copyOf(made));
        } catch (DecodeFailure e) {
            return e.refusal();
        }
    }

    private LadderAnswer.Made make(LadderStep step, MemorySegment picture, Arena arena) throws DecodeFailure {
        MemorySegment fitting = fitting(picture, step.box(), arena);
        byte[] bytes =
                switch (step.encoding()) {
                    case JPEG ->
                        vips.jpeg(
                                vips.hasAlpha(fitting) ? vips.onWhite(fitting, arena) : fitting, step.quality(), arena);
                    case WEBP -> WebpFile.withoutMetadata(vips.webp(fitting, step.quality(), arena));
                };
        write(bytes, step.file());
        return new LadderAnswer.Made(vips.width(fitting), vips.height(fitting), bytes.length);
    }

    private MemorySegment fitting(MemorySegment picture, int box, Arena arena) {
        return Math.max(vips.width(picture), vips.height(picture)) <= box ? picture : vips.shrink(picture, box, arena);
    }

    private PixelFacts facts(DecodeImage.Decoded decoded, MemorySegment picture, Arena arena) {
        MemorySegment small = fitting(picture, ThumbHash.BOX, arena);
        byte[] pixels = vips.pixels(small, arena).toArray(ValueLayout.JAVA_BYTE);
        byte[] thumbHash = ThumbHash.of(pixels, vips.width(small), vips.height(small), vips.bands(small));
        return new PixelFacts(
                decoded.width(),
                decoded.height(),
                decoded.format().label(),
                decoded.hasAlpha(),
                decoded.profile(),
                thumbHash);
    }

    private static void write(byte[] bytes, Path file) throws DecodeFailure {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            out.force(true);
        } catch (IOException e) {
            CodedException failure = StoreFailure.of(e, file);
            throw new DecodeFailure(failure.code(), String.valueOf(failure.getMessage()));
        }
    }
}
