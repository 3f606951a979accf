package io.sluice.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import io.sluice.localstack.demo.DemoLibrary;

/**
 * The first road against a gateway that somebody else started: {@code ./sluice compose-check} does, with
 * docker-compose.yml. Its name keeps it out of the usual run, which needs no container engine.
 */
class ComposeCheck {

    @Test
    void every_demo_picture_is_shown_or_explained_in_containers_too() throws Exception {
        Path pictures = Path.of(property("pictures"));
        DemoLibrary.write(pictures);
        String key = Files.readString(Path.of(property("key-file"))).strip();

        FirstRoad.holds(pictures, new SluiceClient(property("url"), key), Duration.ofMinutes(10));
    }

    private static String property(String name) {
        return Objects.requireNonNull(
                System.getProperty("sluice.compose." + name),
                "-Dsluice.compose." + name + " is given by ./sluice compose-check");
    }
}
