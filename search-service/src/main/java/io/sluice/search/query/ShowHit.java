package io.sluice.search.query;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Predicate;

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

    SearchHit show(FieldDoc found) throws IOException {
        Document document = stored.document(found.doc);
        AssetParts parts = AssetParts.of(document);
        AssetState asset = Objects.requireNonNull(parts.live(), "only live assets have fields to be found by");
        Map<String, String> texts = AssetTexts.of(asset, parts, AssetDocument.titlesOf(document));
        SortedMap<String, List<Span>> spans = explain.spans(found.doc);
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

    private FileLocation location(AssetState asset, SortedMap<String, List<Span>> spans, Map<String, String> texts) {
        String name = lineOf(Fields.NAME, spans, texts);
        String folder = lineOf(Fields.PATH, spans, texts);
        Predicate<FileLocation> ofLibrary =
                each -> library.isEmpty() || each.getLibraryId().equals(library);
        Predicate<FileLocation> matched =
                each -> (name.isEmpty() || AssetTexts.nameOf(each).equals(name))
                        && (folder.isEmpty() || AssetTexts.folderOf(each).equals(folder));
        return asset.getLocationsList().stream()
                .filter(ofLibrary.and(matched))
                .findFirst()
                .or(() -> asset.getLocationsList().stream().filter(ofLibrary).findFirst())
                .orElse(FileLocation.getDefaultInstance());
    }

    /** The line of the field's first match; empty without one. */
    private static String lineOf(String field, SortedMap<String, List<Span>> spans, Map<String, String> texts) {
        String text = texts.getOrDefault(field, "");
        List<Span> found = spans.getOrDefault(field, List.of());
        if (found.isEmpty() || found.getFirst().start() >= text.length()) {
            return "";
        }
        int at = found.getFirst().start();
        int end = text.indexOf('\n', at);
        return text.substring(text.lastIndexOf('\n', at) + 1, end < 0 ? text.length() : end);
    }
}
