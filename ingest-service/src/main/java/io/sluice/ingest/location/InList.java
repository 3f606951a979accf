package io.sluice.ingest.location;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The values of an {@code IN (…)}, in pieces of at most 500: MariaDB turns 1,000 and more into a join that ignores the
 * index. Padded with its last value to one of three lengths, so that there are three statements to parse and not 500.
 */
public record InList<T>(List<T> values) {

    private static final int LONGEST = 500;

    /** The values in their order, in pieces. */
    public static <T> Stream<InList<T>> of(Collection<T> values) {
        List<T> all = List.copyOf(values);
        List<InList<T>> pieces = new ArrayList<>();
        for (int from = 0; from < all.size(); from += LONGEST) {
            pieces.add(new InList<>(all.subList(from, Math.min(all.size(), from + LONGEST))));
        }
        return pieces.stream();
    }

    /** {@code ?,?,…} */
    public String marks() {
        return "?,".repeat(length() - 1) + "?";
    }

    /** Binds the values from this position on. */
    public <S extends SqlStatement<S>> S bind(S statement, int position) {
        for (int i = 0; i < length(); i++) {
            statement.bind(position + i, (Object) values.get(Math.min(i, values.size() - 1)));
        }
        return statement;
    }

    private int length() {
        if (values.size() <= 8) {
            return 8;
        }
        return values.size() <= 64 ? 64 : LONGEST;
    }
}
