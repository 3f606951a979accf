package io.sluice.gateway.world;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** A keyset page over a list in memory: the cursor is the key of the last row. */
record FakePage<T>(List<T> rows, String next) {

    static <T> FakePage<T> of(List<T> all, Predicate<T> wanted, Function<T, String> key, String cursor, int limit) {
        List<T> rest = all.stream().filter(wanted).toList();
        if (!cursor.isEmpty()) {
            rest = rest.stream()
                    .dropWhile(row -> !key.apply(row).equals(cursor))
                    .skip(1)
                    .toList();
        }
        List<T> rows = rest.stream().limit(limit).toList();
        return new FakePage<>(rows, rows.size() < rest.size() ? key.apply(rows.getLast()) : "");
    }
}
