package io.sluice.gateway.bytes;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.contract.scanner.v1.FileStat;

/** Opens files of a stream in the store. */
@ApplicationScoped
class StreamSource {

    /** A day in segments of four seconds is a megabyte; more is none of ours, and it is read as a whole. */
    private static final int LARGEST_PLAYLIST = 16 * 1024 * 1024;

    private final Places places;

    StreamSource(Places places) {
        this.places = places;
    }

    /** A file that is open, and what it was when it was opened. */
    record Opened(ServedFile file, FileStat stat) {}

    /**
     * The bytes of a playlist; one that grows is replaced as a whole, so they are one version of it.
     *
     * @throws NoSuchFileException when it is not there, or not there any more
     */
    byte[] playlist(StoredRendition stream, String name) throws NoSuchFileException {
        try (SeekableByteChannel channel = regular(find(stream, name)).open()) {
            if (channel.size() > LARGEST_PLAYLIST) {
                throw new CodedException(
                        ErrorCode.RENDITION_UNSUPPORTED, "The playlist is larger than any player should load.");
            }
            return Channels.newInputStream(channel).readNBytes(LARGEST_PLAYLIST);
        } catch (NoSuchFileException gone) {
            throw gone;
        } catch (IOException unreadable) {
            throw unavailable(unreadable);
        }
    }

    /** @throws NoSuchFileException when it is not there, or not there any more */
    Opened open(StoredRendition stream, String name) throws NoSuchFileException {
        try {
            FileWithin file = regular(find(stream, name));
            FileStat before = file.stat();
            SeekableByteChannel channel = file.open();
            try {
                if (!file.stat().equals(before) || channel.size() != before.getSize()) {
                    throw new NoSuchFileException(name, null, "another one took its place");
                }
            } catch (IOException failure) {
                channel.close();
                throw failure;
            }
            // A segment is put in place whole and never written again: an open one cannot change, though its folder may
            // move.
            return new Opened(new ServedFile(channel, before.getSize(), () -> {}), before);
        } catch (NoSuchFileException gone) {
            throw gone;
        } catch (IOException unreadable) {
            throw unavailable(unreadable);
        }
    }

    private FileWithin find(StoredRendition stream, String name) throws IOException {
        StreamFolder folder = StreamFolder.of(places.store(), stream);
        try {
            return folder.file(name);
        } catch (NoSuchFileException gone) {
            throw gone;
        } catch (IOException odd) {
            // A name that goes on below a file, or is longer than names can be: the stream is there, and this is not in
            // it.
            if (folder.isThere()) {
                throw StreamFolder.noSuchFile();
            }
            throw odd;
        }
    }

    /** Anything else than a file would wait, or tell what is in a folder. */
    private static FileWithin regular(FileWithin file) {
        if (!Files.isRegularFile(file.path(), NOFOLLOW_LINKS)) {
            throw StreamFolder.noSuchFile();
        }
        return file;
    }

    static CodedException unavailable(IOException cause) {
        return new CodedException(
                ErrorCode.STORE_UNAVAILABLE,
                "The stream cannot be read from the store. Check sluice.store.path; media makes a lost stream again.",
                cause);
    }
}
