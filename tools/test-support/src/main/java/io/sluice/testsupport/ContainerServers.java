package io.sluice.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jdbi.v3.core.Jdbi;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mariadb.MariaDBContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The broker and the database in containers, with what the embedded ones are given. Images are those of
 * docker-compose.yml; {@code sluice.containers.kafka}, {@code .mariadb} and {@code .network} (system properties) name
 * others.
 */
final class ContainerServers {

    private static final String INGEST = "sluice-ingest";

    private ContainerServers() {}

    /** Starts both. They end with the JVM. */
    static Map<String, Object> start() {
        String password = UUID.randomUUID().toString();
        MariaDBContainer database = database(password);
        KafkaContainer broker = broker();
        database.start();
        broker.start();
        // A session's settings are those of the embedded database's address.
        String url = "jdbc:mariadb://" + database.getHost() + ":" + database.getMappedPort(3306)
                + "/{schema}?createDatabaseIfNotExist=true&useBulkStmts=true&connectionTimeZone=UTC"
                + "&forceConnectionTimeZoneToSession=true&transactionIsolation=READ_COMMITTED"
                + "&sessionVariables=innodb_lock_wait_timeout=3";
        Jdbi root = Jdbi.create(url.replace("{schema}", "mysql"), "root", password);
        root.useHandle(handle -> handle.execute("CREATE USER '" + INGEST + "'@'%' IDENTIFIED BY '" + password + "'"));

        Map<String, Object> shared = new ConcurrentHashMap<>();
        shared.put("kafka", broker.getBootstrapServers().replaceFirst(".*://", ""));
        shared.put("url", url);
        shared.put("username", "root");
        shared.put("password", password);
        shared.put("ingest", INGEST);
        shared.put("ingest.host", "%");
        shared.put("broker.kill", (Runnable) () -> kill(broker));
        shared.put("broker.restart", (Runnable)
                () -> restart(broker, () -> new TopicProbe(broker.getBootstrapServers()).create()));
        shared.put("database.kill", (Runnable) () -> kill(database));
        shared.put("database.restart", (Runnable)
                () -> restart(database, () -> root.open().close()));
        return shared;
    }

    private static MariaDBContainer database(String password) {
        MariaDBContainer database = new MariaDBContainer(
                DockerImageName.parse(System.getProperty("sluice.containers.mariadb", "mariadb:11.4.8"))
                        .asCompatibleSubstituteFor("mariadb"));
        database.withUsername("root").withPassword(password);
        // Without --skip-ssl 11.4 makes an RSA key at every start.
        database.withCommand(
                "--skip-ssl",
                "--skip-name-resolve",
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_uca1400_ai_ci",
                "--transaction-isolation=READ-COMMITTED",
                "--default-time-zone=+00:00",
                "--max-connections=400",
                "--max-allowed-packet=64M");
        return withSamePort(database, 3306);
    }

    private static KafkaContainer broker() {
        KafkaContainer broker = new KafkaContainer(
                DockerImageName.parse(System.getProperty("sluice.containers.kafka", "apache/kafka:4.3.1"))
                        .asCompatibleSubstituteFor("apache/kafka"));
        broker.withEnv(Map.of(
                "KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "8",
                "KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "8",
                "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1",
                "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1",
                "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false",
                "KAFKA_BROKER_SESSION_TIMEOUT_MS", "2000",
                "KAFKA_BROKER_HEARTBEAT_INTERVAL_MS", "500"));
        return withSamePort(broker, 9092);
    }

    /** A port that stays over restarts, as the embedded ones have: clients were told it once. */
    private static <C extends GenericContainer<?>> C withSamePort(C container, int inside) {
        try (ServerSocket free = new ServerSocket(0)) {
            container.setPortBindings(List.of(free.getLocalPort() + ":" + inside));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String network = System.getProperty("sluice.containers.network");
        if (network != null) {
            container.setNetworkMode(network);
        }
        return container;
    }

    private static void kill(GenericContainer<?> container) {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    private static void restart(GenericContainer<?> container, Runnable asks) {
        String id = container.getContainerId();
        if (container.isRunning()) {
            container.getDockerClient().stopContainerCmd(id).withTimeout(30).exec();
        }
        container.getDockerClient().startContainerCmd(id).exec();
        org.awaitility.Awaitility.await("an answer of " + container.getDockerImageName())
                .atMost(java.time.Duration.ofSeconds(90))
                .ignoreExceptions()
                .until(() -> {
                    asks.run();
                    return true;
                });
    }
}
