package io.sluice.ingest.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import org.jdbi.v3.core.statement.PreparedBatch;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;

import io.sluice.contract.ingest.v1.LedgerEntry;

/** Between a row of {@code ingest_event} and a {@link LedgerEntry}. */
final class LedgerRows {

    static final String COLUMNS = "entry_id, subject, library_id, event_type, payload_kind, payload, created_at";

    private static final OneofDescriptor PAYLOAD =
            LedgerEntry.getDescriptor().getOneofs().getFirst();

    /** A tally shows its zeros. */
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer()
            .preservingProtoFieldNames()
            .alwaysPrintFieldsWithNoPresence()
            .omittingInsignificantWhitespace();

    /** Rows of every release that ever wrote one are read. */
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private LedgerRows() {}

    static void add(PreparedBatch rows, LedgerEntry entry) {
        FieldDescriptor kind = entry.getOneofFieldDescriptor(PAYLOAD);
        if (kind == null) {
            throw new IllegalArgumentException("A ledger entry without payload: " + entry.getEventType());
        }
        Timestamp at = entry.getCreatedAt();
        rows.add(
                entry.getEntryId(),
                entry.getSubject(),
                entry.getLibraryId(),
                entry.getEventType(),
                kind.getName(),
                json((Message) entry.getField(kind)),
                LocalDateTime.ofEpochSecond(at.getSeconds(), at.getNanos(), ZoneOffset.UTC));
    }

    static LedgerEntry read(ResultSet row) throws SQLException {
        LocalDateTime at = row.getObject("created_at", LocalDateTime.class);
        LedgerEntry.Builder entry = LedgerEntry.newBuilder()
                .setEntryId(row.getString("entry_id"))
                .setSubject(row.getString("subject"))
                .setLibraryId(row.getString("library_id"))
                .setEventType(row.getString("event_type"))
                .setCreatedAt(Timestamp.newBuilder()
                        .setSeconds(at.toEpochSecond(ZoneOffset.UTC))
                        .setNanos(at.getNano()));
        FieldDescriptor kind = LedgerEntry.getDescriptor().findFieldByName(row.getString("payload_kind"));
        if (kind != null) {
            Message.Builder payload = entry.newBuilderForField(kind);
            merge(row.getString("payload"), payload);
            entry.setField(kind, payload.build());
        }
        return entry.build();
    }

    private static String json(Message payload) {
        try {
            return PRINTER.print(payload);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A payload of ours that cannot be printed", e);
        }
    }

    private static void merge(String json, Message.Builder payload) throws SQLException {
        try {
            PARSER.merge(json, payload);
        } catch (InvalidProtocolBufferException e) {
            throw new SQLException("A payload in the ledger that is no JSON of its kind", e);
        }
    }
}
