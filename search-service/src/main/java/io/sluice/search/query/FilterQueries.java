package io.sluice.search.query;

import org.apache.lucene.document.LongField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.search.v1.SearchFilter;
import io.sluice.search.document.AssetDocument;
import io.sluice.search.document.Fields;

/** What may be shown at all, and of that what the filters let through. */
final class FilterQueries {

    private FilterQueries() {}

    /** @param words what is looked for among them */
    static Query among(SearchFilter filter, Query words) {
        BooleanQuery.Builder all = new BooleanQuery.Builder().add(words, Occur.MUST);
        is(all, Fields.SHOWN, Fields.YES);
        is(all, Fields.LIBRARY_IS, filter.getLibraryId());
        is(all, Fields.CONTAINER_IS, filter.getContainerId());
        is(all, Fields.CAMERA_IS, filter.getCamera());
        if (filter.getKind() != MediaKind.MEDIA_KIND_UNSPECIFIED) {
            all.add(new TermQuery(new Term(Fields.KIND_IS, AssetDocument.wordOf(filter.getKind()))), Occur.FILTER);
        }
        if (filter.hasHasGps()) {
            is(all, Fields.GPS_IS, Boolean.toString(filter.getHasGps()));
        }
        if (filter.hasSizeMin() || filter.hasSizeMax()) {
            long most = filter.hasSizeMax() ? filter.getSizeMax() : Long.MAX_VALUE;
            all.add(LongField.newRangeQuery(Fields.SIZE, filter.getSizeMin(), most), Occur.FILTER);
        }
        if (filter.hasTakenFrom() || filter.hasTakenTo()) {
            long from = filter.hasTakenFrom() ? firstAtOrAfter(filter.getTakenFrom()) : Long.MIN_VALUE;
            long to = filter.hasTakenTo() ? firstAtOrAfter(filter.getTakenTo()) - 1 : Long.MAX_VALUE;
            all.add(LongField.newRangeQuery(Fields.TAKEN, from, to), Occur.FILTER);
        }
        return all.build();
    }

    private static void is(BooleanQuery.Builder all, String field, String value) {
        if (!value.isEmpty()) {
            all.add(new TermQuery(new Term(field, value)), Occur.FILTER);
        }
    }

    /** Documents have whole milliseconds. */
    private static long firstAtOrAfter(Timestamp time) {
        if (!Timestamps.isValid(time)) {
            throw new CodedException(ErrorCode.INVALID_REQUEST, "taken: A time from year 1 to 9999.");
        }
        return Timestamps.toMillis(time) + (time.getNanos() % 1_000_000 == 0 ? 0 : 1);
    }
}
