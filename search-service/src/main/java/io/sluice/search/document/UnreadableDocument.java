package io.sluice.search.document;

import java.util.HexFormat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;

/** Keeps a record that could not be read, with its reason, until a readable one of its key comes. */
public final class UnreadableDocument {

    private static final int LONGEST_KEY = 512;

    private UnreadableDocument() {}

    public static Document of(ConsumerRecord<byte[], byte[]> told, String reason) {
        Document document = new Document();
        document.add(new StringField(Fields.ID, idOf(told), Field.Store.YES));
        document.add(new StringField(Fields.TYPE, Fields.UNREADABLE, Field.Store.NO));
        document.add(new StoredField("reason", reason));
        document.add(new StoredField("partition", told.partition()));
        document.add(new StoredField("offset", told.offset()));
        if (told.key() != null) {
            document.add(new StoredField("key", told.key()));
        }
        if (told.value() != null) {
            document.add(new StoredField("value", told.value()));
        }
        return document;
    }

    /** The same for every record of a key; one without a key, or with an endless one, stands for itself. */
    public static String idOf(ConsumerRecord<byte[], byte[]> told) {
        boolean named = told.key() != null && told.key().length <= LONGEST_KEY;
        return "u:" + told.topic() + "/"
                + (named ? HexFormat.of().formatHex(told.key()) : told.partition() + "@" + told.offset());
    }
}
