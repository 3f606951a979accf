package io.sluice.messaging.lease;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

import org.jdbi.v3.core.Handle;

import io.sluice.messaging.Instance;
import io.sluice.messaging.Transactions;

/** Rows of ownership: taken by compare-and-set on the database's clock, a new token at each change of hands. */
final class Leases {

    /** Run out, given back, held by an earlier incarnation of this very instance, or by this one under a token it gave up. */
    private static final String FREE =
            "(lease_until <= NOW(6) OR (:stable AND owner = :owner AND incarnation <> :incarnation)"
                    + " OR (incarnation = :incarnation AND token = :lost))";

    /** For who has held nothing yet. */
    static final long NONE = 0;

    private final Transactions transactions;
    private final Instance instance;
    private final Duration duration;

    Leases(Transactions transactions, Instance instance, Duration duration) {
        this.transactions = transactions;
        this.instance = instance;
        this.duration = duration;
    }

    Duration duration() {
        return duration;
    }

    /**
     * The new token, or empty when another instance holds the lease.
     *
     * @param lost the token that the caller believes to have lost, or {@link #NONE}: its own heartbeat may have lengthened the lease since
     */
    OptionalLong take(String name, long lost) {
        return transactions.call(tx -> {
            // Looked at before it is locked: those who wait for a lease do not disturb its owner.
            String state = tx.createQuery("SELECT IF(" + FREE + ", 'free', 'held') FROM lease WHERE name = :name")
                    .bind("name", name)
                    .bind("stable", instance.stable())
                    .bind("owner", instance.name())
                    .bind("incarnation", instance.incarnation().toString())
                    .bind("lost", lost)
                    .mapTo(String.class)
                    .findOne()
                    .orElse("new");
            if (state.equals("held")) {
                return OptionalLong.empty();
            }
            if (state.equals("new")) {
                tx.execute("INSERT IGNORE INTO lease (name, token, lease_until) VALUES (?, 0, NOW(6))", name);
            }
            int taken = tx.createUpdate(
                            "UPDATE lease SET token = token + 1, owner = :owner, incarnation = :incarnation,"
                                    + " lease_until = NOW(6) + INTERVAL :micros MICROSECOND WHERE name = :name AND "
                                    + FREE)
                    .bind("name", name)
                    .bind("stable", instance.stable())
                    .bind("owner", instance.name())
                    .bind("incarnation", instance.incarnation().toString())
                    .bind("lost", lost)
                    .bind("micros", duration.toNanos() / 1000)
                    .execute();
            return taken == 0 ? OptionalLong.empty() : OptionalLong.of(token(tx, name));
        });
    }

    /** Lengthens what is still ours and tells the tokens of it, by name. */
    Map<String, Long> renew(Collection<String> names) {
        return transactions.call(tx -> {
            tx.createUpdate("UPDATE lease SET lease_until = NOW(6) + INTERVAL :micros MICROSECOND"
                            + " WHERE name IN (<names>) AND incarnation = :incarnation")
                    .bind("micros", duration.toNanos() / 1000)
                    .bind("incarnation", instance.incarnation().toString())
                    .bindList("names", names.stream().sorted().toList())
                    .execute();
            return tx.createQuery(
                            "SELECT name, token FROM lease WHERE name IN (<names>) AND incarnation = :incarnation")
                    .bind("incarnation", instance.incarnation().toString())
                    .bindList("names", names.stream().sorted().toList())
                    .reduceRows(new HashMap<String, Long>(), (held, row) -> {
                        held.put(row.getColumn("name", String.class), row.getColumn("token", Long.class));
                        return held;
                    });
        });
    }

    /** Gives it back, if it is still held under this token. */
    void release(String name, long token) {
        transactions.run(tx -> tx.execute(
                "UPDATE lease SET lease_until = NOW(6), owner = NULL, incarnation = NULL WHERE name = ? AND token = ? AND incarnation = ?",
                name,
                token,
                instance.incarnation().toString()));
    }

    /** Whether this token still holds; it then does until the transaction ends. */
    boolean holds(Handle tx, String name, long token) {
        return tx.createQuery(
                        "SELECT token FROM lease WHERE name = :name AND incarnation = :incarnation LOCK IN SHARE MODE")
                .bind("name", name)
                .bind("incarnation", instance.incarnation().toString())
                .mapTo(Long.class)
                .findOne()
                .filter(held -> held == token)
                .isPresent();
    }

    private static long token(Handle tx, String name) {
        return tx.createQuery("SELECT token FROM lease WHERE name = :name")
                .bind("name", name)
                .mapTo(Long.class)
                .one();
    }
}
