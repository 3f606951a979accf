package io.sluice.ingest.header;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;

import com.drew.imaging.FileType;
import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;

import io.sluice.messaging.child.ChildServer;

/** The child process that reads headers: whatever a hostile file does to a parser, it does it here. */
public final class HeaderReaderMain {

    private HeaderReaderMain() {}

    public static void main(String[] arguments) {
        ChildServer.serve(question -> answer(HeaderQuestion.decoded(question)).encoded());
    }

    private static HeaderAnswer answer(HeaderQuestion question) {
        return new HeaderAnswer(question.files().stream()
                .map(file -> read(file, question.zone(), question.typeOnly()))
                .toList());
    }

    static FileHeader read(URI file, ZoneId zone, boolean typeOnly) {
        Path path = Path.of(file);
        MediaTypeByContent.Sniffed sniffed;
        try (InputStream bytes = open(path)) {
            sniffed = MediaTypeByContent.of(bytes);
        } catch (IOException e) {
            return FileHeader.unread("The header could not be read: " + e);
        }
        FileType type = sniffed.parsed();
        if (type == null || typeOnly) {
            return new FileHeader(sniffed.mediaType(), FileHeader.empty().metadata(), null, null);
        }
        try (InputStream bytes = open(path)) {
            Metadata metadata = ImageMetadataReader.readMetadata(bytes, Files.size(path), type);
            return new FileHeader(
                    sniffed.mediaType(),
                    ExifFields.of(metadata),
                    ExifTime.of(metadata, zone).orElse(null),
                    null);
        } catch (IOException | ImageProcessingException | RuntimeException | StackOverflowError e) {
            String reason = "The header is damaged: " + e;
            return new FileHeader(
                    sniffed.mediaType(),
                    FileHeader.empty().metadata(),
                    null,
                    reason.substring(0, Math.min(300, reason.length())));
        }
    }

    private static BufferedInputStream open(Path path) throws IOException {
        return new BufferedInputStream(
                Files.newInputStream(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS), 16 << 10);
    }
}
