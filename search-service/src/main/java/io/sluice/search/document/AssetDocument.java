package io.sluice.search.document;

import static org.apache.lucene.document.Field.Store.NO;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

import com.google.protobuf.util.Timestamps;

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.ContainerKind;
import io.sluice.contract.ingest.v1.ContainerState;
import io.sluice.contract.ingest.v1.FileLocation;
import io.sluice.contract.ingest.v1.HeaderMetadata;
import io.sluice.contract.ingest.v1.MediaKind;

/** Makes the document of an asset from its parts. Only a live asset gets fields that it can be found by. */
public final class AssetDocument {

    /** A value that a filter takes; what is longer is no name. */
    private static final int LONGEST_VALUE = 1_000;

    /** With offsets, so that why it was found can be said without reading the text again. */
    private static final FieldType WORDS = new FieldType();

    static {
        WORDS.setTokenized(true);
        WORDS.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
        WORDS.freeze();
    }

    private AssetDocument() {}

    /** @param containers those of the asset that are known, in its order */
    public static Document of(String contentHash, AssetParts parts, List<ContainerState> containers) {
        Document document = new Document();
        document.add(new StringField(Fields.ID, Fields.assetId(contentHash), NO));
        document.add(new StringField(Fields.TYPE, Fields.ASSET, NO));
        document.add(new SortedDocValuesField(Fields.HASH, new BytesRef(contentHash)));
        parts.storeIn(document);
        AssetState live = parts.live();
        if (live != null) {
            document.add(new StringField(Fields.SHOWN, Fields.YES, NO));
            List<String> titles =
                    containers.stream().map(ContainerState::getTitle).toList();
            titles.forEach(title -> document.add(new StoredField(Fields.TITLE, title)));
            addTexts(document, AssetTexts.of(live, parts, titles));
            addFilters(document, live, containers);
        }
        return document;
    }

    /** As {@link #of} was given them. */
    public static List<String> titlesOf(Document document) {
        return List.of(document.getValues(Fields.TITLE));
    }

    /** How kinds are told outside: image, video, audio, document; empty for what is none. */
    public static String wordOf(MediaKind kind) {
        return switch (kind) {
            case MEDIA_KIND_IMAGE, MEDIA_KIND_VIDEO, MEDIA_KIND_AUDIO, MEDIA_KIND_DOCUMENT ->
                kind.name().substring("MEDIA_KIND_".length()).toLowerCase(Locale.ROOT);
            case MEDIA_KIND_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    private static void addTexts(Document document, Map<String, String> texts) {
        texts.forEach((field, text) -> document.add(new Field(field, text, WORDS)));
    }

    private static void addFilters(Document document, AssetState asset, List<ContainerState> containers) {
        asset.getLocationsList().stream()
                .map(FileLocation::getLibraryId)
                .distinct()
                .forEach(library -> add(document, Fields.LIBRARY_IS, library));
        asset.getContainerIdsList().forEach(container -> addFilter(document, Fields.CONTAINER_IS, container));
        containers.stream()
                .filter(container -> container.getKind() == ContainerKind.CONTAINER_KIND_GALLERY)
                .forEach(gallery -> addCount(document, Fields.GALLERY_IS, gallery.getContainerId()));
        HeaderMetadata header = asset.getHeader();
        add(document, Fields.KIND_IS, wordOf(asset.getKind()));
        add(document, Fields.CAMERA_IS, AssetTexts.camera(header));
        add(document, Fields.GPS_IS, Boolean.toString(header.hasGpsLatitude() && header.hasGpsLongitude()));
        document.add(new LongField(Fields.SIZE, asset.getSize(), NO));
        if (AssetTexts.isDated(asset)) {
            add(document, Fields.YEAR_IS, AssetTexts.yearOf(asset.getTakenAt().getAt()));
            document.add(new LongField(
                    Fields.TAKEN, Timestamps.toMillis(asset.getTakenAt().getAt()), NO));
        }
    }

    private static void add(Document document, String field, String value) {
        addFilter(document, field, value);
        addCount(document, field, value);
    }

    private static void addFilter(Document document, String field, String value) {
        if (isNamed(value)) {
            document.add(new StringField(field, value, NO));
        }
    }

    private static void addCount(Document document, String field, String value) {
        if (isNamed(value)) {
            document.add(new SortedSetDocValuesField(field, new BytesRef(value)));
        }
    }

    private static boolean isNamed(String value) {
        return !value.isBlank() && value.length() <= LONGEST_VALUE;
    }
}
