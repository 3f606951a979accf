package io.sluice.media.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.sluice.media.library.PathBytes;
import io.sluice.media.profile.Encoding;

/**
 * What a child is asked: decode once, make all steps.
 *
 * @param source the original, absolute
 * @param maxPixels width × height, larger ones are refused
 * @param box what the picture is decoded to; every step starts from that, so that its bytes depend on nothing else
 */
record LadderRequest(Path source, long maxPixels, int box, List<LadderStep> steps) {

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writePath(out, source);
            out.writeLong(maxPixels);
            out.writeInt(box);
            out.writeInt(steps.size());
            for (LadderStep step : steps) {
                out.writeInt(step.box());
                out.writeUTF(step.encoding().name());
                out.writeInt(step.quality());
                writePath(out, step.file());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static LadderRequest from(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Path source = readPath(in);
            long maxPixels = in.readLong();
            int box = in.readInt();
            int count = in.readInt();
            List<LadderStep> steps = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                int stepBox = in.readInt();
                Encoding encoding = Encoding.valueOf(in.readUTF());
                steps.add(new LadderStep(stepBox, encoding, in.readInt(), readPath(in)));
            }
            return new LadderRequest(source, maxPixels, box, List.copyOf(steps));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writePath(DataOutputStream out, Path path) throws IOException {
        byte[] bytes = PathBytes.of(path);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static Path readPath(DataInputStream in) throws IOException {
        return PathBytes.absolute(in.readNBytes(in.readInt()));
    }
}
