package io.sluice.media.video;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Set;

import io.sluice.contract.ErrorCode;

/** An original as bytes, before anything decodes it: a plain file, not empty, readable. */
record SourceFile(Path path, long size, byte[] head) {

    private static final int HEAD = 512;
    private static final int PACKET = 188;

    /** What the first box of a QuickTime or MP4 file may be; old ones have no {@code ftyp}. */
    private static final Set<String> BOXES = Set.of("ftyp", "moov", "mdat", "wide", "free", "skip", "pnot");

    /** Pictures in MP4 boxes: HEIF and AVIF. */
    private static final Set<String> PICTURES = Set.of("heic", "heix", "mif1", "avif", "crx ");

    private static final byte[] MATROSKA = {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3};
    private static final byte[] PROGRAM_STREAM = {0, 0, 1, (byte) 0xBA};
    private static final byte[] VIDEO_SEQUENCE = {0, 0, 1, (byte) 0xB3};
    private static final byte[] ASF = {0x30, 0x26, (byte) 0xB2, 0x75};

    /** @throws VideoFailure when there is nothing to decode */
    static SourceFile opened(Path path) throws VideoFailure {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new VideoFailure(
                        ErrorCode.NOT_A_VIDEO,
                        attributes.isDirectory() ? "It is a folder, no file" : "It is a pipe or device, no file");
            }
            if (attributes.size() == 0) {
                throw new VideoFailure(ErrorCode.FILE_EMPTY, "The file has no bytes");
            }
            try (InputStream in = Files.newInputStream(path)) {
                return new SourceFile(path, attributes.size(), in.readNBytes(HEAD));
            }
        } catch (NoSuchFileException e) {
            throw new VideoFailure(ErrorCode.FILE_VANISHED, "The file is gone");
        } catch (IOException e) {
            throw new VideoFailure(
                    ErrorCode.FILE_UNREADABLE, "The file cannot be read, check its permissions and disk: " + e);
        }
    }

    /** What a decoder's complaint about it means; when the file changed or went away meanwhile, that. */
    VideoFailure complaint(LastWords said) throws VideoFailure {
        SourceFile now = opened(path);
        if (now.size != size || !Arrays.equals(now.head, head)) {
            return new VideoFailure(
                    ErrorCode.SOURCE_CHANGED, "The file changed while it was read; its next observation decides");
        }
        return isVideoContainer()
                ? new VideoFailure(ErrorCode.VIDEO_DAMAGED, "The video is damaged: ffmpeg says " + said.text())
                : new VideoFailure(ErrorCode.NOT_A_VIDEO, "The content is no known video format");
    }

    /** By its first bytes: a name proves nothing. */
    boolean isVideoContainer() {
        if (BOXES.contains(text(4)) && !PICTURES.contains(text(8))) {
            return true;
        }
        if (text(0).equals("RIFF")) {
            return text(8).equals("AVI ");
        }
        return startsWith(MATROSKA)
                || startsWith(PROGRAM_STREAM)
                || startsWith(VIDEO_SEQUENCE)
                || startsWith(ASF)
                || text(0).equals("OggS")
                || text(0).startsWith("FLV")
                || isTransportStream(0)
                // Blu-ray and cameras put four bytes before each packet.
                || isTransportStream(4);
    }

    private boolean isTransportStream(int offset) {
        int step = PACKET + offset;
        return head.length > offset + step && head[offset] == 0x47 && head[offset + step] == 0x47;
    }

    private boolean startsWith(byte[] magic) {
        return head.length >= magic.length && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
    }

    private String text(int offset) {
        return head.length < offset + 4 ? "" : new String(head, offset, 4, StandardCharsets.ISO_8859_1);
    }
}
