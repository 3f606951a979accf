package io.sluice.e2e.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Arena ARENA = new Arena(Duration.ofSeconds(30), Map.of("ingest", 2), true);
    private static final Arena WITHOUT_DISK = new Arena(Duration.ofSeconds(30), Map.of(), false);

    @Test
    void the_same_seed_strikes_the_same_again() {
        assertThat(rounds(7, ARENA, 40)).isEqualTo(rounds(7, ARENA, 40)).isNotEqualTo(rounds(8, ARENA, 40));
        assertThat(Schedule.everyKindOnce(7, ARENA)).isEqualTo(Schedule.everyKindOnce(7, ARENA));
    }

    @Test
    void sixty_rounds_have_every_kind() {
        assertThat(kinds(rounds(1, ARENA, 60)))
                .contains(
                        "kill scanner",
                        "kill ingest",
                        "kill media",
                        "kill search",
                        "kill gateway",
                        "freeze",
                        "freeze past its lease",
                        "broker killed",
                        "broker stopped",
                        "broker frozen",
                        "database killed",
                        "database stopped",
                        "database frozen",
                        "disk full",
                        "mount renamed",
                        "mount emptied",
                        "mount replaced",
                        "rolling restart");
    }

    @Test
    void a_freeze_past_the_lease_is_longer_than_it() {
        assertThat(rounds(3, ARENA, 200).stream().flatMap(round -> round.faults().stream()))
                .filteredOn(fault -> fault.kind().equals("freeze past its lease"))
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.lasts()).isGreaterThan(ARENA.lease()));
    }

    @Test
    void without_a_disk_of_its_own_nobody_fills_it() {
        assertThat(kinds(rounds(1, WITHOUT_DISK, 100)))
                .doesNotContain("disk full")
                .contains("kill media");
        assertThat(kinds(Schedule.everyKindOnce(1, WITHOUT_DISK))).doesNotContain("disk full");
    }

    private static List<Round> rounds(long seed, Arena arena, int count) {
        Iterator<Round> schedule = Schedule.random(seed, arena);
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rounds.add(schedule.next());
        }
        return rounds;
    }

    private static Set<String> kinds(List<Round> rounds) {
        return rounds.stream()
                .flatMap(round -> round.faults().stream())
                .map(Fault::kind)
                .collect(Collectors.toSet());
    }
}
