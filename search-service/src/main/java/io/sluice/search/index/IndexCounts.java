package io.sluice.search.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;

import io.sluice.contract.search.v1.UnreadableRecord;
import io.sluice.search.document.Fields;
import io.sluice.search.document.UnreadableDocument;

/** How many documents of each sort there are. */
public record IndexCounts(long live, long hidden, long containers, long unreadable) {

    private static final int MOST_UNREADABLE = 50;

    public static IndexCounts of(DirectoryReader reader) throws IOException {
        IndexSearcher searcher = new IndexSearcher(reader);
        long live = count(searcher, Fields.SHOWN, Fields.YES);
        return new IndexCounts(
                live,
                count(searcher, Fields.TYPE, Fields.ASSET) - live,
                count(searcher, Fields.TYPE, Fields.CONTAINER),
                count(searcher, Fields.TYPE, Fields.UNREADABLE));
    }

    /** The first of what could not be read. */
    public static List<UnreadableRecord> unreadable(DirectoryReader reader) throws IOException {
        IndexSearcher searcher = new IndexSearcher(reader);
        List<UnreadableRecord> records = new ArrayList<>();
        TermQuery unreadable = new TermQuery(new Term(Fields.TYPE, Fields.UNREADABLE));
        for (ScoreDoc found : searcher.search(unreadable, MOST_UNREADABLE).scoreDocs) {
            records.add(UnreadableDocument.read(searcher.storedFields().document(found.doc)));
        }
        return records;
    }

    private static long count(IndexSearcher searcher, String field, String value) throws IOException {
        return searcher.count(new TermQuery(new Term(field, value)));
    }
}
