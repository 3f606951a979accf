package io.sluice.testsupport;

import java.util.List;
import java.util.Map;

import org.jdbi.v3.core.Jdbi;

/** Looks into one schema. */
public final class DatabaseProbe {

    private final Jdbi jdbi;

    public DatabaseProbe(String url, String username, String password) {
        this.jdbi = Jdbi.create(url, username, password);
    }

    /** For anything that the short methods here do not say. */
    public Jdbi jdbi() {
        return jdbi;
    }

    /** A number, e.g. of {@code SELECT COUNT(*) FROM work WHERE state = ?}. */
    public long number(String sql, Object... arguments) {
        return jdbi.withHandle(
                handle -> handle.select(sql, arguments).mapTo(Long.class).one());
    }

    /** The first column of every row. */
    public List<String> strings(String sql, Object... arguments) {
        return jdbi.withHandle(
                handle -> handle.select(sql, arguments).mapTo(String.class).list());
    }

    /** Every row as column (lower case) to value. */
    public List<Map<String, Object>> rows(String sql, Object... arguments) {
        return jdbi.withHandle(
                handle -> handle.select(sql, arguments).mapToMap().list());
    }

    /** Changes rows and gives how many. */
    public int execute(String sql, Object... arguments) {
        return jdbi.withHandle(handle -> handle.execute(sql, arguments));
    }
}
