package io.sluice.localstack.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.sluice.localstack.Checkout;
import io.sluice.localstack.StackException;
import io.sluice.localstack.StackFolder;

/** Starts {@code up} once more in a session of its own, so that it lives on when this terminal is closed. */
final class DetachedUp {

    private static final String READY = "Ready.";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int LOOK_MILLIS = 200;

    private final StackFolder folder;

    DetachedUp(StackFolder folder) {
        this.folder = folder;
    }

    /** Returns when everything is ready. */
    void start(int port, Map<String, Path> libraries, Map<String, Path> handovers, PrintWriter out)
            throws IOException, InterruptedException {
        Path log = folder.log("up");
        try {
            Files.createDirectories(folder.root().resolve("log"));
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new StackException(
                    "Cannot write the state folder " + folder.root() + " (" + e
                            + "). Make it writable, or use another: --data DIR",
                    e);
        }
        out.println("Starting in the background, in " + folder.root());
        out.flush();
        Process process = new ProcessBuilder(command(port, libraries, handovers))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long start = System.nanoTime();
        while (!said(log).contains(READY)) {
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new StackException(said(log).strip().replaceFirst("(?s).*sluice: ", ""));
            }
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                process.destroy();
                throw new StackException("Not ready within " + LIMIT.toMinutes() + " minutes. See " + log);
            }
        }
        said(log).lines().filter(line -> line.startsWith("  ")).forEach(out::println);
    }

    private List<String> command(int port, Map<String, Path> libraries, Map<String, Path> handovers) {
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dslf4j.internal.verbosity=ERROR",
                "-Dsluice.home=" + Checkout.find().root(),
                "-cp",
                System.getProperty("java.class.path"),
                SluiceCommand.class.getName(),
                "up"));
        command.addAll(List.of("--launched", "--data", folder.root().toString(), "--port", Integer.toString(port)));
        libraries.forEach((name, path) -> command.addAll(List.of("--library", name + "=" + path)));
        handovers.forEach((name, path) -> command.addAll(List.of("--handover-library", name + "=" + path)));
        return command;
    }

    private static String said(Path log) throws IOException {
        return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
    }
}
