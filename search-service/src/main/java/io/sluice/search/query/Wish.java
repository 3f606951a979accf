package io.sluice.search.query;

import java.util.ArrayList;
import java.util.List;

/**
 * What a person typed, taken apart: words, "words in quotes", and -not before either. There is no wrong text: what has no
 * meaning here is a word, and quotes that stay open end with the text.
 *
 * @param clauses at most {@value #MOST_CLAUSES}
 * @param cut whether there was more than that
 */
record Wish(List<Clause> clauses, boolean cut) {

    static final int MOST_CLAUSES = 32;

    /** Longer than any sentence that a person looks for; the rest is not read. */
    private static final int LONGEST_TEXT = 2_000;

    private static final int LONGEST_CLAUSE = 200;

    /**
     * @param unfinished the last word, typed up to here
     */
    record Clause(String text, boolean phrase, boolean not, boolean unfinished) {}

    static Wish read(String typed) {
        String text = typed.length() > LONGEST_TEXT ? typed.substring(0, LONGEST_TEXT) : typed;
        List<Clause> clauses = new ArrayList<>();
        int at = 0;
        while (at < text.length() && clauses.size() <= MOST_CLAUSES) {
            if (isBlank(text.charAt(at))) {
                at++;
                continue;
            }
            boolean not = text.charAt(at) == '-' && at + 1 < text.length() && !isBlank(text.charAt(at + 1));
            at += not ? 1 : 0;
            boolean phrase = isQuote(text.charAt(at));
            int start = phrase ? at + 1 : at;
            int end = start;
            while (end < text.length() && !(isQuote(text.charAt(end)) || (!phrase && isBlank(text.charAt(end))))) {
                end++;
            }
            if (end > start) {
                String words = text.substring(start, Math.min(end, start + LONGEST_CLAUSE));
                clauses.add(new Clause(words, phrase, not, !phrase && !not && end == text.length()));
            }
            // A quote that ends a word begins the next clause.
            at = phrase ? end + 1 : end;
        }
        boolean cut = typed.length() > LONGEST_TEXT || clauses.size() > MOST_CLAUSES;
        return new Wish(List.copyOf(clauses.subList(0, Math.min(clauses.size(), MOST_CLAUSES))), cut);
    }

    private static boolean isBlank(char letter) {
        return Character.isWhitespace(letter) || Character.isSpaceChar(letter) || letter == 0;
    }

    private static boolean isQuote(char letter) {
        return letter == '"' || letter == '\u201c' || letter == '\u201d' || letter == '\u201e';
    }
}
