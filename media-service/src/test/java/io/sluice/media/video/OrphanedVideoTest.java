package io.sluice.media.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An ffmpeg does not outlive the service, however that dies. */
@Timeout(60)
class OrphanedVideoTest {

    @TempDir
    Path folder;

    @Test
    void ffmpegDiesWithAServiceThatIsKilled() throws Exception {
        Path stream = Files.createDirectory(folder.resolve("stream"));
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Process service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Service.class.getName(),
                        TestVideos.of("long.avi").toString(),
                        stream.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("first segment");
        }
        List<ProcessHandle> children = service.toHandle().descendants().toList();
        assertThat(children).anyMatch(child -> child.info().command().orElse("").endsWith("/ffmpeg"));

        service.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

        Awaitility.await("the end of ffmpeg, its shell and its watcher")
                .atMost(Duration.ofSeconds(10))
                .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("sluice-video-")))
                    .isEmpty();
        }
    }

    /** Makes a stream until it is killed. */
    static final class Service {

        public static void main(String[] arguments) {
            VideoTools tools = new VideoTools(TestVideoSettings.usual());
            Path source = Path.of(arguments[0]);
            Probed.Video video = TestVideos.probed(tools, source);
            StreamWatcher watcher = new StreamWatcher() {
                @Override
                public void firstSegment() {
                    System.out.println("first segment");
                }

                @Override
                public void progress(int permille) {}
            };
            tools.make(tools.plan(video), video, source, Path.of(arguments[1]), watcher, () -> false);
        }
    }
}
