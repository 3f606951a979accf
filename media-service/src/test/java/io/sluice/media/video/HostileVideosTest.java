package io.sluice.media.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.image.Command;

/**
 * Two hundred hostile files: each ends with a code and a sentence in bounded time, none makes a child open a socket, and
 * good files between them notice nothing.
 */
@Timeout(300)
class HostileVideosTest {

    private static final Duration CHILD_LIMIT = Duration.ofSeconds(15);
    private static final Duration BOUND = Duration.ofSeconds(60);

    /** What a bad file may be called; anything else would blame or stop us. */
    private static final Set<ErrorCode> BAD = Set.of(
            ErrorCode.NOT_A_VIDEO,
            ErrorCode.VIDEO_DAMAGED,
            ErrorCode.VIDEO_TOO_LARGE,
            ErrorCode.FORMAT_REFUSED,
            ErrorCode.FILE_EMPTY,
            ErrorCode.FILE_VANISHED,
            ErrorCode.FILE_UNREADABLE,
            ErrorCode.CHILD_DIED,
            ErrorCode.CHILD_TIMED_OUT);

    private static final StreamWatcher NOBODY = new StreamWatcher() {
        @Override
        public void firstSegment() {}

        @Override
        public void progress(int permille) {}
    };

    @TempDir
    Path folder;

    private final AtomicInteger traces = new AtomicInteger();

    /** @param code empty for a stream that was made */
    private record Outcome(Path file, String code, String reason, Duration took) {}

    @Test
    void eachEndsWithACodeAndASentenceAndNoneReachesOut() throws Exception {
        Path trace = Files.createDirectory(folder.resolve("trace"));
        Path strace = Program.find("strace").orElse(null);
        VideoTools tools = new VideoTools(
                TestVideoSettings.with(settings -> settings.maxDuration(Duration.ofMinutes(10))
                        .maxOutputMegabytes(64)
                        .probeTimeLimit(CHILD_LIMIT)
                        .frameTimeLimit(CHILD_LIMIT)
                        .stallLimit(CHILD_LIMIT)),
                command -> strace == null ? command : traced(strace, trace, command));
        List<Path> hostile = HostileInputs.in(Files.createDirectory(folder.resolve("hostile")));
        assertThat(hostile).hasSize(200);
        Path good = TestVideos.tiny("mkv");

        List<Callable<Outcome>> work = new ArrayList<>();
        for (int i = 0; i < hostile.size(); i++) {
            Path file = hostile.get(i);
            work.add(() -> outcome(tools, file));
            if (i % 20 == 0) {
                work.add(() -> outcome(tools, good));
            }
        }
        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (Future<Outcome> done : two.invokeAll(work)) {
                outcomes.add(done.get());
            }
        }

        assertThat(outcomes).hasSize(210).allSatisfy(outcome -> {
            assertThat(outcome.took()).as(outcome.toString()).isLessThan(BOUND);
            if (outcome.file().equals(good)) {
                assertThat(outcome.code()).as(outcome.toString()).isEmpty();
            } else if (!outcome.code().isEmpty()) {
                assertThat(BAD).as(outcome.toString()).contains(ErrorCode.of(outcome.code()));
                assertThat(outcome.reason()).isNotBlank().doesNotContain("\n", "\0");
            }
        });
        // Some flips hit nothing that matters; most must be refused, or these files are not hostile.
        assertThat(outcomes.stream()
                        .filter(outcome -> !outcome.code().isEmpty())
                        .count())
                .isGreaterThan(100);
        Assumptions.assumeTrue(strace != null, "strace is not installed: sockets were not looked at");
        assertThat(socketsIn(trace)).isEmpty();
        assertTheTraceWouldShowOne(strace);
    }

    private Outcome outcome(VideoTools tools, Path file) throws IOException {
        long start = System.nanoTime();
        String code = "";
        String reason = "";
        try {
            switch (tools.probe(file)) {
                case Probed.Refused refused -> {
                    code = refused.code().code();
                    reason = refused.reason();
                }
                case Probed.Video video -> {
                    Path stream = Files.createTempDirectory(folder, "stream");
                    tools.frame(file, video, stream.resolveSibling(stream.getFileName() + ".png"));
                    if (tools.make(tools.plan(video), video, file, stream, NOBODY, () -> false)
                            instanceof StreamMade.Refused refused) {
                        code = refused.code().code();
                        reason = refused.reason();
                    }
                }
            }
        } catch (CodedException e) {
            code = e.code().code();
            reason = String.valueOf(e.getMessage());
        }
        return new Outcome(file, code, reason, Duration.ofNanos(System.nanoTime() - start));
    }

    private List<String> traced(Path strace, Path into, List<String> command) {
        List<String> traced = new ArrayList<>(List.of(
                strace.toString(),
                // The child stays the child; strace stands aside.
                "-D",
                "-f",
                "--seccomp-bpf",
                "-e",
                "trace=%network",
                "-o",
                into.resolve(traces.incrementAndGet() + ".txt").toString()));
        traced.addAll(command);
        return traced;
    }

    private static List<String> socketsIn(Path trace) throws IOException {
        try (Stream<Path> files = Files.list(trace)) {
            List<Path> all = files.toList();
            assertThat(all).hasSizeGreaterThan(200);
            return all.stream()
                    .flatMap(HostileVideosTest::lines)
                    .filter(line -> line.contains("AF_INET") || line.contains("AF_NETLINK"))
                    .toList();
        }
    }

    private void assertTheTraceWouldShowOne(Path strace) throws IOException {
        Path trace = Files.createDirectory(folder.resolve("control"));
        List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\"; sleep 0.5", "x"));
        command.addAll(traced(strace, trace, List.of("/usr/bin/env", "ffprobe", "http://127.0.0.1:9/x.mp4")));
        Command.run(command.toArray(String[]::new));
        try (Stream<Path> files = Files.list(trace)) {
            assertThat(files.flatMap(HostileVideosTest::lines)).anyMatch(line -> line.contains("AF_INET"));
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
