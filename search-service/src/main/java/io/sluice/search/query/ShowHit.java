package io.sluice.search.query;

import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;

import org.apache.lucene.document.Document;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.FieldDoc;

import com.google.protobuf.ByteString;

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.FileLocation;
import io.sluice.contract.search.v1.SearchHit;
import io.sluice.search.document.AssetDocument;
import io.sluice.search.document.AssetParts;
import io.sluice.search.document.AssetTexts;
import io.sluice.search.document.Fields;
import io.sluice.search.query.ExplainHit.Span;

/** Makes an answer of a found document. */
final class ShowHit {

    private final StoredFields stored;
    private final ExplainHit explain;
    private final String library;

    /** @param library whose locations go first; empty for all alike */
    ShowHit(StoredFields stored, ExplainHit explain, String library) {
        this.stored = stored;
        this.explain = explain;
        this.library = library;
    }

    /** @param explained whether there is time to say why */
    SearchHit show(FieldDoc found, boolean explained) throws IOException {
        Document document = stored.document(found.doc);
        AssetParts parts = AssetParts.of(document);
        AssetState asset = Objects.requireNonNull(parts.live(), "only live assets have fields to be found by");
        Map<String, String> texts = AssetTexts.of(asset, parts, AssetDocument.titlesOf(document));
        SortedMap<String, List<Span>> spans = explained ? explain.spans(found.doc) : Collections.emptySortedMap();
        FileLocation location = location(asset, spans, texts);
        SearchHit.Builder hit = SearchHit.newBuilder()
                .setContentHash(ByteString.copyFrom(
                        HexFormat.of().parseHex(Cursor.behind(found).contentHash())))
                .setScore(((Float) found.fields[0]).doubleValue())
                .setLibraryId(location.getLibraryId())
                .setPath(location.getPath())
                .addAllReasons(ExplainHit.reasons(spans, texts))
                .setKind(asset.getKind())
                .addAllReadyRenditions(parts.readyRenditions());
        if (asset.hasTakenAt()) {
            hit.setTakenAt(asset.getTakenAt().getAt());
        }
        return hit.build();
    }

    /** The one whose name and folder matched most; the first of those. */
    private FileLocation location(AssetState asset, SortedMap<String, List<Span>> spans, Map<String, String> texts) {
        Set<String> names = lines(Fields.NAME, spans, texts);
        Set<String> folders = lines(Fields.PATH, spans, texts);
        return asset.getLocationsList().stream()
                .filter(each -> library.isEmpty() || each.getLibraryId().equals(library))
                .min(Comparator.comparingInt(each -> (names.contains(AssetTexts.nameOf(each)) ? 0 : 1)
                        + (folders.contains(AssetTexts.folderOf(each)) ? 0 : 1)))
                .orElse(FileLocation.getDefaultInstance());
    }

    /** The lines of a field that something matched in. */
    private static Set<String> lines(String field, SortedMap<String, List<Span>> spans, Map<String, String> texts) {
        String text = texts.getOrDefault(field, "");
        Set<String> lines = new HashSet<>();
        for (Span span : spans.getOrDefault(field, List.of())) {
            if (span.end() <= text.length()) {
                int end = text.indexOf('\n', span.end());
                lines.add(text.substring(text.lastIndexOf('\n', span.start()) + 1, end < 0 ? text.length() : end));
            }
        }
        return lines;
    }
}
