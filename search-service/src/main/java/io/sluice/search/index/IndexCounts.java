package io.sluice.search.index;

import java.io.IOException;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;

import io.sluice.search.document.Fields;

/** How many documents of each sort there are. */
public record IndexCounts(long live, long hidden, long containers, long unreadable) {

    public static IndexCounts of(DirectoryReader reader) throws IOException {
        IndexSearcher searcher = new IndexSearcher(reader);
        long live = count(searcher, Fields.SHOWN, Fields.YES);
        return new IndexCounts(
                live,
                count(searcher, Fields.TYPE, Fields.ASSET) - live,
                count(searcher, Fields.TYPE, Fields.CONTAINER),
                count(searcher, Fields.TYPE, Fields.UNREADABLE));
    }

    private static long count(IndexSearcher searcher, String field, String value) throws IOException {
        return searcher.count(new TermQuery(new Term(field, value)));
    }
}
