package io.sluice.search.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An instance's index in a JVM of its own, so that a test can kill it. */
final class IndexProcess {

    private IndexProcess() {}

    /** @param args address of the broker, folder of the index */
    @SuppressWarnings("resource")
    public static void main(String[] args) throws InterruptedException {
        new RunningIndex(args[0], Path.of(args[1]));
        Thread.sleep(Long.MAX_VALUE);
    }

    static Process start(Path folder) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IndexProcess.class.getName(),
                        Broker.servers(),
                        folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(
                        folder.resolveSibling(folder.getFileName() + ".log").toFile())
                .start();
    }
}
