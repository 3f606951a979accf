package io.sluice.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** Event metadata as Kafka headers (CloudEvents Kafka binding 1.0.2, binary mode), and headers as the bytes that a row keeps. */
public final class EventHeaders {

    private EventHeaders() {}

    /** The headers of an event whose value is Protobuf. */
    public static Headers of(EventMetadata metadata) {
        Headers headers = new RecordHeaders();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", metadata.id().toString());
        put(headers, "ce_source", metadata.source());
        put(headers, "ce_type", metadata.type());
        put(headers, "ce_subject", metadata.subject());
        put(headers, "ce_time", metadata.time().toString());
        put(headers, "ce_aggregateversion", Long.toString(metadata.aggregateVersion()));
        put(headers, "content-type", "application/protobuf");
        if (metadata.traceparent() != null) {
            put(headers, "traceparent", metadata.traceparent());
        }
        return headers;
    }

    /**
     * What the headers of a record tell.
     *
     * @throws CodedException {@code UNREADABLE_MESSAGE} when one that an event must have is missing or malformed
     */
    public static EventMetadata metadata(Headers headers) {
        try {
            return new EventMetadata(
                    UUID.fromString(required(headers, "ce_id")),
                    required(headers, "ce_source"),
                    required(headers, "ce_type"),
                    required(headers, "ce_subject"),
                    Instant.parse(required(headers, "ce_time")),
                    Long.parseLong(required(headers, "ce_aggregateversion")),
                    text(headers, "traceparent"));
        } catch (IllegalArgumentException | java.time.DateTimeException malformed) {
            throw new CodedException(
                    ErrorCode.UNREADABLE_MESSAGE,
                    "A CloudEvents header is malformed: " + malformed.getMessage(),
                    malformed);
        }
    }

    /** All headers in their order, as one value of a row. */
    public static byte[] pack(Headers headers) {
        Header[] all = headers.toArray();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * all.length);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(all.length);
            for (Header header : all) {
                out.writeUTF(header.key());
                byte[] value = header.value();
                out.writeInt(value == null ? -1 : value.length);
                out.write(value == null ? new byte[0] : value);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** The inverse of {@link #pack}. */
    @SuppressWarnings("NullAway") // a Kafka header may have no value; the client's signature does not say so
    public static Headers unpack(byte[] packed) {
        Headers headers = new RecordHeaders();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed))) {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                String key = in.readUTF();
                int length = in.readInt();
                headers.add(key, length < 0 ? null : in.readNBytes(length));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return headers;
    }

    private static void put(Headers headers, String key, String value) {
        headers.add(key, value.getBytes(UTF_8));
    }

    private static String required(Headers headers, String key) {
        String value = text(headers, key);
        if (value == null) {
            throw new CodedException(ErrorCode.UNREADABLE_MESSAGE, "The record has no header " + key);
        }
        return value;
    }

    static @Nullable String text(Headers headers, String key) {
        Header header = headers.lastHeader(key);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}
