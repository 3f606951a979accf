package io.sluice.messaging;

import java.util.List;
import java.util.function.Function;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Writes rows by statements of many rows each. MariaDB takes a batch of plain inserts as one piece of work, but a batch
 * of upserts or updates one by one, at some five times the cost; {@code INSERT … VALUES (…), (…) ON DUPLICATE KEY UPDATE}
 * is one piece again.
 */
public final class ManyRows {

    /** Few different texts, so that they stay parsed; the largest is some 100 KB with its values. */
    private static final int[] SIZES = {256, 64, 16, 4, 1};

    private final String head;
    private final String row;
    private final String tail;

    /**
     * @param head up to and with {@code VALUES}
     * @param row one row's values in brackets, with positional marks
     * @param tail what stands behind the rows, e.g. {@code ON DUPLICATE KEY UPDATE …}
     */
    public ManyRows(String head, String row, String tail) {
        this.head = head + " ";
        this.row = row;
        this.tail = " " + tail;
    }

    /**
     * Writes rows in their order, in the caller's transaction.
     *
     * @param values what takes the place of the marks, in their order
     */
    public <T> void write(Handle tx, List<T> rows, Function<T, Object[]> values) {
        int from = 0;
        for (int size : SIZES) {
            while (rows.size() - from >= size) {
                execute(tx, rows.subList(from, from + size), values);
                from += size;
            }
        }
    }

    private <T> void execute(Handle tx, List<T> rows, Function<T, Object[]> values) {
        try (Update update = tx.createUpdate(head + (row + ", ").repeat(rows.size() - 1) + row + tail)) {
            int position = 0;
            for (T one : rows) {
                for (Object value : values.apply(one)) {
                    update.bind(position++, value);
                }
            }
            update.execute();
        }
    }
}
