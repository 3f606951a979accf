package io.sluice.media.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import io.sluice.contract.ErrorCode;

/** A {@link LadderAnswer} on its way from a child to its parent; both are of one build. */
final class AnswerWire {

    private AnswerWire() {}

    static byte[] bytes(LadderAnswer answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            switch (answer) {
                case LadderAnswer.Refused(ErrorCode code, String reason) -> {
                    out.writeBoolean(false);
                    out.writeUTF(code.name());
                    out.writeUTF(reason);
                }
                case LadderAnswer.Complete(PixelFacts facts, List<LadderAnswer.Made> made) -> {
                    out.writeBoolean(true);
                    write(facts, out);
                    out.writeInt(made.size());
                    for (LadderAnswer.Made one : made) {
                        out.writeInt(one.width());
                        out.writeInt(one.height());
                        out.writeLong(one.bytes());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static LadderAnswer read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (!in.readBoolean()) {
                return new LadderAnswer.Refused(ErrorCode.valueOf(in.readUTF()), in.readUTF());
            }
            PixelFacts facts = facts(in);
            int count = in.readInt();
            List<LadderAnswer.Made> made = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                made.add(new LadderAnswer.Made(in.readInt(), in.readInt(), in.readLong()));
            }
            return new LadderAnswer.Complete(facts, List.copyOf(made));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(PixelFacts facts, DataOutputStream out) throws IOException {
        out.writeInt(facts.width());
        out.writeInt(facts.height());
        out.writeUTF(facts.format());
        out.writeBoolean(facts.hasAlpha());
        out.writeUTF(facts.colourProfile());
        out.writeInt(facts.thumbHash().length);
        out.write(facts.thumbHash());
    }

    private static PixelFacts facts(DataInputStream in) throws IOException {
        return new PixelFacts(
                in.readInt(), in.readInt(), in.readUTF(), in.readBoolean(), in.readUTF(), in.readNBytes(in.readInt()));
    }
}
