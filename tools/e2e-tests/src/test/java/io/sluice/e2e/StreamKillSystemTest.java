package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.localstack.LocalStack;
import io.sluice.localstack.ServiceProcess;

/** Media is killed (SIGKILL) while it transcodes: somebody takes over within 30 s, and no torn stream is ever shown. */
class StreamKillSystemTest {

    private static final Duration TAKEN_OVER = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void aKillInMidTranscodeIsTakenOverAndNothingTornIsShown() throws Exception {
        Path library = Files.createDirectories(folder.resolve("videos"));
        longVideo(library.resolve("long.avi"));
        List<String> torn = new CopyOnWriteArrayList<>();
        try (LocalStack stack = LocalStack.builder(folder.resolve("stack"))
                .library("videos", library)
                .start()) {
            SluiceClient client = new SluiceClient(stack.gatewayUrl(), stack.operatorKey());
            Thread watcher = Thread.ofVirtual().start(() -> watchFinalFolders(folder.resolve("stack"), torn));
            awaitRunning(client, PATIENCE);

            ServiceProcess media = stack.service("media");
            List<ProcessHandle> decoders = ProcessHandle.of(media.pid())
                    .orElseThrow()
                    .descendants()
                    .filter(process -> process.info().command().orElse("").endsWith("ffmpeg"))
                    .toList();
            assertThat(decoders).as("ffmpeg runs").isNotEmpty();
            media.kill();
            Instant killed = Instant.now();
            Awaitility.await("its ffmpeg dies with it")
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> decoders.stream().noneMatch(ProcessHandle::isAlive));
            media.start();
            media.awaitReady(Duration.ofSeconds(60));
            awaitRunning(client, TAKEN_OVER);
            assertThat(Duration.between(killed, Instant.now())).isLessThan(TAKEN_OVER);

            Awaitility.await("the stream").atMost(PATIENCE).until(() -> stream(client)
                    .filter(made -> made.get("state").asText().equals("ready"))
                    .isPresent());
            assertThat(client.deadLetters()).isEmpty();
            watcher.interrupt();
            watcher.join();
        }
        assertThat(torn).isEmpty();
    }

    /** A codec that browsers do not play, long enough to be killed in the middle of. */
    private static void longVideo(Path file) throws IOException, InterruptedException {
        Process ffmpeg = new ProcessBuilder(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-nostdin",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=1280x720:rate=30:duration=90",
                        "-c:v",
                        "mpeg4",
                        "-q:v",
                        "5",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(ffmpeg.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(ffmpeg.exitValue()).isZero();
    }

    private static void awaitRunning(SluiceClient client, Duration within) {
        Awaitility.await("the stream is made")
                .atMost(within)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(() -> stream(client)
                        .filter(made -> made.get("state").asText().equals("running")
                                && made.get("progress").asDouble() > 0)
                        .isPresent());
    }

    private static Optional<JsonNode> stream(SluiceClient client) {
        return client.assets().stream()
                .flatMap(asset -> Stream.iterate(0, at -> at + 1)
                        .limit(asset.get("renditions").size())
                        .map(asset.get("renditions")::get))
                .filter(made -> made.get("name").asText().equals("hls"))
                .findFirst();
    }

    /** What stands under a final name is whole at every moment: its playlist is ended, and all that it names is there. */
    private static void watchFinalFolders(Path stack, List<String> torn) {
        try {
            while (true) {
                try (Stream<Path> files = Files.walk(stack)) {
                    files.filter(file -> file.endsWith("hls@1/playlist.m3u8"))
                            .forEach(playlist -> inspect(playlist, torn));
                } catch (java.io.UncheckedIOException moved) {
                    // A folder that went away while it was walked; looked at again at once.
                }
                Thread.sleep(100);
            }
        } catch (IOException e) {
            torn.add(e.toString());
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        }
    }

    private static void inspect(Path playlist, List<String> torn) {
        try {
            List<String> lines = Files.readAllLines(playlist);
            if (!lines.getLast().equals("#EXT-X-ENDLIST")) {
                torn.add("no end: " + playlist);
            }
            lines.stream()
                    .filter(line -> !line.startsWith("#"))
                    .filter(line -> !Files.isRegularFile(playlist.resolveSibling(line)))
                    .forEach(line -> torn.add("missing: " + line));
        } catch (IOException e) {
            torn.add(e.toString());
        }
    }
}
