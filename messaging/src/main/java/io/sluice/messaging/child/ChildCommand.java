package io.sluice.messaging.child;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says how a child JVM of this service is started. */
final class ChildCommand {

    /** Set it where the class path of the children cannot be told from this process's own. */
    private static final String CLASS_PATH_PROPERTY = "sluice.child.class-path";

    private ChildCommand() {}

    static List<String> of(ChildPool.Settings settings) {
        List<String> command = new ArrayList<>();
        if (settings.maxDataBytes() > 0) {
            // RLIMIT_DATA counts private writable memory only, so what the JVM merely reserves is free.
            command.addAll(List.of(
                    "/bin/sh",
                    "-c",
                    "ulimit -d " + settings.maxDataBytes() / 1024 + " && exec \"$@\"",
                    "sluice-child"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A child starts in 0.1 to 0.2 s with these, and a small heap is enough: the memory is the native code's.
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xss512k",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(settings.jvmArgs());
        command.addAll(List.of("-cp", classPath(), settings.mainClass().getName()));
        return List.copyOf(command);
    }

    private static String classPath() {
        String configured = System.getProperty(CLASS_PATH_PROPERTY);
        if (configured != null) {
            return configured;
        }
        String own = System.getProperty("java.class.path");
        Path runner = Path.of(own.split(File.pathSeparator, 2)[0]).toAbsolutePath();
        return runner.getFileName().toString().equals("quarkus-run.jar") ? packaged(runner) : own;
    }

    /** A packaged Quarkus application has its class path behind a class loader of its own: name the jars. */
    private static String packaged(Path runner) {
        Path root = runner.resolveSibling(".").normalize();
        return Stream.of("app", "lib/main", "lib/boot")
                .map(root::resolve)
                .flatMap(ChildCommand::jars)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<String> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).filter(file -> file.endsWith(".jar")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
