package io.sluice.media.work;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.MediaMetrics;
import io.sluice.media.asset.ProvidedFile;
import io.sluice.media.image.ImageDecoders;
import io.sluice.media.image.LadderAnswer;
import io.sluice.media.image.PixelFacts;
import io.sluice.media.profile.ProvidedName;
import io.sluice.media.store.RenditionStore;
import io.sluice.media.store.RenditionWrite;
import io.sluice.media.store.StoreFailure;

/** Copies a ready-made rendition into the store as it is, once its copy has proved to be a picture. */
@ApplicationScoped
class CopyProvided {

    /** A cover has 100 KB to 5 MB; what is larger is something else under that name. */
    private static final long LARGEST = 64L << 20;

    private static final int CHUNK = 1 << 16;

    /** Small: it is decoded to know that it can be. */
    private static final int BOX = 250;

    private final ImageDecoders decoders;
    private final RenditionStore store;
    private final MediaMetrics metrics;

    CopyProvided(ImageDecoders decoders, RenditionStore store, MediaMetrics metrics) {
        this.decoders = decoders;
        this.store = store;
        this.metrics = metrics;
    }

    /**
     * @param lost ends it early
     * @throws CodedException when it could not be tried, broke down, or the file is not what it was
     */
    ImageResult copy(ImageTarget.Provided target, ProvidedFile provided, Original file, BooleanSupplier lost) {
        long size = provided.location().stat().getSize();
        if (size > LARGEST) {
            return new ImageResult.Unsupported(
                    ErrorCode.FORMAT_REFUSED,
                    "The file has %d MB; a provided picture may have %d".formatted(size >> 20, LARGEST >> 20));
        }
        try (RenditionWrite write = store.open(target.hash(), ProvidedName.fileName(target.name()))) {
            copy(file.file(), write.temporaryFile(), size);
            file.requireUnchanged();
            // The copy is what is judged: nobody else writes to it.
            LadderAnswer answer = metrics.decode(() -> decoders.make(write.temporaryFile(), BOX, List.of()));
            return switch (answer) {
                case LadderAnswer.Refused refused -> MakePictures.refusal(refused);
                case LadderAnswer.Complete(PixelFacts facts, var nothing) -> {
                    MakePictures.requireLease(lost);
                    write.commit();
                    yield new ImageResult.Copied(mediaType(facts), facts.width(), facts.height(), size);
                }
            };
        }
    }

    /** Formats are called as their media types are. */
    private static String mediaType(PixelFacts facts) {
        return "image/" + facts.format();
    }

    /** Not through a link, no more than there should be, and synced. */
    private void copy(Path from, Path to, long size) {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        try (SeekableByteChannel in =
                Files.newByteChannel(from, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            try (FileChannel out = created(to)) {
                long left = size + 1;
                while (left > 0 && read(in, buffer, from) >= 0) {
                    left -= buffer.flip().remaining();
                    write(out, buffer, to);
                    buffer.clear();
                }
                sync(out, to);
            }
        } catch (IOException e) {
            throw new CodedException(
                    ErrorCode.FILE_UNREADABLE, "The file cannot be read, check its permissions and disk: " + e, e);
        }
    }

    private static int read(SeekableByteChannel in, ByteBuffer buffer, Path file) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new CodedException(ErrorCode.FILE_UNREADABLE, "The file cannot be read: " + file + " (" + e + ")", e);
        }
    }

    private static FileChannel created(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw StoreFailure.of(e, file);
        }
    }

    private static void write(FileChannel out, ByteBuffer buffer, Path file) {
        try {
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
        } catch (IOException e) {
            throw StoreFailure.of(e, file);
        }
    }

    private static void sync(FileChannel out, Path file) {
        try {
            out.force(true);
        } catch (IOException e) {
            throw StoreFailure.of(e, file);
        }
    }
}
