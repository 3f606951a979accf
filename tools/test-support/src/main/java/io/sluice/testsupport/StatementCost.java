package io.sluice.testsupport;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.ParsedParameters;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * What statements cost the server, counted by itself: neither the machine's speed nor the optimizer's guesses matter.
 *
 * @param reads index entries and rows that were touched
 * @param plans how each statement was run, a step a table
 */
public record StatementCost(long reads, List<Step> plans) {

    /** One line of an EXPLAIN. */
    public record Step(String table, String key, String extra, String sql) {}

    /**
     * Runs statements and counts; then explains each of them with the values that it had.
     *
     * @param jdbi over one connection, because a session counts its own reads only
     */
    public static StatementCost of(Jdbi jdbi, Consumer<Handle> statements) {
        List<Step> plans = new ArrayList<>();
        long reads = counted(jdbi, statements);
        jdbi.setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                plans.addAll(explained(context));
            }
        });
        try {
            jdbi.useHandle(statements::accept);
        } finally {
            jdbi.setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
        }
        return new StatementCost(reads, List.copyOf(plans));
    }

    private static long counted(Jdbi jdbi, Consumer<Handle> statements) {
        return jdbi.withHandle(handle -> {
            handle.execute("FLUSH STATUS");
            statements.accept(handle);
            return handle
                    .select("SHOW SESSION STATUS LIKE 'Handler_read%'")
                    .map((row, context) -> row.getLong(2))
                    .list()
                    .stream()
                    .mapToLong(Long::longValue)
                    .sum();
        });
    }

    private static List<Step> explained(StatementContext context) {
        String sql = context.getParsedSql().getSql();
        List<Step> steps = new ArrayList<>();
        if (sql.startsWith("SET ")) {
            return steps;
        }
        ParsedParameters parameters = context.getParsedSql().getParameters();
        try (PreparedStatement statement = context.getConnection().prepareStatement("EXPLAIN " + sql)) {
            for (int i = 0; i < parameters.getParameterCount(); i++) {
                argument(context, parameters, i).apply(i + 1, statement, context);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    steps.add(new Step(
                            String.valueOf(rows.getString("table")),
                            String.valueOf(rows.getString("key")),
                            String.valueOf(rows.getString("Extra")),
                            sql));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return steps;
    }

    private static Argument argument(StatementContext context, ParsedParameters parameters, int position) {
        return (parameters.isPositional()
                        ? context.getBinding().findForPosition(position)
                        : context.getBinding()
                                .findForName(parameters.getParameterNames().get(position), context))
                .orElseThrow();
    }
}
