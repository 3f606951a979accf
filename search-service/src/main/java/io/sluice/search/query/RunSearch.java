package io.sluice.search.query;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TotalHits;

import io.sluice.contract.search.v1.Facet;
import io.sluice.contract.search.v1.FacetCount;
import io.sluice.contract.search.v1.FacetName;
import io.sluice.contract.search.v1.SearchMode;
import io.sluice.contract.search.v1.SearchNote;
import io.sluice.contract.search.v1.SearchRequest;
import io.sluice.contract.search.v1.SearchResponse;
import io.sluice.search.document.ContainerDocument;
import io.sluice.search.document.Fields;
import io.sluice.search.text.PlainScores;

/** Answers a search from one state of the index, within its time. */
public final class RunSearch {

    private static final int COUNTED_EXACTLY = 10_000;
    private static final int MOST_COUNTS = 50;

    /** A score, newest first among equals, and an order that is always the same among the rest. */
    private static final Sort BEST_FIRST = new Sort(
            SortField.FIELD_SCORE,
            missingLast(new SortedNumericSortField(Fields.TAKEN, SortField.Type.LONG, true)),
            new SortField(Fields.HASH, SortField.Type.STRING));

    private final WordQueries words = new WordQueries();
    private final Duration timeLimit;

    public RunSearch(Duration timeLimit) {
        this.timeLimit = timeLimit;
    }

    /** @param deadline by {@link System#nanoTime} */
    private record Run(IndexSearcher searcher, SearchWish wish, Wish typed, Query words, Query all, long deadline) {}

    /** @throws io.sluice.contract.CodedException {@code INVALID_REQUEST} for wrong numbers and cursors, never for a query */
    public SearchResponse search(DirectoryReader reader, SearchRequest request) throws IOException {
        SearchWish wish = SearchWish.of(request);
        Wish typed = Wish.read(request.getQuery());
        Query words = this.words.of(typed);
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(new PlainScores());
        long deadline = System.nanoTime() + timeLimit.toNanos();
        searcher.setTimeout(() -> System.nanoTime() > deadline);
        Run run = new Run(searcher, wish, typed, words, FilterQueries.among(request.getFilter(), words), deadline);
        SearchResponse.Builder answer = SearchResponse.newBuilder();
        if (wish.mode() != SearchMode.SEARCH_MODE_TEXT) {
            answer.addNotes(
                    note(
                            "no_model",
                            "There is no model to compare meanings with, so only words were compared. Add a model to search by meaning."));
        }
        if (typed.cut()) {
            answer.addNotes(note("query_cut", "Of a query this long only the first 32 words or phrases count."));
        }
        if (wish.mode() == SearchMode.SEARCH_MODE_SEMANTIC) {
            return answer.setTotal(0).setTotalIsExact(true).build();
        }
        addHits(answer, run);
        addFacets(answer, run);
        if (searcher.timedOut()) {
            answer.clearTotal().setTotalIsExact(false);
            answer.addNotes(note(
                    "time_limit",
                    "Not all was looked at within %d ms. Use more or longer words, or filters."
                            .formatted(timeLimit.toMillis())));
        }
        return answer.build();
    }

    private static void addHits(SearchResponse.Builder answer, Run run) throws IOException {
        String cursor = run.wish.request().getCursor();
        int documents = run.searcher.getIndexReader().maxDoc();
        FieldDoc after = cursor.isEmpty() ? null : Cursor.read(cursor, run.wish).after(documents);
        if (documents == 0) {
            answer.setTotal(0).setTotalIsExact(true);
            return;
        }
        // One more than is shown says whether there is another page.
        TopFieldDocs found = run.searcher.search(
                run.all, new TopFieldCollectorManager(BEST_FIRST, run.wish.limit() + 1, after, COUNTED_EXACTLY));
        answer.setTotal(found.totalHits.value())
                .setTotalIsExact(found.totalHits.relation() == TotalHits.Relation.EQUAL_TO);
        ShowHit show = new ShowHit(
                run.searcher.storedFields(),
                new ExplainHit(run.searcher, run.words),
                run.wish.request().getFilter().getLibraryId());
        int shown = Math.min(found.scoreDocs.length, run.wish.limit());
        for (int i = 0; i < shown; i++) {
            answer.addHits(show.show((FieldDoc) found.scoreDocs[i], System.nanoTime() < run.deadline));
        }
        if (found.scoreDocs.length > run.wish.limit()) {
            ScoreDoc last = found.scoreDocs[shown - 1];
            answer.setNextCursor(Cursor.behind((FieldDoc) last).write(run.wish));
        }
    }

    private static void addFacets(SearchResponse.Builder answer, Run run) throws IOException {
        if (run.wish.facets().isEmpty() || run.searcher.timedOut()) {
            return;
        }
        CountFacets.Counts counts = run.searcher.search(run.all, new CountFacets(run.wish.facets()));
        answer.setTotal(counts.assets()).setTotalIsExact(true);
        for (FacetName name : run.wish.facets().stream().sorted().toList()) {
            Map<String, Long> values = counts.values().getOrDefault(name, Map.of());
            List<Map.Entry<String, Long>> most = values.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(MOST_COUNTS)
                    .toList();
            List<FacetCount> shown = new ArrayList<>();
            for (Map.Entry<String, Long> value : most) {
                String label = name == FacetName.FACET_NAME_GALLERY ? titleOf(value.getKey(), run.searcher) : "";
                shown.add(FacetCount.newBuilder()
                        .setValue(value.getKey())
                        .setLabel(label)
                        .setCount(value.getValue())
                        .build());
            }
            answer.addFacets(Facet.newBuilder()
                    .setName(name)
                    .addAllCounts(shown)
                    .setAssets(counts.assets())
                    .setMore(values.size() - shown.size()));
        }
    }

    private static String titleOf(String container, IndexSearcher searcher) throws IOException {
        TopDocs found = searcher.search(new TermQuery(new Term(Fields.ID, Fields.containerId(container))), 1);
        if (found.scoreDocs.length == 0) {
            return "";
        }
        Document document = searcher.storedFields().document(found.scoreDocs[0].doc);
        return ContainerDocument.read(Objects.requireNonNull(document)).getTitle();
    }

    private static SortField missingLast(SortField field) {
        field.setMissingValue(Long.MIN_VALUE);
        return field;
    }

    private static SearchNote note(String code, String detail) {
        return SearchNote.newBuilder().setCode(code).setDetail(detail).build();
    }
}
