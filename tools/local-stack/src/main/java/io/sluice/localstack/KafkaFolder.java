package io.sluice.localstack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import org.apache.kafka.common.Uuid;

import io.sluice.localstack.process.BoundProcess;
import io.sluice.localstack.process.Ports;

/** What a broker keeps in its folder: {@code data/}, {@code server.properties}, {@code kafka.pid}. */
record KafkaFolder(Path dir, Path log) {

    /** Writes the configuration, and formats the storage the first time. */
    void prepare(int port) {
        try {
            Files.createDirectories(dir);
            int controllerPort = Ports.free();
            writeConfiguration(dir.resolve("server.properties"), data(), port, controllerPort);
            if (Files.notExists(data())) {
                format(port, controllerPort);
            }
        } catch (IOException e) {
            throw new StackException("Cannot write Kafka's folder " + dir + ": " + e, e);
        }
    }

    BoundProcess run() {
        return start(
                "Kafka", "kafka.Kafka", List.of(dir.resolve("server.properties").toString()), dir.resolve("kafka.pid"));
    }

    /** Formats aside and renames: a format that was cut off is never taken for data. */
    private void format(int port, int controllerPort) throws IOException {
        Path fresh = dir.resolve("format-" + UUID.randomUUID());
        Path configuration = dir.resolve("format.properties");
        writeConfiguration(configuration, fresh, port, controllerPort);
        BoundProcess format = start(
                "Kafka's storage tool",
                "kafka.tools.StorageTool",
                List.of("format", "-t", Uuid.randomUuid().toString(), "-c", configuration.toString()),
                dir.resolve("format.pid"));
        format.awaitEnd(java.time.Duration.ofSeconds(60));
        if (Files.notExists(fresh.resolve("meta.properties"))) {
            format.kill();
            format.ensureAlive();
        }
        Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private BoundProcess start(String name, String mainClass, List<String> arguments, Path pidFile) {
        List<String> command = new ArrayList<>(List.of(
                JavaCommand.path(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                "-cp",
                ServerJars.broker().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                mainClass));
        command.addAll(arguments);
        return BoundProcess.start(new BoundProcess.Command(name, command, dir, log, pidFile));
    }

    private Path data() {
        return dir.resolve("data");
    }

    /**
     * One node for everything. The voters stand in the configuration and not in the storage, so that the controller's
     * port may be another at every start. The session is short so that a killed broker is let in again after 2 s. A lone
     * broker must not hand over what it leads when it is stopped: nobody takes it, the transaction coordinator then counts
     * partitions without a leader as deleted and forgets the markers that they still wait for, and a transaction that is
     * open for ever hides everything behind it from readers of what is committed.
     */
    private static void writeConfiguration(Path file, Path data, int port, int controllerPort) throws IOException {
        Files.writeString(
                file, """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
                log.dirs=%3$s
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=8
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=8
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                auto.create.topics.enable=false
                broker.session.timeout.ms=2000
                broker.heartbeat.interval.ms=500
                controlled.shutdown.enable=false
                """.formatted(port, controllerPort, data.toString().replace("\\", "\\\\")));
    }
}
