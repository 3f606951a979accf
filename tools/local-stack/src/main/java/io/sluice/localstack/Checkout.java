package io.sluice.localstack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The working copy that this was built in: where the packaged services lie. */
public record Checkout(Path root) {

    /** The folder in {@code sluice.home}, else the nearest one above the working directory that looks like it. */
    public static Checkout find() {
        String home = System.getProperty("sluice.home");
        Path start = Path.of(home == null ? "" : home).toAbsolutePath().normalize();
        return Stream.iterate(start, folder -> folder != null, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("tools/local-stack/pom.xml")))
                .findFirst()
                .map(Checkout::new)
                .orElseThrow(() -> new StackException("No working copy of Sluice at or above " + start
                        + ". Use its ./sluice, or set -Dsluice.home=DIR."));
    }

    /** What JVMs learnt of all services, or have yet to learn. */
    public List<AotCache> aotCaches() {
        return Arrays.stream(Service.values())
                .map(service -> new AotCache(runnerOf(service)))
                .toList();
    }

    Path runnerOf(Service service) {
        Path jar = root.resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
        if (Files.notExists(jar)) {
            throw new StackException(jar + " is not there. Build it: ./mvnw -q -DskipTests package");
        }
        return jar;
    }
}
