package io.sluice.localstack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The java that runs us also runs what we start. */
final class JavaCommand {

    /** Set where stacks live for minutes: the quick compiler alone takes a third less of the processor's time then. */
    private static final String BRIEF = "sluice.stack.brief";

    private JavaCommand() {}

    static String path() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * Starts a packaged service: small, as five of them share a laptop with a broker and a database.
     *
     * @param more options of this JVM
     */
    static List<String> ofService(Path runner, List<String> more) {
        List<String> command = new ArrayList<>(List.of(
                path(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        if (Boolean.getBoolean(BRIEF)) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(more);
        command.addAll(List.of("-jar", runner.toString()));
        return List.copyOf(command);
    }
}
