package io.sluice.ingest.header;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.HeaderMetadata;

/** What the child answers: one header a file, in the order of the question. */
record HeaderAnswer(List<FileHeader> headers) {

    byte[] encoded() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(headers.size());
            for (FileHeader header : headers) {
                write(header, out);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(FileHeader header, DataOutputStream out) throws IOException {
        out.writeUTF(header.mediaType());
        byte[] metadata = header.metadata().toByteArray();
        out.writeInt(metadata.length);
        out.write(metadata);
        Instant takenAt = header.takenAt();
        out.writeBoolean(takenAt != null);
        out.writeLong(takenAt == null ? 0 : ChronoUnit.MICROS.between(Instant.EPOCH, takenAt));
        String reason = header.reason();
        out.writeBoolean(reason != null);
        out.writeUTF(reason == null ? "" : reason);
    }

    static HeaderAnswer decoded(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int count = in.readInt();
            List<FileHeader> headers = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                headers.add(read(in));
            }
            return new HeaderAnswer(headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileHeader read(DataInputStream in) throws IOException {
        String mediaType = in.readUTF();
        HeaderMetadata metadata = HeaderMetadata.parseFrom(in.readNBytes(in.readInt()));
        boolean timed = in.readBoolean();
        long micros = in.readLong();
        @Nullable Instant takenAt = timed ? Instant.EPOCH.plus(micros, ChronoUnit.MICROS) : null;
        boolean reasoned = in.readBoolean();
        String reason = in.readUTF();
        return new FileHeader(mediaType, metadata, takenAt, reasoned ? reason : null);
    }
}
