package io.sluice.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;

import io.sluice.contract.ingest.v1.LedgerEntry;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.gateway.GatewayMetrics;
import io.sluice.gateway.importing.LedgerEntryRepresentation;

/** What the records of the followed topics say to clients. */
@ApplicationScoped
class ReadRecords {

    private static final Logger LOG = Logger.getLogger(ReadRecords.class);

    private final ObjectMapper json;
    private final GatewayMetrics metrics;

    ReadRecords(ObjectMapper json, GatewayMetrics metrics) {
        this.json = json;
        this.metrics = metrics;
    }

    /** Records of one topic, read one after another in the order of each partition. Not safe for several threads. */
    interface Reading {

        /** What it says; null when it is nothing to a client, or cannot be read, which is logged and counted. */
        @Nullable
        StreamedEvent read(ConsumerRecord<byte[], byte[]> told);
    }

    /** What one record says to whom, before it is written down. */
    private record Said(String subject, Object content) {}

    private interface Meaning {

        @Nullable
        Said of(ConsumerRecord<byte[], byte[]> told) throws InvalidProtocolBufferException;
    }

    /** A new reading: one that tells changes has seen nothing yet. */
    Reading begin(FollowedTopic topic) {
        Meaning meaning =
                switch (topic) {
                    case LEDGER -> ReadRecords::ledger;
                    case RENDITION -> ReadRecords::rendition;
                    case LIBRARY -> new Libraries();
                };
        return told -> read(topic, meaning, told);
    }

    private @Nullable StreamedEvent read(FollowedTopic topic, Meaning meaning, ConsumerRecord<byte[], byte[]> told) {
        try {
            Said said = meaning.of(told);
            metrics.eventRecord(topic.topic().name(), true);
            return said == null
                    ? null
                    : new StreamedEvent(
                            topic.slotOf(told.partition()),
                            told.offset(),
                            topic.type(),
                            said.subject(),
                            json.writeValueAsString(said.content()));
        } catch (InvalidProtocolBufferException | JsonProcessingException unreadable) {
            metrics.eventRecord(topic.topic().name(), false);
            LOG.errorf(
                    unreadable,
                    "event record unreadable topic=%s partition=%d offset=%d",
                    told.topic(),
                    told.partition(),
                    told.offset());
            return null;
        }
    }

    private static Said ledger(ConsumerRecord<byte[], byte[]> told) throws InvalidProtocolBufferException {
        LedgerEntry entry = LedgerEntry.parseFrom(told.value() == null ? new byte[0] : told.value());
        return new Said(
                entry.getSubject().isEmpty() ? key(told) : entry.getSubject(), LedgerEntryRepresentation.of(entry));
    }

    private static @Nullable Said rendition(ConsumerRecord<byte[], byte[]> told) throws InvalidProtocolBufferException {
        if (told.value() == null) {
            return null;
        }
        RenditionState state = RenditionState.parseFrom(told.value());
        return switch (state.getLifecycle()) {
            case RENDITION_LIFECYCLE_READY, RENDITION_LIFECYCLE_FAILED, RENDITION_LIFECYCLE_UNSUPPORTED ->
                new Said(
                        HexFormat.of().formatHex(state.getContentHash().toByteArray()),
                        AssetEventRepresentation.of(state));
            case RENDITION_LIFECYCLE_PENDING,
                    RENDITION_LIFECYCLE_RUNNING,
                    RENDITION_LIFECYCLE_UNSPECIFIED,
                    UNRECOGNIZED -> null;
        };
    }

    private static String key(ConsumerRecord<byte[], byte[]> told) {
        return told.key() == null ? "" : new String(told.key(), UTF_8);
    }

    /** The scanner tells a library also after each full scan; to a client it is news when it is called or is otherwise. */
    private static final class Libraries implements Meaning {

        private final Map<String, LibraryState> known = new HashMap<>();

        @Override
        public @Nullable Said of(ConsumerRecord<byte[], byte[]> told) throws InvalidProtocolBufferException {
            String id = key(told);
            if (told.value() == null) {
                LibraryState gone = known.remove(id);
                return gone == null ? null : new Said(id, LibraryEventRepresentation.gone(gone));
            }
            LibraryState state = LibraryState.parseFrom(told.value());
            LibraryState before = known.get(id);
            if (before != null && before.getVersion() > state.getVersion()) {
                return null;
            }
            known.put(id, state);
            boolean same = before != null
                    && before.getName().equals(state.getName())
                    && before.getHealth().equals(state.getHealth());
            return same ? null : new Said(id, LibraryEventRepresentation.of(state));
        }
    }
}
