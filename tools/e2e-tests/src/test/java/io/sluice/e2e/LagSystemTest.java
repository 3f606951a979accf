package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.contract.Topics;
import io.sluice.localstack.LocalStack;
import io.sluice.localstack.ServiceProcess;

/** Laws 2 and 10 with all services: what waits behind a pause is counted once, and a service that is gone is said to be. */
class LagSystemTest {

    private static final int FILES = 12;
    private static final int LATER = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SEEN = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void aPauseAndAServiceThatIsGoneAreSeenAndThenAllIsWell() throws Exception {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        Pictures writer = new Pictures(pictures, 11);
        writer.write(FILES);
        try (LocalStack stack = LocalStack.builder(folder.resolve("stack"))
                .library("pictures", pictures)
                .setting("scanner", "sluice.scan.quick-interval", "1s")
                .start()) {
            SluiceClient client = new SluiceClient(stack.gatewayUrl(), stack.operatorKey());
            Settled.with(FILES, client, PATIENCE);
            for (String group : List.of("ingest.file", "ingest.work.hash", "media.asset", "media.work.image")) {
                // Offsets are committed some seconds after their records are done.
                awaitLag(
                        client,
                        group,
                        SEEN,
                        lag -> state(lag).equals("ok") && lag.get("messages").asLong() == 0);
            }

            searchIsKilledAndFrozenAndComesBack(stack, client);
            aFrozenServiceIsSeen(stack, client);
            aKeyThatCannotBeWrittenIsStuck(stack, client, pictures, writer);

            client.pause("media", "image", "The store is being moved");
            Files.createDirectories(pictures.resolve("later"));
            for (int i = 0; i < LATER; i++) {
                Files.write(pictures.resolve("later/IMG_%03d.jpg".formatted(i)), writer.jpeg(16));
            }
            JsonNode paused = awaitLag(
                    client,
                    "media.work.image",
                    PATIENCE,
                    lag -> state(lag).equals("paused") && lag.get("messages").asLong() == LATER);
            assertThat(paused.get("reason").asText()).contains("The store is being moved");
            assertThat(paused.at("/work/waiting").asLong()).isEqualTo(LATER);
            assertThat(paused.at("/work/running").asLong()).isZero();
            assertThat(client.lag("media.work.image").get("seconds").asDouble())
                    .as("the age of the oldest row")
                    .isCloseTo(oldestImage(stack), within(1.0));

            stack.service("media").kill();
            awaitLag(client, "media.asset", SEEN, lag -> state(lag).equals("no_consumer"));
            JsonNode gone =
                    awaitLag(client, "media.work.image", SEEN, lag -> state(lag).equals("no_consumer"));
            assertThat(gone.get("messages").isNull()).as("unknown, not zero").isTrue();
            stack.service("media").start();
            stack.service("media").awaitReady(Duration.ofSeconds(90));
            awaitLag(client, "media.work.image", SEEN, lag -> state(lag).equals("paused"));

            client.resume("media", "image");
            Settled.with(FILES + LATER, client, PATIENCE);
            awaitLag(
                    client,
                    "media.work.image",
                    SEEN,
                    lag -> state(lag).equals("ok") && lag.get("messages").asLong() == 0);
        }
    }

    /** It has no consumer group; where it stands it says itself, and when it cannot, nothing is known. */
    private static void searchIsKilledAndFrozenAndComesBack(LocalStack stack, SluiceClient client) throws Exception {
        ServiceProcess search = stack.service("search");
        awaitLag(client, "search.asset", SEEN, LagSystemTest::isDone);
        search.kill();
        JsonNode gone = awaitLag(client, "search.asset", SEEN, lag -> state(lag).equals("no_consumer"));
        assertThat(gone.get("messages").isNull()).as("unknown, not zero").isTrue();
        assertThat(gone.get("cure").asText()).contains("Start the search service");
        search.start();
        search.awaitReady(Duration.ofSeconds(90));
        awaitLag(client, "search.asset", SEEN, LagSystemTest::isDone);

        signal("STOP", search);
        try {
            JsonNode frozen =
                    awaitLag(client, "search.asset", SEEN, lag -> state(lag).equals("unknown"));
            assertThat(frozen.get("messages").isNull()).as("unknown, not zero").isTrue();
            assertThat(frozen.get("reason").asText()).contains("does not answer");
        } finally {
            signal("CONT", search);
        }
        awaitLag(client, "search.asset", SEEN, LagSystemTest::isDone);
    }

    /** A process that stands still is no member any more as soon as the broker misses it; its rows are not known. */
    private static void aFrozenServiceIsSeen(LocalStack stack, SluiceClient client) throws Exception {
        ServiceProcess media = stack.service("media");
        signal("STOP", media);
        try {
            awaitLag(client, "media.asset", SEEN, lag -> state(lag).equals("no_consumer"));
            JsonNode work = awaitLag(client, "media.work.image", SEEN, lag -> List.of("no_consumer", "unknown")
                    .contains(state(lag)));
            assertThat(work.get("messages").isNull()).as("unknown, not zero").isTrue();
        } finally {
            signal("CONT", media);
        }
        awaitLag(client, "media.asset", SEEN, LagSystemTest::isDone);
        awaitLag(client, "media.work.image", SEEN, LagSystemTest::isDone);
    }

    /** Its row is held by somebody: it is waited for, nothing is counted, and an operator sees since when. */
    private static void aKeyThatCannotBeWrittenIsStuck(
            LocalStack stack, SluiceClient client, Path pictures, Pictures writer) throws Exception {
        String path = "folder-000/IMG_00000.jpg";
        try (Connection library = stack.mariaDb().connect("library")) {
            library.setAutoCommit(false);
            try (PreparedStatement held =
                    library.prepareStatement("SELECT id FROM file_location WHERE path = ? FOR UPDATE")) {
                held.setBytes(1, path.getBytes(UTF_8));
                assertThat(held.executeQuery().next()).isTrue();
            }
            Instant changed = Instant.now();
            Files.write(pictures.resolve(path), writer.jpeg(24));
            Instant told = Awaitility.await("the change is told")
                    .atMost(SEEN)
                    .until(
                            () -> RecordTimes.since(changed, stack.kafka().bootstrapServers(), Topics.SCANNER_FILE),
                            Optional::isPresent)
                    .orElseThrow();
            JsonNode stuck =
                    awaitLag(client, "ingest.file", SEEN, lag -> state(lag).equals("stuck"));
            assertThat(stuck.get("reason").asText()).contains("the committed offset has not moved");
            assertThat(stuck.get("cure").asText()).contains("ingest");
            assertThat(client.lag("ingest.file").get("seconds").asDouble())
                    .as("the age of the oldest record")
                    .isCloseTo(Duration.between(told, Instant.now()).toMillis() / 1000.0, within(1.0));
            library.rollback();
        }
        awaitLag(client, "ingest.file", SEEN, LagSystemTest::isDone);
        Settled.with(FILES, client, PATIENCE);
        assertThat(client.deadLetters()).isEmpty();
    }

    private static double oldestImage(LocalStack stack) throws SQLException {
        try (Connection media = stack.mariaDb().connect("media");
                Statement statement = media.createStatement();
                ResultSet age =
                        statement.executeQuery("SELECT TIMESTAMPDIFF(MICROSECOND, MIN(state_since), NOW(6)) / 1e6"
                                + " FROM work WHERE work_class = 'image' AND state <> 'given_up'")) {
            age.next();
            return age.getDouble(1);
        }
    }

    private static void signal(String name, ServiceProcess service) throws Exception {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(service.pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).isZero();
    }

    private static boolean isDone(JsonNode lag) {
        return state(lag).equals("ok") && lag.get("messages").asLong(-1) == 0;
    }

    private static String state(JsonNode lag) {
        return lag.get("state").asText();
    }

    private static JsonNode awaitLag(SluiceClient client, String group, Duration within, Predicate<JsonNode> wanted) {
        return Awaitility.await(group)
                .atMost(within)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> client.lag(group), wanted);
    }
}
