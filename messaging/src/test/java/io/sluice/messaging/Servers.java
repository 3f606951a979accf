package io.sluice.messaging;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.flywaydb.core.Flyway;

import io.sluice.contract.Topic;
import io.sluice.localstack.EmbeddedKafka;
import io.sluice.localstack.EmbeddedMariaDb;

/** The broker and the database of this JVM's tests, each started when first asked for; they end with the JVM. */
public final class Servers {

    private static final Path FOLDER =
            Path.of("target", "servers-" + ProcessHandle.current().pid());
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private static final class Broker {
        static final EmbeddedKafka RUNNING = EmbeddedKafka.start(FOLDER.resolve("kafka"), 0);
    }

    private static final class Database {
        static final EmbeddedMariaDb RUNNING = EmbeddedMariaDb.start(FOLDER.resolve("db"), 0);
    }

    private Servers() {}

    public static EmbeddedKafka broker() {
        return Broker.RUNNING;
    }

    public static EmbeddedMariaDb database() {
        return Database.RUNNING;
    }

    /** A name that nothing else in this JVM has. */
    public static String fresh(String prefix) {
        return prefix + COUNTER.incrementAndGet();
    }

    /** A schema with messaging's tables. */
    public static String freshSchema() {
        String schema = fresh("m");
        Flyway.configure()
                .dataSource(
                        database().jdbcUrl(schema),
                        database().username(),
                        database().password())
                .locations("classpath:db/messaging")
                .load()
                .migrate();
        return schema;
    }

    public static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker().bootstrapServers());
    }

    /** A topic that is on the broker. */
    public static Topic freshTopic(Topic.Keep keep) {
        Topic topic = new Topic("sluice.test." + fresh("t") + ".v1", "test", "k", 3, keep, List.of(), List.of());
        create(topic);
        return topic;
    }

    public static void create(Topic topic) {
        try (Admin admin = Admin.create(kafka())) {
            admin.createTopics(List.of(new NewTopic(topic.name(), topic.partitions(), (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** For tests that wait for leases to run out. */
    public static final Duration SHORT_LEASE = Duration.ofMillis(1500);
}
