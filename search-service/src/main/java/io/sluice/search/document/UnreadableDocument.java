package io.sluice.search.document;

import java.util.HexFormat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;

import com.google.protobuf.ByteString;

import io.sluice.contract.search.v1.UnreadableRecord;

/** Keeps a record that could not be read, with its reason, until a readable one of its key comes. */
public final class UnreadableDocument {

    private static final int LONGEST_KEY = 512;

    private static final String TOPIC = "topic";
    private static final String PARTITION = "partition";
    private static final String OFFSET = "offset";
    private static final String KEY = "key";
    private static final String REASON = "reason";

    private UnreadableDocument() {}

    public static Document of(ConsumerRecord<byte[], byte[]> told, String reason) {
        Document document = new Document();
        document.add(new StringField(Fields.ID, idOf(told), Field.Store.YES));
        document.add(new StringField(Fields.TYPE, Fields.UNREADABLE, Field.Store.NO));
        document.add(new StoredField(TOPIC, told.topic()));
        document.add(new StoredField(PARTITION, told.partition()));
        document.add(new StoredField(OFFSET, told.offset()));
        document.add(new StoredField(REASON, reason));
        if (told.key() != null) {
            document.add(new StoredField(KEY, told.key()));
        }
        if (told.value() != null) {
            document.add(new StoredField("value", told.value()));
        }
        return document;
    }

    /** Which record it was, and why; its bytes stay in the index. */
    public static UnreadableRecord read(Document document) {
        BytesRef key = document.getBinaryValue(KEY);
        return UnreadableRecord.newBuilder()
                .setTopic(document.get(TOPIC))
                .setPartition(document.getField(PARTITION).numericValue().intValue())
                .setOffset(document.getField(OFFSET).numericValue().longValue())
                .setKey(key == null ? ByteString.EMPTY : ByteString.copyFrom(key.bytes, key.offset, key.length))
                .setReason(document.get(REASON))
                .build();
    }

    /** The same for every record of a key; one without a key, or with an endless one, stands for itself. */
    public static String idOf(ConsumerRecord<byte[], byte[]> told) {
        boolean named = told.key() != null && told.key().length <= LONGEST_KEY;
        return "u:" + told.topic() + "/"
                + (named ? HexFormat.of().formatHex(told.key()) : told.partition() + "@" + told.offset());
    }
}
