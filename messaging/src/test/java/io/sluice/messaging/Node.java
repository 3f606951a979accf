package io.sluice.messaging;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.mariadb.jdbc.MariaDbPoolDataSource;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.messaging.deadletter.CloseDeadLetters;
import io.sluice.messaging.deadletter.DeadLetters;
import io.sluice.messaging.deadletter.LetterLists;
import io.sluice.messaging.fact.FactHandler;
import io.sluice.messaging.fact.RedriveMessages;
import io.sluice.messaging.lease.Duties;
import io.sluice.messaging.outbox.Outbox;
import io.sluice.messaging.outbox.OutboxRelay;
import io.sluice.messaging.outbox.RedriveOutbox;
import io.sluice.messaging.work.RedriveWork;
import io.sluice.messaging.work.WorkBoard;
import io.sluice.messaging.work.WorkHandler;
import io.sluice.messaging.work.WorkRunner;

/** What one process of a service has of this module, without its container. */
public final class Node implements AutoCloseable {

    public final Instance instance;
    public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    public final MessagingMetrics metrics = new MessagingMetrics(registry);
    public final Progress progress = new Progress();
    public final Patience patience = new Patience(progress, metrics);
    public final Transactions transactions;
    public final Duties duties;
    public final Outbox outbox;
    public final DeadLetters deadLetters;
    public final LetterLists letters;
    public final WorkBoard board;
    public final WorkRunner runner;
    private final MariaDbPoolDataSource pool;

    /** A process without a name of its own, with short leases. */
    public static Node passing(String schema) {
        return new Node(
                schema, "passing-" + UUID.randomUUID(), false, Servers.SHORT_LEASE, Servers.SHORT_LEASE.dividedBy(6));
    }

    /** One that never renews a lease: what others see of a process that froze once it had it. */
    public static Node frozen(String schema) {
        return new Node(schema, "frozen-" + UUID.randomUUID(), false, Servers.SHORT_LEASE, Duration.ofHours(1));
    }

    public static Node stable(String schema, String name, Duration lease) {
        return new Node(schema, name, true, lease, lease.dividedBy(6));
    }

    private Node(String schema, String name, boolean stable, Duration lease, Duration heartbeat) {
        try {
            // The driver shares pools of one address; each process has its own.
            pool = new MariaDbPoolDataSource(Servers.database().jdbcUrl(schema)
                    + "&maxPoolSize=12&connectTimeout=2000&poolName=" + Servers.fresh("pool"));
            pool.setUser(Servers.database().username());
            pool.setPassword(Servers.database().password());
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
        // Known by its schema, so that the relays of two tests do not fence each other.
        instance = new Instance(schema, name, stable, UUID.randomUUID());
        transactions = new Transactions(Jdbi.create(pool));
        duties = new Duties(transactions, instance, lease, heartbeat, progress, metrics);
        outbox = new Outbox(instance, duties::wake);
        deadLetters = new DeadLetters(outbox, instance, metrics);
        letters = new LetterLists(transactions);
        board = new WorkBoard(duties::wake);
        runner = new WorkRunner(transactions, instance, lease, heartbeat, deadLetters, progress, patience, metrics);
    }

    /** What ends dead letters in a service that has these. */
    public CloseDeadLetters closing(List<WorkHandler<?>> works, List<FactHandler<?>> facts) {
        return new CloseDeadLetters(
                transactions,
                List.of(new RedriveWork(board, works), new RedriveMessages(facts), new RedriveOutbox(outbox)),
                metrics);
    }

    public OutboxRelay relay(int shard) {
        return new OutboxRelay(
                shard, instance, Servers.kafka(), transactions, deadLetters, Duration.ofMillis(50), metrics);
    }

    public void startRelays() {
        for (int shard = 0; shard < Outbox.SHARDS; shard++) {
            duties.start(relay(shard));
        }
    }

    /** Cut off from the database in the midst of what it does: all that others see of a process that was killed. */
    public void crash() {
        pool.close();
    }

    public long number(String sql, Object... arguments) {
        return transactions.read(
                handle -> handle.select(sql, arguments).mapTo(Long.class).one());
    }

    public String text(String sql, Object... arguments) {
        return transactions.read(
                handle -> handle.select(sql, arguments).mapTo(String.class).one());
    }

    public Map<String, Object> row(String sql, Object... arguments) {
        return transactions.read(
                handle -> handle.select(sql, arguments).mapToMap().one());
    }

    public <T> T in(Function<Handle, T> body) {
        return transactions.call(body);
    }

    public int execute(String sql, Object... arguments) {
        return transactions.call(handle -> handle.execute(sql, arguments));
    }

    @Override
    public void close() {
        patience.stop();
        runner.close();
        duties.close();
        pool.close();
    }
}
