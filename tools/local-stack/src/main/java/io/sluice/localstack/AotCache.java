package io.sluice.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a JVM learnt of a packaged service in a training run: classes loaded and linked, methods profiled (JEP 483, 514 and 515). Nothing
 * but the time of a start hangs on it: a JVM that finds it made by another, or of other jars, says so in its log and starts without it.
 *
 * @param runner {@code quarkus-run.jar}, whose class path it is made of
 */
public record AotCache(Path runner) {

    /** One for each JVM that the working copy is run with, beside the packaged service, so that its next build takes it away or makes it old. */
    public Path file() {
        return runner.resolveSibling("sluice-" + System.getProperty("java.vm.version") + ".aot");
    }

    /** Whether it is there and newer than the service. */
    public boolean isFresh() {
        try {
            return Files.exists(file())
                    && Files.getLastModifiedTime(file()).compareTo(Files.getLastModifiedTime(runner)) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The JVM's options for that. */
    List<String> options(Use use) {
        return switch (use) {
            case WHEN_FRESH -> isFresh() ? List.of("-XX:AOTCache=" + file()) : List.of();
            case NEVER -> List.of();
            case WRITTEN -> List.of("-XX:AOTCacheOutput=" + file());
        };
    }

    /** What a JVM does with it. */
    public enum Use {
        WHEN_FRESH,
        NEVER,
        /** At its end, which takes it some ten seconds more; so one process of each service, stopped and not killed. */
        WRITTEN
    }
}
