package io.sluice.search.text;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Words as people write and type them: split by Unicode's rules and then as names are ({@link SplitNames}), in lower case,
 * ü, ue and u alike, without accents. Nothing is stemmed: a name is what it is.
 */
public final class WordAnalyzer extends Analyzer {

    @Override
    protected TokenStreamComponents createComponents(String fieldName) {
        StandardTokenizer words = new StandardTokenizer();
        return new TokenStreamComponents(
                words,
                new ASCIIFoldingFilter(new GermanNormalizationFilter(new LowerCaseFilter(new SplitNames(words)))));
    }
}
