package io.sluice.testsupport;

import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/**
 * The test resource of every {@code *IT}: {@code @WithTestResource(SluiceInfra.class)}. One broker and one database
 * per JVM; each application start gets an empty schema and a broker without topics and groups.
 *
 * <p>Argument {@code schema}: beginning of the schema's name, {@code it} unless given.
 */
public final class SluiceInfra implements QuarkusTestResourceLifecycleManager {

    private static final String CURRENT_SCHEMA = "io.sluice.testsupport.schema";

    private String prefix = "it";

    @Override
    public void init(Map<String, String> arguments) {
        prefix = arguments.getOrDefault("schema", prefix);
    }

    @Override
    public Map<String, String> start() {
        SharedServers servers = SharedServers.get();
        new TopicProbe(servers.bootstrapServers()).removeAllTopicsAndGroups();
        String schema = prefix + "_" + servers.next();
        System.setProperty(CURRENT_SCHEMA, schema);
        return Map.ofEntries(
                Map.entry("kafka.bootstrap.servers", servers.bootstrapServers()),
                Map.entry("quarkus.datasource.jdbc.url", servers.jdbcUrl(schema)),
                Map.entry("quarkus.datasource.username", servers.username()),
                Map.entry("quarkus.datasource.password", servers.password()),
                Map.entry("quarkus.devservices.enabled", "false"),
                Map.entry("sluice.topics.create", "true"),
                Map.entry("sluice.internal.token", "it-token"),
                Map.entry("quarkus.http.test-port", "0"),
                // Clients print their whole configuration at INFO.
                Map.entry("quarkus.log.category.\"org.apache.kafka\".level", "WARN"));
    }

    /** The servers stay for the next test; they end with the JVM. */
    @Override
    public void stop() {}

    /** Looks into the broker. */
    public static TopicProbe topics() {
        return new TopicProbe(SharedServers.get().bootstrapServers());
    }

    /** Looks into the schema of the application under test. */
    public static DatabaseProbe database() {
        return database(currentSchema());
    }

    /**
     * Settings of a service that writes a ledger: the schema of the application under test belongs to its user, the
     * ledger beside it takes inserts and selects from him and is migrated by another.
     */
    public static Map<String, String> ledgerSettings() {
        SharedServers servers = SharedServers.get();
        String user = "'" + servers.ingestUsername() + "'@'" + servers.ingestHost() + "'";
        database().execute("GRANT ALL ON `" + currentSchema() + "`.* TO " + user);
        database().execute("GRANT SELECT, INSERT ON `" + ledgerSchema() + "`.* TO " + user);
        return Map.of(
                "quarkus.datasource.username",
                servers.ingestUsername(),
                "sluice.ledger.schema",
                ledgerSchema(),
                "quarkus.datasource.ledger.jdbc.url",
                servers.jdbcUrl(ledgerSchema()),
                "quarkus.datasource.ledger.username",
                servers.username(),
                "quarkus.datasource.ledger.password",
                servers.password());
    }

    /** Looks into the ledger of the application under test as its service does: what that may not do is refused. */
    public static DatabaseProbe ledgerAsTheService() {
        SharedServers servers = SharedServers.get();
        return new DatabaseProbe(
                // Not even making the schema is for this user.
                servers.jdbcUrl(ledgerSchema()).replace("createDatabaseIfNotExist=true&", ""),
                servers.ingestUsername(),
                servers.password());
    }

    private static String ledgerSchema() {
        return "ledger_of_" + currentSchema();
    }

    private static String currentSchema() {
        return System.getProperty(CURRENT_SCHEMA, "it_0");
    }

    /** Looks into another schema, which is made when it is missing. */
    public static DatabaseProbe database(String schema) {
        SharedServers servers = SharedServers.get();
        return new DatabaseProbe(servers.jdbcUrl(schema), servers.username(), servers.password());
    }

    /** SIGKILL to the broker; {@link #restartBroker} brings it back with its data on the same port. */
    public static void killBroker() {
        SharedServers.get().control("broker.kill");
    }

    /** Starts the broker again, after a clean stop if it runs. */
    public static void restartBroker() {
        SharedServers.get().control("broker.restart");
    }

    /** SIGKILL to the database; {@link #restartDatabase} brings it back with its data on the same port. */
    public static void killDatabase() {
        SharedServers.get().control("database.kill");
    }

    /** Starts the database again, after a clean stop if it runs. */
    public static void restartDatabase() {
        SharedServers.get().control("database.restart");
    }
}
