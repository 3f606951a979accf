package io.sluice.localstack;

import java.util.Map;
import java.util.TreeMap;

/** What each service is told by its configuration. */
record ServiceSettings(
        StackFolder folder,
        EmbeddedKafka kafka,
        EmbeddedMariaDb mariaDb,
        Map<String, LibraryRoot> libraries,
        Map<Service, Integer> firstPorts) {

    Map<String, String> of(Service service, int instance, int port) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", Integer.toString(port));
        settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        if (!service.schema().isEmpty()) {
            settings.put("quarkus.datasource.jdbc.url", mariaDb.jdbcUrl(service.schema()));
            settings.put("quarkus.datasource.username", mariaDb.username());
            settings.put("quarkus.datasource.password", mariaDb.password());
        }
        settings.put("sluice.instance.name", service.instance(instance));
        settings.put("sluice.internal.token", folder.internalToken());
        settings.put("sluice.topics.create", "true");
        // Read by a person, and shown to them when the service dies.
        settings.put("quarkus.log.console.json.enabled", "false");
        libraries.forEach((name, root) ->
                settings.put("sluice.mounts.\"" + name + "\"", root.path().toString()));
        firstPorts.forEach((other, otherPort) -> {
            settings.put("quarkus.grpc.clients." + other.label() + ".host", "127.0.0.1");
            settings.put("quarkus.grpc.clients." + other.label() + ".port", otherPort.toString());
        });
        switch (service) {
            case SCANNER -> {
                // A person in front of a laptop looks after seconds, not minutes.
                settings.put("sluice.scan.quick-interval", "2s");
                libraries.forEach((name, root) -> {
                    settings.put("sluice.libraries.\"" + name + "\".mount", name);
                    settings.put("sluice.libraries.\"" + name + "\".kind", root.handover() ? "handover" : "library");
                });
            }
            case INGEST -> {
                settings.put("quarkus.datasource.username", mariaDb.ingestUsername());
                settings.put("quarkus.datasource.ledger.jdbc.url", mariaDb.jdbcUrl("ledger"));
                settings.put("quarkus.datasource.ledger.username", mariaDb.username());
                settings.put("quarkus.datasource.ledger.password", mariaDb.password());
            }
            case MEDIA -> settings.put("sluice.store.path", folder.store().toString());
            case SEARCH ->
                settings.put(
                        "sluice.search.index-path",
                        folder.index(service.instance(instance)).toString());
            case GATEWAY -> {
                settings.put("sluice.store.path", folder.store().toString());
                settings.put(
                        "sluice.gateway.bootstrap-key-file",
                        folder.operatorKeyFile().toString());
            }
        }
        return settings;
    }
}
