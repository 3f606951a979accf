package io.sluice.media.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** What ends a stream before its time, and what that is called. */
@Timeout(90)
class WatchedStreamsTest {

    private static final VideoTools TOOLS = new VideoTools(TestVideoSettings.usual());

    private static final StreamWatcher NOBODY = new StreamWatcher() {
        @Override
        public void firstSegment() {}

        @Override
        public void progress(int permille) {}
    };

    @TempDir
    Path folder;

    private StreamMade make(VideoTools tools, Path source) throws IOException {
        Probed.Video video = TestVideos.probed(tools, source);
        return tools.make(tools.plan(video), video, source, stream(), NOBODY, () -> false);
    }

    private Path stream() throws IOException {
        return Files.createTempDirectory(folder, "stream");
    }

    private static void assertRefused(StreamMade made, ErrorCode code, String... words) {
        assertThat(made).isInstanceOfSatisfying(StreamMade.Refused.class, refused -> {
            assertThat(refused.code()).as(refused.reason()).isEqualTo(code);
            assertThat(refused.reason()).isNotBlank().doesNotContain("\n");
            assertThat(words).allSatisfy(word -> assertThat(refused.reason()).contains(word));
        });
    }

    private Path changed(String name, String as, UnaryOperator<byte[]> change) {
        return TestVideos.changed(TestVideos.of(name), folder.resolve(as), change);
    }

    private static byte[] firstPart(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length * 6 / 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b-frames.mkv", "plain.flv", "old.avi", "vp9.webm", "ten-bit.mkv"})
    void whatIsCutOffIsDamaged(String name) throws IOException {
        assertRefused(make(TOOLS, changed(name, name, WatchedStreamsTest::firstPart)), ErrorCode.VIDEO_DAMAGED);
    }

    @Test
    void anMp4ThatIsCutOffBehindItsIndexIsDamaged() throws IOException {
        Path fast = TestVideos.copied(
                "index-first.mp4", TestVideos.plain(), List.of("-c", "copy", "-movflags", "+faststart"));
        Path cut = TestVideos.changed(fast, folder.resolve("cut.mp4"), WatchedStreamsTest::firstPart);
        assertRefused(make(TOOLS, cut), ErrorCode.VIDEO_DAMAGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hevc.mp4", "ten-bit.mkv", "interlaced.ts"})
    void whatIsBrokenInsideIsDamaged(String name) throws IOException {
        Path broken = changed(name, name, bytes -> {
            for (int i = bytes.length / 3; i < bytes.length / 2; i += 97) {
                bytes[i] ^= 0x5a;
            }
            return bytes;
        });
        assertRefused(make(TOOLS, broken), ErrorCode.VIDEO_DAMAGED);
    }

    @Test
    void longerThanTheLimitIsTooLarge() throws IOException {
        VideoTools brief =
                new VideoTools(TestVideoSettings.with(settings -> settings.maxDuration(Duration.ofSeconds(3))));
        assertRefused(make(brief, TestVideos.plain()), ErrorCode.VIDEO_TOO_LARGE, "sluice.video.max-duration");
    }

    @Test
    void aStreamBeyondTheLimitIsTooLarge() throws IOException {
        VideoTools narrow = new VideoTools(TestVideoSettings.with(settings -> settings.maxOutputMegabytes(1)));
        Path large = TestVideos.of("large.mp4");
        assertThat(Files.size(large)).isGreaterThan(3 << 20);
        assertRefused(make(narrow, large), ErrorCode.VIDEO_TOO_LARGE, "sluice.video.max-output-megabytes");
    }

    @Test
    void moreMemoryThanTheLimitIsTooLarge() throws IOException {
        VideoTools narrow = new VideoTools(TestVideoSettings.with(settings -> settings.memoryMegabytes(256)));
        Path source = TestVideos.of("huge-frames.mkv");
        assertRefused(make(narrow, source), ErrorCode.VIDEO_TOO_LARGE, "sluice.video.memory-megabytes");
    }

    @Test
    void slowerThanTheLimitIsTooLarge() {
        // A minute of grace is beyond a test: the rule itself is asked.
        assertThat(RunningStream.timeLimit(90_000, TestVideoSettings.usual())).isEqualTo(Duration.ofSeconds(960));
        assertThat(RunningStream.timeLimit(0, TestVideoSettings.usual()))
                .isEqualTo(Duration.ofHours(240).plusMinutes(1));
    }

    @Test
    void anFfmpegThatHangsIsKilled() throws IOException {
        Path hanging = script("#!/bin/sh\nsleep 60 & wait\n");
        VideoTools stuck = new VideoTools(TestVideoSettings.with(
                settings -> settings.ffmpeg(hanging.toString()).stallLimit(Duration.ofSeconds(1))));
        assertThatThrownBy(() -> make(stuck, TestVideos.plain()))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHILD_TIMED_OUT));
    }

    @Test
    void anFfmpegThatIsKilledHasDied() throws Exception {
        Path source = TestVideos.of("long.avi");
        Running running = running(source, () -> false);

        running.ffmpeg().destroyForcibly();

        assertThatThrownBy(running.made()::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(CodedException.class, e -> {
                    assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.CHILD_DIED);
                    assertThat(e).hasMessageContaining("137");
                });
    }

    @Test
    void aLostLeaseEndsItWithinASecond() throws Exception {
        Path source = TestVideos.of("long.avi");
        AtomicBoolean lost = new AtomicBoolean();
        Running running = running(source, lost::get);
        AtomicLong end = new AtomicLong();
        running.ffmpeg().onExit().thenRun(() -> end.set(System.nanoTime()));

        long start = System.nanoTime();
        lost.set(true);

        assertThatThrownBy(running.made()::join).cause().isInstanceOfSatisfying(CodedException.class, e -> assertThat(
                        e.code())
                .isEqualTo(ErrorCode.INTERRUPTED));
        Awaitility.await().until(() -> end.get() != 0);
        assertThat(Duration.ofNanos(end.get() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(running.ffmpeg().isAlive()).isFalse();
    }

    @Test
    void aStoreThatCannotBeWrittenWaits() throws IOException {
        Path source = TestVideos.plain();
        Probed.Video video = TestVideos.probed(TOOLS, source);
        Path gone = folder.resolve("gone");
        assertThatThrownBy(() -> TOOLS.make(new StreamPlan.Copy(), video, source, gone, NOBODY, () -> false))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
    }

    private Path script(String text) throws IOException {
        Path script = Files.writeString(folder.resolve("ffmpeg"), text);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private record Running(ProcessHandle ffmpeg, CompletableFuture<StreamMade> made) {}

    private Running running(Path source, java.util.function.BooleanSupplier lost) throws IOException {
        Probed.Video video = TestVideos.probed(TOOLS, source);
        Path stream = stream();
        AtomicBoolean shown = new AtomicBoolean();
        StreamWatcher watcher = new StreamWatcher() {
            @Override
            public void firstSegment() {
                shown.set(true);
            }

            @Override
            public void progress(int permille) {}
        };
        CompletableFuture<StreamMade> made = CompletableFuture.supplyAsync(
                () -> TOOLS.make(TOOLS.plan(video), video, source, stream, watcher, lost));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> shown.get() || made.isDone());
        return new Running(ffmpeg(stream), made);
    }

    /** The one that writes there. */
    private static ProcessHandle ffmpeg(Path stream) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> {
                    try (Stream<Path> links = Files.list(Path.of("/proc/" + process.pid() + "/cwd/"))) {
                        return process.info().command().orElse("").endsWith("/ffmpeg")
                                && links.anyMatch(link -> leadsTo(link, stream));
                    } catch (IOException e) {
                        return false;
                    }
                })
                .findFirst()
                .orElseThrow();
    }

    private static boolean leadsTo(Path link, Path target) {
        try {
            return Files.isSymbolicLink(link) && Files.isSameFile(link, target);
        } catch (IOException e) {
            return false;
        }
    }
}
