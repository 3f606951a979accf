package io.sluice.search.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.PositionLengthAttribute;
import org.apache.lucene.analysis.tokenattributes.TermToBytesRefAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

import io.sluice.search.document.Fields;
import io.sluice.search.query.Wish.Clause;
import io.sluice.search.text.WordAnalyzer;

/**
 * Makes a query of a wish: every clause in any field, the best field counts. All numbers are sums of powers of two, so that
 * scores are exact (see {@link io.sluice.search.text.PlainScores}).
 */
final class WordQueries {

    /** A name or title that has the word says more than a text that has it somewhere. */
    private static final Map<String, Float> WEIGHTS = Map.of(
            Fields.NAME, 4f,
            Fields.TITLE, 4f,
            Fields.CAMERA, 2f,
            Fields.LENS, 2f,
            Fields.DATE, 2f,
            Fields.PATH, 1f,
            Fields.TEXT, 1f,
            Fields.FORMAT, 1f);

    /** Of the fields beside the best one. */
    private static final float OTHERS = 0.125f;

    /** A whole word is better than one that only begins so. */
    private static final float UNFINISHED = 0.25f;

    /** Shorter beginnings are words of nearly every asset. */
    private static final int SHORTEST_BEGINNING = 2;

    /** Of a clause of 200 characters; keeps any query below what Lucene allows. */
    private static final int MOST_TERMS = 24;

    private final Analyzer analyzer = new WordAnalyzer();

    /**
     * The terms of a clause in their places.
     *
     * @param parts one a place
     * @param whole the clause as one term, when it is one name of several parts; empty otherwise
     */
    private record Terms(List<BytesRef> parts, List<BytesRef> whole) {}

    /** Fits what has all the words; nothing when none of them is one, and everything when there are only words to leave out. */
    Query of(Wish wish) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        boolean wanted = false;
        boolean unwanted = false;
        for (Clause clause : wish.clauses()) {
            Terms terms = terms(clause.text());
            if (!terms.parts().isEmpty()) {
                all.add(
                        anywhere(clause, terms),
                        clause.not() ? BooleanClause.Occur.MUST_NOT : BooleanClause.Occur.MUST);
                wanted |= !clause.not();
                unwanted |= clause.not();
            }
        }
        if (!wanted) {
            if (!wish.clauses().isEmpty() && !unwanted) {
                return new MatchNoDocsQuery("no words");
            }
            all.add(new MatchAllDocsQuery(), BooleanClause.Occur.MUST);
        }
        return all.build();
    }

    private static Query anywhere(Clause clause, Terms terms) {
        List<Query> fields = new ArrayList<>();
        for (String field : Fields.TEXTS) {
            fields.add(new BoostQuery(inField(field, clause, terms), WEIGHTS.getOrDefault(field, 1f)));
        }
        return new DisjunctionMaxQuery(fields, OTHERS);
    }

    private static Query inField(String field, Clause clause, Terms terms) {
        List<Query> ways = new ArrayList<>();
        ways.add(inARow(field, terms.parts()));
        terms.whole().forEach(whole -> ways.add(new TermQuery(new Term(field, whole))));
        if (clause.unfinished()) {
            BytesRef last = terms.parts().getLast();
            if (last.length >= SHORTEST_BEGINNING) {
                ways.add(beginning(field, terms.parts()));
            }
            terms.whole().forEach(whole -> ways.add(begins(field, whole)));
        }
        return ways.size() == 1 ? ways.getFirst() : new DisjunctionMaxQuery(ways, 0);
    }

    private static Query inARow(String field, List<BytesRef> parts) {
        if (parts.size() == 1) {
            return new TermQuery(new Term(field, parts.getFirst()));
        }
        return new PhraseQuery(field, parts.toArray(BytesRef[]::new));
    }

    /** All but the last as they are. */
    private static Query beginning(String field, List<BytesRef> parts) {
        if (parts.size() == 1) {
            return begins(field, parts.getFirst());
        }
        return new BooleanQuery.Builder()
                .add(inARow(field, parts.subList(0, parts.size() - 1)), BooleanClause.Occur.FILTER)
                .add(begins(field, parts.getLast()), BooleanClause.Occur.MUST)
                .build();
    }

    private static Query begins(String field, BytesRef start) {
        return new BoostQuery(new PrefixQuery(new Term(field, start)), UNFINISHED);
    }

    private Terms terms(String text) {
        List<BytesRef> parts = new ArrayList<>();
        List<BytesRef> whole = new ArrayList<>();
        int wholeLength = 0;
        try (TokenStream words = analyzer.tokenStream(Fields.NAME, text)) {
            TermToBytesRefAttribute term = words.addAttribute(TermToBytesRefAttribute.class);
            PositionLengthAttribute length = words.addAttribute(PositionLengthAttribute.class);
            words.reset();
            while (words.incrementToken()) {
                BytesRef bytes = BytesRef.deepCopyOf(term.getBytesRef());
                if (length.getPositionLength() > 1) {
                    // Stands for the whole clause only when it is its first and spans it.
                    whole.add(bytes);
                    wholeLength = parts.isEmpty() ? length.getPositionLength() : 0;
                } else if (parts.size() < MOST_TERMS) {
                    parts.add(bytes);
                }
            }
            words.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean one = whole.size() == 1 && wholeLength == parts.size();
        return new Terms(parts, one ? whole : List.of());
    }
}
