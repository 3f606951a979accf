package io.sluice.ingest.header;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * What the service asks its child: the headers of some files.
 *
 * @param zone what a local time without an offset is taken for
 * @param typeOnly leaves everything but the type by content unread: for a file that killed its reader
 * @param files as URIs: they carry any bytes that a path may have
 */
record HeaderQuestion(ZoneId zone, boolean typeOnly, List<URI> files) {

    byte[] encoded() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeUTF(zone.getId());
            out.writeBoolean(typeOnly);
            out.writeInt(files.size());
            for (URI file : files) {
                out.writeUTF(file.toString());
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HeaderQuestion decoded(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            ZoneId zone = ZoneId.of(in.readUTF());
            boolean typeOnly = in.readBoolean();
            int count = in.readInt();
            List<URI> files = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                files.add(URI.create(in.readUTF()));
            }
            return new HeaderQuestion(zone, typeOnly, files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
