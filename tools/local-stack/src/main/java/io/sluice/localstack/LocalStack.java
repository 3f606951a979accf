package io.sluice.localstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Broker, database and services of one state folder, as processes of this machine: what {@code ./sluice up} starts and
 * what system tests run against. Ends in order on {@link #close}, and at once when this JVM dies.
 */
public final class LocalStack implements AutoCloseable {

    /** The five services start at once; on two cores that takes them 10 s together, more beside other work. */
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);

    private final StackBuilder wanted;
    private final StackFolder folder;
    private final Object recording = new Object();
    private volatile Map<String, ServiceProcess> services = Map.of();
    private @Nullable StackLock lock;
    private volatile @Nullable EmbeddedKafka kafka;
    private volatile @Nullable EmbeddedMariaDb mariaDb;
    private volatile boolean started;
    private boolean closed;

    LocalStack(StackBuilder wanted) {
        this.wanted = wanted;
        this.folder = wanted.folder;
    }

    /** A stack with its state in that folder, which is made when it is missing. */
    public static StackBuilder builder(Path state) {
        return new StackBuilder(state);
    }

    public StackFolder folder() {
        return folder;
    }

    public EmbeddedKafka kafka() {
        return Objects.requireNonNull(kafka, "not started");
    }

    public EmbeddedMariaDb mariaDb() {
        return Objects.requireNonNull(mariaDb, "not started");
    }

    /** The first instance of {@code scanner}, {@code ingest}, {@code media}, {@code search} or {@code gateway}. */
    public ServiceProcess service(String service) {
        return service(service, 0);
    }

    /** An instance of a service, counted from 0. */
    public ServiceProcess service(String service, int instance) {
        ServiceProcess process = services.get(service + "-" + instance);
        if (process == null) {
            throw new IllegalArgumentException(
                    service + "-" + instance + " is not part of this stack: " + services.keySet());
        }
        return process;
    }

    /** Whether a process may run already. */
    public boolean isStarted() {
        return started;
    }

    /** All instances of all services. */
    public List<ServiceProcess> services() {
        return List.copyOf(services.values());
    }

    /** {@code http://127.0.0.1:port} of the gateway. */
    public String gatewayUrl() {
        return service("gateway").url();
    }

    /** An API key that may do everything. */
    public String operatorKey() {
        return folder.operatorKey();
    }

    /** How processes ended that should run, each with the end of its log. */
    public List<String> obituaries() {
        return services.values().stream()
                .flatMap(service -> service.obituary().stream())
                .toList();
    }

    /** Starts everything and waits until all are ready. Once; whoever calls this closes it too. */
    public void start() {
        Checkout checkout = Checkout.find();
        folder.prepare();
        lock = StackLock.acquire(folder);
        Libraries libraries = new Libraries(folder);
        wanted.libraries.forEach(libraries::add);
        wanted.handovers.forEach(libraries::addHandover);
        StackPorts ports = new StackPorts(folder.ports());
        ServicePlan plan = ServicePlan.of(wanted, ports, checkout);
        libraries.keep();
        folder.operatorKey();
        started = true;
        startServers(ports);
        services = plan.describe(kafka(), mariaDb(), libraries.all(), this::writeRecords);
        services.values().forEach(ServiceProcess::start);
        for (ServiceProcess service : services.values()) {
            service.awaitReady(READY_LIMIT);
            wanted.progress.accept(service.name() + " ready on port " + service.port());
        }
    }

    private void startServers(StackPorts ports) {
        int kafkaPort = ports.of("kafka");
        int mariaDbPort = ports.of("mariadb");
        List<CompletableFuture<Void>> starts = List.of(
                starting(() -> EmbeddedKafka.start(folder.kafka(), kafkaPort, folder.log("kafka")), it -> kafka = it),
                starting(
                        () -> EmbeddedMariaDb.start(folder.mariaDb(), mariaDbPort, folder.log("mariadb")),
                        it -> mariaDb = it));
        try {
            CompletableFuture.allOf(starts.toArray(new CompletableFuture<?>[0])).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StackException known ? known : new StackException("Cannot start: " + e, e);
        }
        writeRecords();
        wanted.progress.accept("Kafka ready on port " + kafkaPort + ", MariaDB on port " + mariaDbPort);
    }

    private static <T> CompletableFuture<Void> starting(Supplier<T> start, Consumer<T> keep) {
        return CompletableFuture.supplyAsync(
                        start, command -> Thread.ofPlatform().start(command))
                .thenAccept(keep);
    }

    private void writeRecords() {
        synchronized (recording) {
            ProcessRecord.write(folder.processes(), records());
        }
    }

    private List<ProcessRecord> records() {
        List<ProcessRecord> records = new ArrayList<>();
        EmbeddedKafka broker = kafka;
        EmbeddedMariaDb database = mariaDb;
        if (broker != null) {
            records.add(ProcessRecord.of(
                    "kafka",
                    "kafka",
                    broker.process().pid(),
                    broker.port(),
                    broker.process().since()));
        }
        if (database != null) {
            records.add(ProcessRecord.of(
                    "mariadb",
                    "mariadb",
                    database.process().pid(),
                    database.port(),
                    database.process().since()));
        }
        services.values().stream()
                .filter(ServiceProcess::wasStarted)
                .forEach(each ->
                        records.add(ProcessRecord.of(each.name(), "service", each.pid(), each.port(), each.since())));
        return records;
    }

    /** Services first, then broker and database: nobody is left talking to a closed door. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        stopTogether(
                services.values().stream().map(each -> (Runnable) each::stop).toList());
        List<Runnable> servers = new ArrayList<>();
        EmbeddedKafka broker = kafka;
        EmbeddedMariaDb database = mariaDb;
        if (broker != null) {
            servers.add(broker::close);
        }
        if (database != null) {
            servers.add(database::close);
        }
        stopTogether(servers);
        if (lock != null) {
            lock.close();
        }
    }

    private static void stopTogether(List<Runnable> stops) {
        List<Thread> threads =
                stops.stream().map(stop -> Thread.ofPlatform().start(stop)).toList();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // The rest is killed when this JVM ends.
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
