package io.sluice.search.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionLengthAttribute;
import org.apache.lucene.util.AttributeSource;
import org.jspecify.annotations.Nullable;

/**
 * Takes names apart: at everything that is no letter or digit, between letters and digits, and where camelCase turns.
 * {@code IMG_MyHoliday2.jpg} is img, myholiday2 (over the next three), my, holiday, 2, jpg: the parts stand next to each
 * other, so that a phrase finds them, and a run of several parts stands there whole as well.
 */
final class SplitNames extends TokenFilter {

    private enum Sort {
        UPPER,
        LETTER,
        DIGIT,
        MARK,
        BETWEEN
    }

    /** A term to be given, by its place in the token. */
    private record Piece(int start, int end, int positionIncrement, int positionLength) {}

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private final PositionLengthAttribute length = addAttribute(PositionLengthAttribute.class);

    private final Deque<Piece> waiting = new ArrayDeque<>();
    private String whole = "";
    private int wholeStart;
    private AttributeSource.@Nullable State token;

    SplitNames(TokenStream words) {
        super(words);
    }

    @Override
    public boolean incrementToken() throws java.io.IOException {
        if (!waiting.isEmpty()) {
            give(waiting.removeFirst());
            return true;
        }
        if (!input.incrementToken()) {
            return false;
        }
        List<Piece> pieces = split(term.toString(), increment.getPositionIncrement());
        if (pieces.size() > 1 || (pieces.size() == 1 && pieces.getFirst().end() != term.length())) {
            whole = term.toString();
            wholeStart = offset.startOffset();
            token = captureState();
            waiting.addAll(pieces);
            give(waiting.removeFirst());
        }
        return true;
    }

    @Override
    public void reset() throws java.io.IOException {
        super.reset();
        waiting.clear();
        token = null;
    }

    private void give(Piece piece) {
        restoreState(token);
        term.setEmpty().append(whole, piece.start(), piece.end());
        offset.setOffset(wholeStart + piece.start(), wholeStart + piece.end());
        increment.setPositionIncrement(piece.positionIncrement());
        length.setPositionLength(piece.positionLength());
    }

    /** None when there is no letter and no digit, e.g. in a smiley: it stays as it is. */
    private static List<Piece> split(String text, int firstIncrement) {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int next = at + Character.charCount(text.codePointAt(at));
            if (sort(text.codePointAt(at)) == Sort.BETWEEN) {
                at = next;
                continue;
            }
            int end = at;
            while (end < text.length() && sort(text.codePointAt(end)) != Sort.BETWEEN) {
                end += Character.charCount(text.codePointAt(end));
            }
            addRun(text, at, end, pieces.isEmpty() ? firstIncrement : 1, pieces);
            at = end;
        }
        return pieces;
    }

    private static void addRun(String text, int start, int end, int firstIncrement, List<Piece> pieces) {
        List<Integer> cuts = cuts(text, start, end);
        if (cuts.size() > 2) {
            pieces.add(new Piece(start, end, firstIncrement, cuts.size() - 1));
        }
        for (int i = 0; i + 1 < cuts.size(); i++) {
            int partIncrement = i > 0 ? 1 : cuts.size() > 2 ? 0 : firstIncrement;
            pieces.add(new Piece(cuts.get(i), cuts.get(i + 1), partIncrement, 1));
        }
    }

    /** Where parts begin, and the end. */
    private static List<Integer> cuts(String text, int start, int end) {
        List<Integer> cuts = new ArrayList<>(List.of(start));
        Sort before = sort(text.codePointAt(start));
        int lastStart = start;
        int at = start + Character.charCount(text.codePointAt(start));
        while (at < end) {
            Sort now = sort(text.codePointAt(at));
            if (now != Sort.MARK) {
                if ((now == Sort.DIGIT) != (before == Sort.DIGIT) || (now == Sort.UPPER && before == Sort.LETTER)) {
                    cuts.add(at);
                } else if (now == Sort.LETTER && before == Sort.UPPER && lastStart != cuts.getLast()) {
                    // HTMLFile: the last capital begins the next word.
                    cuts.add(lastStart);
                }
                before = now;
                lastStart = at;
            }
            at += Character.charCount(text.codePointAt(at));
        }
        cuts.add(end);
        return cuts;
    }

    private static Sort sort(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> Sort.UPPER;
            case Character.LOWERCASE_LETTER, Character.MODIFIER_LETTER, Character.OTHER_LETTER -> Sort.LETTER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> Sort.DIGIT;
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> Sort.MARK;
            default -> Sort.BETWEEN;
        };
    }
}
