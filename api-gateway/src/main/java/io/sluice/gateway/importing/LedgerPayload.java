package io.sluice.gateway.importing;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import io.sluice.contract.ingest.v1.LedgerEntry;
import io.sluice.contract.ingest.v1.TargetIds;

/**
 * A ledger entry's payload as JSON: the names of the contract, every field each time. Protobuf's own JSON form would do
 * neither what readers of the ledger expect (it writes 64-bit numbers as text and leaves zeros out).
 */
final class LedgerPayload {

    private LedgerPayload() {}

    /** Empty when the entry has a payload of a kind that this release does not know. */
    static Map<String, @Nullable Object> of(LedgerEntry entry) {
        FieldDescriptor chosen = entry.getOneofFieldDescriptor(
                LedgerEntry.getDescriptor().getOneofs().getFirst());
        return chosen == null ? Map.of() : object((Message) entry.getField(chosen));
    }

    private static Map<String, @Nullable Object> object(Message message) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            Object shown = value(message, field);
            // An item has targets of one or two kinds; naming the others would say that it lacks them.
            if (shown != null || !(message instanceof TargetIds)) {
                fields.put(field.getName(), shown);
            }
        }
        return fields;
    }

    private static @Nullable Object value(Message message, FieldDescriptor field) {
        Object raw = message.getField(field);
        if (field.isRepeated()) {
            return ((List<?>) raw).stream().map(LedgerPayload::plain).toList();
        }
        return field.hasPresence() && !message.hasField(field) ? null : plain(raw);
    }

    private static @Nullable Object plain(Object raw) {
        return switch (raw) {
            case Message nested -> object(nested);
            case ByteString bytes -> bytes.isEmpty() ? null : HexFormat.of().formatHex(bytes.toByteArray());
            case String text -> text.isEmpty() ? null : text;
            case EnumValueDescriptor word -> word.getName();
            default -> raw;
        };
    }
}
