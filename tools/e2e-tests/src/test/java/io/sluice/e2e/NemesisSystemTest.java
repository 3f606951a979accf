package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.e2e.nemesis.Nemesis;
import io.sluice.e2e.nemesis.Report;
import io.sluice.e2e.nemesis.Schedule;

/**
 * Every kind of fault once, many at a time, over a library and bundles at work: nothing is lost, doubled, torn, orphaned or stuck, and the
 * end state is a calm run's. A failure names its seed; {@code -Dsluice.seed=N} runs it again, and {@code ./sluice soak} runs on.
 */
class NemesisSystemTest {

    /** Short, so that a frozen process loses its leases within the test's time. */
    private static final Duration LEASE = Duration.ofSeconds(6);

    @TempDir
    Path folder;

    @Test
    void everyKindOfFaultOnceLeavesWhatACalmRunLeaves() throws Exception {
        long seed = Long.getLong("sluice.seed", 20261121);
        Report report = Nemesis.run(
                new Nemesis.Wanted(
                        folder,
                        seed,
                        LEASE,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(25),
                        Duration.ofMinutes(5),
                        arena -> Schedule.everyKindOnce(seed, arena).iterator()),
                System.out::println);
        System.out.println(report.text());
        assertThat(report.violations()).as(report.text()).isEmpty();
        assertThat(report.byKind()).hasSizeGreaterThan(12);
        assertThat(report.recoveries()).hasSameSizeAs(report.byKind());
    }
}
