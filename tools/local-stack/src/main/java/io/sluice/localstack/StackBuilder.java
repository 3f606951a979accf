package io.sluice.localstack;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What a {@link LocalStack} shall be. */
public final class StackBuilder {

    final StackFolder folder;
    final Map<String, Path> libraries = new LinkedHashMap<>();
    final Map<String, Path> handovers = new LinkedHashMap<>();
    final Map<Service, Integer> instances = new EnumMap<>(Service.class);
    final Map<Service, Map<String, String>> settings = new EnumMap<>(Service.class);
    final Map<Service, List<String>> commands = new EnumMap<>(Service.class);
    AotCache.Use aotCache = AotCache.Use.WHEN_FRESH;
    int port;
    Consumer<String> progress = line -> {};

    StackBuilder(Path state) {
        this.folder = new StackFolder(state);
        for (Service service : Service.values()) {
            instances.put(service, 1);
        }
    }

    /** The gateway's port; the other services take the next free ones. 0, the default, chooses free ones for all. */
    public StackBuilder port(int gatewayPort) {
        this.port = gatewayPort;
        return this;
    }

    /** A referenced library, read only. Libraries of earlier runs on the same state come by themselves. */
    public StackBuilder library(String name, Path directory) {
        libraries.put(name, directory);
        return this;
    }

    /** A mount that handover bundles are delivered on, read only; remembered like a library. */
    public StackBuilder handover(String name, Path directory) {
        handovers.put(name, directory);
        return this;
    }

    /** Only these services: {@code scanner}, {@code ingest}, {@code media}, {@code search}, {@code gateway}. */
    public StackBuilder services(String... labels) {
        Set<Service> wanted = EnumSet.noneOf(Service.class);
        for (String label : labels) {
            wanted.add(Service.named(label));
        }
        instances.replaceAll((service, count) -> wanted.contains(service) ? Math.max(1, count) : 0);
        return this;
    }

    /** So many instances of a service; the others' clients speak to the first. */
    public StackBuilder instances(String service, int count) {
        instances.put(Service.named(service), count);
        return this;
    }

    /** A configuration value of all instances of a service, over what the stack sets itself. */
    public StackBuilder setting(String service, String key, String value) {
        settings.computeIfAbsent(Service.named(service), each -> new LinkedHashMap<>())
                .put(key, value);
        return this;
    }

    /** Starts all instances of a service by this command, and not from the working copy's build. */
    public StackBuilder command(String service, List<String> command) {
        commands.put(Service.named(service), List.copyOf(command));
        return this;
    }

    /** What becomes of what JVMs learnt; used, when it is fresh, unless said otherwise. */
    public StackBuilder aotCache(AotCache.Use use) {
        this.aotCache = use;
        return this;
    }

    int instances(Service service) {
        return instances.getOrDefault(service, 0);
    }

    /** Gets a line for every step of the start and the stop. */
    public StackBuilder onProgress(Consumer<String> listener) {
        this.progress = listener;
        return this;
    }

    /**
     * Starts everything and waits until all are ready.
     *
     * @throws StackException with the cure; what was started is stopped again
     */
    public LocalStack start() {
        LocalStack stack = prepare();
        try {
            stack.start();
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    /** The stack before its start, for who must be able to close it while it starts. */
    public LocalStack prepare() {
        return new LocalStack(this);
    }
}
