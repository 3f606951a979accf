package io.sluice.search.text;

import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.util.SmallFloat;

/**
 * How well a word fits a field: more for a word that stands there often, less in a long text, as in BM25
 * (https://doi.org/10.1561/1500000019), but without the numbers of the collection. So the score of an asset hangs on the
 * query and on the asset alone: it is the same in every instance, and it does not move when others come and go, which is
 * what keeps cursors good. That rare words count no more costs little here, as all words must be found.
 *
 * <p>Scores are multiples of 1/1024: sums of them are exact, whatever order they are added in.
 */
public final class PlainScores extends Similarity {

    private static final float SATURATION = 1.2f;
    private static final float LENGTH = 0.5f;

    /** A field of so many words is as usual. */
    private static final float USUAL_WORDS = 16;

    private static final float STEPS = 1024;

    @Override
    public SimScorer scorer(float boost, CollectionStatistics collection, TermStatistics... terms) {
        return new SimScorer() {
            @Override
            public float score(float frequency, long norm) {
                float words = SmallFloat.byte4ToInt((byte) norm);
                float limit = SATURATION * (1 - LENGTH + LENGTH * words / USUAL_WORDS);
                return stepped(boost * frequency / (frequency + limit));
            }
        };
    }

    private static float stepped(float score) {
        return Math.max(1, Math.round(score * STEPS)) / STEPS;
    }
}
