package io.sluice.localstack;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which instances run where, settled before anything is started: a taken port or a missing jar is said at once.
 *
 * @param ports by the name of the instance, e.g. {@code ingest-0}
 */
record ServicePlan(StackBuilder wanted, Map<String, Integer> ports, Map<Service, List<String>> commands) {

    static ServicePlan of(StackBuilder wanted, StackPorts ports, Checkout checkout) {
        Map<String, Integer> chosen = choosePorts(wanted, ports);
        Map<Service, List<String>> commands = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            if (wanted.instances(service) > 0) {
                List<String> own = wanted.commands.get(service);
                commands.put(service, own == null ? command(wanted, checkout.runnerOf(service)) : own);
            }
        }
        return new ServicePlan(wanted, chosen, commands);
    }

    private static List<String> command(StackBuilder wanted, Path runner) {
        return JavaCommand.ofService(runner, new AotCache(runner).options(wanted.aotCache));
    }

    private static Map<String, Integer> choosePorts(StackBuilder wanted, StackPorts ports) {
        Map<String, Integer> chosen = new LinkedHashMap<>();
        int next = wanted.port;
        // The gateway's is the one that a person named: it goes first.
        for (Service service :
                List.of(Service.GATEWAY, Service.SCANNER, Service.INGEST, Service.MEDIA, Service.SEARCH)) {
            for (int i = 0; i < wanted.instances(service); i++) {
                String name = service.instance(i);
                if (wanted.port == 0) {
                    chosen.put(name, ports.of(name));
                } else if (name.equals("gateway-0")) {
                    chosen.put(name, ports.exactly(name, wanted.port));
                } else {
                    next++;
                    chosen.put(name, ports.near(name, next));
                }
            }
        }
        return chosen;
    }

    /** The instances, by name, not started yet. */
    Map<String, ServiceProcess> describe(
            EmbeddedKafka kafka, EmbeddedMariaDb mariaDb, Map<String, LibraryRoot> libraries, Runnable onChange) {
        ServiceSettings settings = new ServiceSettings(wanted.folder, kafka, mariaDb, libraries, firstPorts());
        Map<String, ServiceProcess> described = new LinkedHashMap<>();
        commands.forEach((service, command) -> {
            for (int i = 0; i < wanted.instances(service); i++) {
                String name = service.instance(i);
                int port = Objects.requireNonNull(ports.get(name));
                Map<String, String> values = settings.of(service, i, port);
                values.putAll(wanted.settings.getOrDefault(service, Map.of()));
                described.put(name, new ServiceProcess(name, command, port, values, wanted.folder, onChange));
            }
        });
        return Collections.unmodifiableMap(described);
    }

    /** Where clients find each service. */
    private Map<Service, Integer> firstPorts() {
        Map<Service, Integer> first = new EnumMap<>(Service.class);
        for (Service service : List.of(Service.SCANNER, Service.INGEST, Service.MEDIA, Service.SEARCH)) {
            Integer port = ports.get(service.instance(0));
            if (port != null) {
                first.put(service, port);
            }
        }
        return first;
    }
}
