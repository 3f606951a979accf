package io.sluice.gateway.pipeline.lag;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.sluice.contract.ErrorCode;
import io.sluice.contract.messaging.v1.WorkPause;

/** Every state from the evidence that makes it, and which evidence comes before which. */
class JudgeLagTest {

    private static final Told.Trouble NO_DATABASE =
            new Told.Trouble(ErrorCode.DATABASE_UNAVAILABLE, "The database cannot be reached");
    private static final Told.Trouble DEFECT = new Told.Trouble(ErrorCode.INTERNAL, "cannot read the tag");

    private final JudgeLag judge = new JudgeLag(Duration.ofSeconds(10), Duration.ofSeconds(20));

    /** What a case changes of a group that reads, with nothing to do. */
    private static final class Facts {
        @Nullable
        String unmeasured;

        int members = 1;

        @Nullable
        Long waiting = 0L;

        @Nullable
        Duration age;

        Duration still = Duration.ZERO;

        @Nullable
        Double rate;

        Told.@Nullable Deferred deferred;
        Told.@Nullable Trouble down;
        Evidence.@Nullable Work work;

        Facts waiting(long count, int seconds) {
            waiting = count;
            age = Duration.ofSeconds(seconds);
            return this;
        }

        Facts still(int seconds) {
            still = Duration.ofSeconds(seconds);
            return this;
        }

        Facts rate(double perSecond) {
            rate = perSecond;
            return this;
        }

        Facts members(int count) {
            members = count;
            return this;
        }

        Facts unmeasured(String why) {
            unmeasured = why;
            return this;
        }

        Facts down(Told.Trouble trouble) {
            down = trouble;
            return this;
        }

        Facts deferred(Told.Trouble trouble) {
            deferred = new Told.Deferred(2, 7, trouble);
            return this;
        }

        Facts rows(Told.Rows... rows) {
            work = work(List.of(rows), null);
            return this;
        }

        Facts silent() {
            work = work(null, null);
            waiting = null;
            return this;
        }

        Facts paused(Told.Rows... rows) {
            work = work(
                    List.of(rows),
                    WorkPause.newBuilder()
                            .setWorkClass("image")
                            .setReason("the disk is full")
                            .setPausedBy("ops")
                            .build());
            return this;
        }

        private static Evidence.Work work(@Nullable List<Told.Rows> rows, @Nullable WorkPause pause) {
            return new Evidence.Work("image", rows, "it does not answer", pause, Duration.ofMinutes(5));
        }

        Evidence evidence() {
            return new Evidence(
                    "media.work.image", "media", unmeasured, members, waiting, age, still, rate, deferred, down, work);
        }
    }

    private record Case(String name, Facts facts, String state, String inReason, String inCure) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("nothing waits", new Facts(), "ok", "Nothing waits", ""),
                new Case("on its way", new Facts().waiting(1, 3), "ok", "1 waits, on its way", ""),
                new Case("standing, but not for long", new Facts().waiting(9, 9).still(19), "ok", "9 wait", ""),
                new Case(
                        "shrinking",
                        new Facts().waiting(500, 90).rate(12),
                        "catching_up",
                        "it gets less",
                        "more workers"),
                new Case("growing", new Facts().waiting(500, 90).rate(-3), "catching_up", "or more", "more instances"),
                new Case("not looked at", unknownAge(), "catching_up", "could not be looked at", "looked at again"),
                new Case(
                        "frozen",
                        new Facts().waiting(5, 60).still(20),
                        "stuck",
                        "has not moved for 20 s",
                        "log of the media"),
                new Case("nobody", new Facts().members(0).waiting(5, 60), "no_consumer", "5 wait", "Start the media"),
                new Case("nobody, nothing", new Facts().members(0), "no_consumer", "Nobody reads", "Start"),
                new Case("poisoned", new Facts().deferred(DEFECT), "stuck", "cannot read the tag", "dead letter"),
                new Case(
                        "deferred for a dependency",
                        new Facts().deferred(NO_DATABASE),
                        "dependency_down",
                        "database",
                        "by itself"),
                new Case(
                        "owner without database",
                        new Facts().down(NO_DATABASE),
                        "dependency_down",
                        "database",
                        "by itself"),
                new Case("not measured", new Facts().unmeasured("broker away"), "unknown", "broker away", "again"),
                new Case(
                        "unknown is before all",
                        new Facts().unmeasured("x").members(0).down(NO_DATABASE),
                        "unknown",
                        "x",
                        ""),
                new Case(
                        "a dependency is before nobody",
                        new Facts().members(0).down(NO_DATABASE),
                        "dependency_down",
                        "",
                        ""),
                new Case(
                        "work on its way",
                        new Facts().waiting(1, 1).rows(row("released", 1, 1, null)),
                        "ok",
                        "1 waits",
                        ""),
                new Case("only running", new Facts().rows(row("running", 2, 100, null)), "ok", "Nothing waits", ""),
                new Case(
                        "much work",
                        new Facts()
                                .waiting(90, 70)
                                .rate(1)
                                .rows(row("waiting", 90, 70, null), row("running", 4, 2, null)),
                        "catching_up",
                        "90 wait",
                        ""),
                new Case(
                        "a frozen topic is no evidence while workers are busy",
                        new Facts()
                                .waiting(90, 5)
                                .still(60)
                                .rows(row("released", 90, 60, null), row("running", 4, 50, null)),
                        "ok",
                        "90 wait",
                        ""),
                new Case(
                        "running too long",
                        new Facts().rows(row("running", 1, 301, null)),
                        "stuck",
                        "running for 5 min",
                        "lease"),
                new Case(
                        "unclaimed",
                        new Facts().waiting(3, 21).rows(row("released", 3, 21, null)),
                        "stuck",
                        "not been claimed for 21 s",
                        "ten minutes"),
                new Case(
                        "not released",
                        new Facts().waiting(3, 21).rows(row("waiting", 3, 21, null)),
                        "stuck",
                        "none of it is released",
                        "dispatcher"),
                new Case(
                        "deferred too long",
                        new Facts().waiting(1, 301).rows(row("deferred", 1, 301, DEFECT)),
                        "stuck",
                        "cannot read the tag",
                        "Mend"),
                new Case(
                        "deferred by intent",
                        new Facts().waiting(1, 9).rows(row("deferred", 1, 900, null)),
                        "ok",
                        "1 waits",
                        ""),
                new Case(
                        "store full",
                        new Facts()
                                .waiting(9, 30)
                                .rows(row("deferred", 9, 3, new Told.Trouble(ErrorCode.STORE_FULL, "no room"))),
                        "dependency_down",
                        "no room (store_full)",
                        "by itself"),
                new Case(
                        "paused",
                        new Facts().waiting(9, 900).paused(row("waiting", 9, 900, null)),
                        "paused",
                        "ops: the disk is full (9 wait)",
                        "resume"),
                new Case(
                        "paused without workers",
                        new Facts().members(0).waiting(9, 900).paused(row("waiting", 9, 900, null)),
                        "no_consumer",
                        "",
                        ""),
                new Case("rows not known", new Facts().silent(), "unknown", "does not answer", ""),
                new Case(
                        "rows not known and nobody there",
                        new Facts().silent().members(0),
                        "no_consumer",
                        "Nobody",
                        "Start"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachStateFollowsFromItsEvidence(Case one) {
        LagState state = judge.judge(one.facts().evidence());
        assertThat(state.word()).isEqualTo(one.state());
        assertThat(state.reason()).contains(one.inReason()).isNotBlank();
        assertThat(state.cure()).contains(one.inCure());
        assertThat(state.cure().isEmpty())
                .as("only what is ok needs no cure")
                .isEqualTo(one.state().equals("ok"));
    }

    private static Facts unknownAge() {
        Facts facts = new Facts();
        facts.waiting = 5L;
        return facts;
    }

    private static Told.Rows row(String state, long count, double seconds, Told.@Nullable Trouble trouble) {
        return new Told.Rows("fresh", state, count, seconds, trouble);
    }
}
