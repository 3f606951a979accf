package io.sluice.search.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Matches;
import org.apache.lucene.search.MatchesIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;

import io.sluice.contract.search.v1.SearchReason;
import io.sluice.contract.search.v1.SnippetSpan;
import io.sluice.search.document.Fields;

/** Says which fields words of a query were found in, and shows them: the offsets stand in the index, no text is read twice. */
final class ExplainHit {

    private static final int BEFORE = 40;
    private static final int LONGEST = 160;
    private static final int MOST_SPANS = 20;

    private final IndexSearcher searcher;
    private final Weight words;

    /** A match in a field's text. */
    record Span(int start, int end) {}

    ExplainHit(IndexSearcher searcher, Query words) throws IOException {
        this.searcher = searcher;
        this.words = searcher.createWeight(searcher.rewrite(words), ScoreMode.COMPLETE_NO_SCORES, 1);
    }

    /** Matches by field, in order, never overlapping; empty when everything fits. */
    SortedMap<String, List<Span>> spans(int document) throws IOException {
        SortedMap<String, List<Span>> spans = new TreeMap<>(Comparator.comparingInt(Fields.TEXTS::indexOf));
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
        Matches matches = words.matches(leaf, document - leaf.docBase);
        if (matches != null) {
            for (String field : matches) {
                MatchesIterator found = matches.getMatches(field);
                if (found != null && Fields.TEXTS.contains(field)) {
                    spans.put(field, apart(found));
                }
            }
        }
        return spans;
    }

    /** @param texts of the same document */
    static List<SearchReason> reasons(SortedMap<String, List<Span>> spans, Map<String, String> texts) {
        List<SearchReason> reasons = new ArrayList<>();
        spans.forEach((field, found) -> {
            String text = texts.getOrDefault(field, "");
            // Offsets of a text that is not this one would be a defect; the reason is true all the same.
            boolean fits = !found.isEmpty() && found.getLast().end() <= text.length();
            reasons.add(
                    fits
                            ? reason(field, text, found)
                            : SearchReason.newBuilder().setField(field).build());
        });
        return reasons;
    }

    private static SearchReason reason(String field, String text, List<Span> found) {
        Span first = found.getFirst();
        int start = wordStart(text, Math.max(0, first.start() - BEFORE), first.start());
        int end = wordEnd(text, Math.min(text.length(), Math.max(first.end(), start + LONGEST)), first.end());
        SearchReason.Builder reason = SearchReason.newBuilder()
                .setField(field)
                .setSnippet(text.substring(start, end).replace('\n', ' '));
        for (Span span : found) {
            if (span.end() <= end) {
                reason.addSpans(
                        SnippetSpan.newBuilder().setStart(span.start() - start).setEnd(span.end() - start));
            }
        }
        return reason.build();
    }

    /** The first place from there on where a word begins. */
    private static int wordStart(String text, int from, int limit) {
        int at = from;
        while (at > 0 && at < limit && !Character.isWhitespace(text.charAt(at - 1))) {
            at++;
        }
        return at;
    }

    /** The last place up to there where a word ends. */
    private static int wordEnd(String text, int from, int limit) {
        int at = from;
        while (at < text.length() && at > limit && !Character.isWhitespace(text.charAt(at))) {
            at--;
        }
        return at;
    }

    private static List<Span> apart(MatchesIterator found) throws IOException {
        List<Span> all = new ArrayList<>();
        while (all.size() < MOST_SPANS && found.next()) {
            if (found.startOffset() >= 0) {
                all.add(new Span(found.startOffset(), found.endOffset()));
            }
        }
        all.sort(Comparator.comparingInt(Span::start)
                .thenComparing(Comparator.comparingInt(Span::end).reversed()));
        List<Span> apart = new ArrayList<>();
        for (Span span : all) {
            if (apart.isEmpty() || span.start() >= apart.getLast().end()) {
                apart.add(span);
            }
        }
        return apart;
    }
}
