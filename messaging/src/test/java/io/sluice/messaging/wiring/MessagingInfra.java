package io.sluice.messaging.wiring;

import java.nio.file.Path;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.contract.Topics;
import io.sluice.localstack.EmbeddedKafka;
import io.sluice.localstack.EmbeddedMariaDb;
import io.sluice.messaging.topics.TopicCheck;

/** A broker with the topics that other services make, and a database. */
public final class MessagingInfra implements QuarkusTestResourceLifecycleManager {

    private EmbeddedKafka broker;
    private EmbeddedMariaDb database;

    @Override
    public Map<String, String> start() {
        Path folder = Path.of("target", "wiring-" + System.nanoTime());
        broker = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        database = EmbeddedMariaDb.start(folder.resolve("db"), 0);
        Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var admin = org.apache.kafka.clients.admin.Admin.create(kafka)) {
            new TopicCheck(admin, true, (short) 1, java.time.Duration.ofSeconds(30))
                    .await(Topics.all().stream()
                            .filter(topic -> !topic.owner().equals("ingest"))
                            .toList());
        }
        return Map.of(
                "kafka.bootstrap.servers", broker.bootstrapServers(),
                "quarkus.datasource.jdbc.url", database.jdbcUrl("ingest"),
                "quarkus.datasource.username", database.username(),
                "quarkus.datasource.password", database.password(),
                "sluice.topics.create", "true",
                "quarkus.log.category.\"org.apache.kafka\".level", "WARN");
    }

    @Override
    public void stop() {
        broker.close();
        database.close();
    }
}
