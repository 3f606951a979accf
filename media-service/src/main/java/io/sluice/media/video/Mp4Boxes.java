package io.sluice.media.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The outer boxes of an MP4 file. Format: ISO/IEC 14496-12, 4.2. */
final class Mp4Boxes {

    private static final int HEADER = 8;
    private static final int LARGE_HEADER = 16;

    private Mp4Boxes() {}

    /** Whether the file consists of boxes and the last one ends where the file ends. */
    static boolean areWhole(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            long at = 0;
            while (at < size) {
                ByteBuffer header = ByteBuffer.allocate(LARGE_HEADER);
                if (channel.read(header, at) < HEADER) {
                    return false;
                }
                long length = Integer.toUnsignedLong(header.getInt(0));
                if (length == 1 && header.position() == LARGE_HEADER) {
                    length = header.getLong(HEADER);
                }
                if (length < HEADER || length > size - at) {
                    return false;
                }
                at += length;
            }
            return size > 0;
        }
    }
}
