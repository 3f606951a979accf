package io.sluice.messaging.child;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Says how a child JVM of this service is started. */
final class ChildCommand {

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
        // Of a packaged service that is its runner, whose manifest names all jars.
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                settings.mainClass().getName()));
        return List.copyOf(command);
    }
}
