package io.sluice.search.document;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;

import com.google.protobuf.InvalidProtocolBufferException;

import io.sluice.contract.ingest.v1.ContainerState;

/** Keeps what assets show of a gallery or collection. */
public final class ContainerDocument {

    private ContainerDocument() {}

    public static Document of(ContainerState container) {
        Document document = new Document();
        document.add(new StringField(Fields.ID, Fields.containerId(container.getContainerId()), Field.Store.NO));
        document.add(new StringField(Fields.TYPE, Fields.CONTAINER, Field.Store.NO));
        // Members say themselves where they belong.
        document.add(new StoredField(
                Fields.PART_CONTAINER,
                container.toBuilder().clearMembers().build().toByteArray()));
        return document;
    }

    public static ContainerState read(Document document) {
        BytesRef bytes = document.getBinaryValue(Fields.PART_CONTAINER);
        try {
            return ContainerState.parser().parseFrom(bytes.bytes, bytes.offset, bytes.length);
        } catch (InvalidProtocolBufferException damaged) {
            throw new DamagedDocument("A container", damaged);
        }
    }
}
