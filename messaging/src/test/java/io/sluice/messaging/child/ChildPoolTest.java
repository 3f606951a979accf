package io.sluice.messaging.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

class ChildPoolTest {

    private static final Duration AMPLE = Duration.ofSeconds(20);

    private final ChildPool pool = pool(2, 0);

    /** A child that does as it is told. */
    static final class Obedient {

        private Obedient() {}

        public static void main(String[] args) {
            ChildServer.serve(request -> {
                String word = new String(request, StandardCharsets.UTF_8);
                return switch (word) {
                    case "die" -> throw new IllegalStateException("as told");
                    case "halt" -> {
                        Runtime.getRuntime().halt(9);
                        yield new byte[0];
                    }
                    case "hang" -> hang();
                    case "eat" -> eat();
                    case "pid" -> Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
                    case "environment" ->
                        String.join(" ", System.getenv().keySet()).getBytes(StandardCharsets.UTF_8);
                    case "chatter" -> {
                        System.out.println("not part of the protocol");
                        yield request;
                    }
                    default -> request;
                };
            });
        }

        private static byte[] hang() {
            while (true) {
                Thread.onSpinWait();
            }
        }

        private static byte[] eat() {
            // Native memory, as a decoder would take it: outside the heap's own limit.
            List<java.lang.foreign.MemorySegment> eaten = new ArrayList<>();
            while (eaten.size() < 64) {
                java.lang.foreign.MemorySegment piece =
                        java.lang.foreign.Arena.global().allocate(64L << 20);
                piece.fill((byte) 1);
                eaten.add(piece);
            }
            return new byte[0];
        }
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void answersComeBackFromTheSameChildUntilItIsWorn() {
        try (ChildPool worn = pool(1, 2)) {
            String first = ask(worn, "pid");
            assertThat(ask(worn, "pid")).isEqualTo(first);
            assertThat(ask(worn, "pid")).isNotEqualTo(first);
            assertThat(worn.deaths()).isZero();
        }
    }

    @Test
    void childThatThrowsIsReplacedAndSaysWhy() {
        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> ask(pool, "die"))
                .withMessageContaining("as told")
                .matches(e -> e.code() == ErrorCode.CHILD_DIED);
        assertThat(ask(pool, "hello")).isEqualTo("hello");
        assertThat(pool.deaths()).isEqualTo(1);
    }

    @Test
    void childThatHangsIsKilledAtItsLimitAndTheOthersGoOn() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> hanging =
                    threads.submit(() -> pool.call("hang".getBytes(StandardCharsets.UTF_8), Duration.ofMillis(1500)));
            for (int i = 0; i < 50; i++) {
                assertThat(ask(pool, "n" + i)).isEqualTo("n" + i);
            }
            assertThat(hanging)
                    .failsWithin(AMPLE)
                    .withThrowableThat()
                    .withRootCauseInstanceOf(java.io.IOException.class)
                    .havingCause()
                    .matches(e -> ((CodedException) e).code() == ErrorCode.CHILD_TIMED_OUT);
        }
    }

    @Test
    void childKilledFromOutsideIsReplaced() {
        long pid = Long.parseLong(ask(pool, "pid"));
        ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
        child.destroyForcibly();
        Awaitility.await().until(() -> !child.isAlive());
        assertThat(ask(pool, "hello")).isEqualTo("hello");
    }

    @Test
    void childThatEatsMemoryDiesAlone() {
        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> ask(pool, "eat"))
                .matches(e -> e.code() == ErrorCode.CHILD_DIED);
        assertThat(ask(pool, "hello")).isEqualTo("hello");
    }

    @Test
    void whatAChildPrintsIsNoAnswer() {
        assertThat(ask(pool, "chatter")).isEqualTo("chatter");
    }

    @Test
    void childrenDoNotSeeOurEnvironment() {
        assertThat(System.getenv()).as("what could leak").hasSizeGreaterThan(9);
        assertThat(ask(pool, "environment").split(" "))
                .isSubsetOf(
                        "PATH",
                        "LANG",
                        "LC_ALL",
                        "HOME",
                        "TMPDIR",
                        "TZ",
                        "LD_LIBRARY_PATH",
                        "VIPS_WARNING",
                        "PWD",
                        "_",
                        "SHLVL",
                        "OLDPWD");
    }

    @Test
    void closingEndsThem() {
        long pid = Long.parseLong(ask(pool, "pid"));
        pool.close();
        Awaitility.await()
                .until(() ->
                        ProcessHandle.of(pid).map(child -> !child.isAlive()).orElse(true));
        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> ask(pool, "hello"))
                .matches(e -> e.code() == ErrorCode.INTERRUPTED);
    }

    private static ChildPool pool(int size, int requestsPerChild) {
        return new ChildPool(new ChildPool.Settings(
                "obedient", Obedient.class, List.of("-Xmx64m"), size, 1L << 30, requestsPerChild));
    }

    private static String ask(ChildPool pool, String word) {
        return new String(pool.call(word.getBytes(StandardCharsets.UTF_8), AMPLE), StandardCharsets.UTF_8);
    }
}
