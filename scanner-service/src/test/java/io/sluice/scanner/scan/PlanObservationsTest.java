package io.sluice.scanner.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.sluice.scanner.inventory.Observation;
import io.sluice.scanner.inventory.ObservationPlan;
import io.sluice.scanner.inventory.ObservedFile;
import io.sluice.scanner.walk.FileStat;
import io.sluice.scanner.walk.RawPath;
import io.sluice.scanner.walk.SeenFile;
import io.sluice.scanner.walk.StabilityGate;

class PlanObservationsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long OLD = NOW.minusSeconds(1000).getEpochSecond() * 1_000_000_000L;
    private static final long YOUNG = NOW.minusSeconds(1).getEpochSecond() * 1_000_000_000L;

    private final Set<Long> stillThere = new HashSet<>();

    @Test
    void an_unknown_file_appears_stable_when_it_is_old_enough() {
        ObservationPlan plan = plan(List.of(), seen("old.jpg", 1, OLD), seen("young.jpg", 2, YOUNG));

        assertThat(plan.describe()).isEqualTo("appeared old.jpg\nappeared young.jpg");
        assertThat(plan.observations()).extracting(Observation::stable).containsExactly(true, false);
    }

    @Test
    void a_file_as_it_was_says_nothing() {
        ObservedFile known = known(10, "a.jpg", 1, OLD);

        assertThat(plan(List.of(known), seen("a.jpg", 1, OLD)).isEmpty()).isTrue();
    }

    @Test
    void an_edited_file_changes_and_keeps_its_id() {
        ObservedFile known = known(10, "a.jpg", 1, OLD);

        assertThat(plan(List.of(known), seen("a.jpg", 1, YOUNG)).observations())
                .containsExactly(new Observation.Again(known, RawPath.of("a.jpg"), stat(1, YOUNG), false));
    }

    @Test
    void a_file_saved_through_a_temporary_one_keeps_its_id() {
        ObservedFile known = known(10, "a.jpg", 1, OLD);

        assertThat(plan(List.of(known), seen("a.jpg", 99, YOUNG)).describe()).isEqualTo("changed a.jpg");
    }

    @Test
    void a_young_file_settles_once_it_is_old_enough() {
        ObservedFile known = unstable(known(10, "a.jpg", 1, OLD));

        ObservationPlan plan = plan(List.of(known), seen("a.jpg", 1, OLD));

        assertThat(plan.describe()).isEqualTo("settled a.jpg");
        assertThat(plan.observations().getFirst().stable()).isTrue();
    }

    @Test
    void a_renamed_file_keeps_its_id() {
        ObservedFile known = known(10, "a.jpg", 1, OLD);

        ObservationPlan plan = plan(List.of(known), seen("b/new.jpg", 1, OLD));

        assertThat(plan.describe()).isEqualTo("moved a.jpg -> b/new.jpg");
        assertThat(plan.displaced()).isEmpty();
    }

    @Test
    void a_second_hard_link_is_a_file_of_its_own() {
        stillThere.add(10L);
        ObservedFile known = known(10, "a.jpg", 1, OLD);

        assertThat(plan(List.of(known), seen("a.jpg", 1, OLD), seen("link.jpg", 1, OLD))
                        .describe())
                .isEqualTo("appeared link.jpg");
    }

    @Test
    void two_new_links_to_a_file_that_left_are_one_moved_and_one_new() {
        ObservedFile known = known(10, "a.jpg", 1, OLD);

        assertThat(plan(List.of(known), seen("b.jpg", 1, OLD), seen("c.jpg", 1, OLD))
                        .describe())
                .isEqualTo("moved a.jpg -> b.jpg\nappeared c.jpg");
    }

    @Test
    void an_inode_that_was_given_again_does_not_carry_an_id_away() {
        ObservedFile known = known(10, "a.jpg", 1, OLD);
        SeenFile other = new SeenFile(RawPath.of("b.jpg"), new FileStat(5, OLD, OLD, OLD + 1, 1));

        assertThat(plan(List.of(known), other).describe()).isEqualTo("appeared b.jpg");
    }

    @Test
    void a_file_renamed_over_another_displaces_it() {
        ObservedFile target = known(10, "a.jpg", 1, OLD);
        ObservedFile mover = known(11, "b.jpg", 2, OLD);

        ObservationPlan plan = plan(List.of(target, mover), seen("a.jpg", 2, OLD));

        assertThat(plan.describe()).isEqualTo("moved b.jpg -> a.jpg");
        assertThat(plan.displaced()).containsExactly(10L);
    }

    @Test
    void two_files_that_changed_places_both_keep_their_ids() {
        ObservedFile first = known(10, "a.jpg", 1, OLD);
        ObservedFile second = known(11, "b.jpg", 2, OLD);

        ObservationPlan plan = plan(List.of(first, second), seen("a.jpg", 2, OLD), seen("b.jpg", 1, OLD));

        assertThat(plan.describe()).isEqualTo("moved b.jpg -> a.jpg\nmoved a.jpg -> b.jpg");
    }

    @Test
    void three_files_that_moved_round_in_a_circle_all_keep_their_ids() {
        ObservedFile a = known(10, "a.jpg", 1, OLD);
        ObservedFile b = known(11, "b.jpg", 2, OLD);
        ObservedFile c = known(12, "c.jpg", 3, OLD);

        ObservationPlan plan =
                plan(List.of(a, b, c), seen("a.jpg", 3, OLD), seen("b.jpg", 1, OLD), seen("c.jpg", 2, OLD));

        assertThat(plan.describe()).isEqualTo("moved c.jpg -> a.jpg\nmoved a.jpg -> b.jpg\nmoved b.jpg -> c.jpg");
    }

    @Test
    void an_absent_file_returns_when_the_same_one_or_its_restored_copy_is_there_again() {
        ObservedFile same = absent(known(10, "a.jpg", 1, OLD));
        ObservedFile restored = absent(known(11, "b.jpg", 2, OLD));

        assertThat(plan(List.of(same, restored), seen("a.jpg", 1, OLD), seen("b.jpg", 77, OLD))
                        .describe())
                .isEqualTo("returned a.jpg\nreturned b.jpg");
    }

    @Test
    void an_absent_file_returns_elsewhere_by_its_identity() {
        ObservedFile away = absent(known(10, "a.jpg", 1, OLD));

        assertThat(plan(List.of(away), seen("b.jpg", 1, OLD)).describe()).isEqualTo("returned b.jpg");
    }

    @Test
    void another_file_at_the_path_of_an_absent_one_is_new_and_takes_the_path() {
        ObservedFile away = absent(known(10, "IMG_0001.jpg", 1, OLD));

        ObservationPlan plan = plan(List.of(away), seen("IMG_0001.jpg", 5, YOUNG));

        assertThat(plan.describe()).isEqualTo("appeared IMG_0001.jpg");
        assertThat(plan.displaced()).containsExactly(10L);
    }

    @Test
    void a_name_that_a_directory_gave_twice_is_looked_at_once() {
        ObservedFile known = known(10, "a.jpg", 1, OLD);

        assertThat(plan(List.of(known), seen("a.jpg", 1, YOUNG), seen("a.jpg", 1, YOUNG))
                        .observations())
                .hasSize(1);
    }

    private ObservationPlan plan(List<ObservedFile> inventory, SeenFile... files) {
        List<SeenFile> seen = Arrays.asList(files);
        Map<RawPath, ObservedFile> holders = inventory.stream()
                .filter(file -> seen.stream().anyMatch(one -> one.path().equals(file.path())))
                .collect(Collectors.toMap(ObservedFile::path, file -> file));
        List<Long> inodes = PlanObservations.unexplained(seen, holders);
        List<ObservedFile> sameInode = inventory.stream()
                .filter(file -> inodes.contains(file.stat().inode()))
                .toList();
        return new PlanObservations(
                        holders,
                        sameInode,
                        new StabilityGate(Duration.ofSeconds(5)),
                        file -> !stillThere.contains(file.fileId()),
                        NOW)
                .plan(seen);
    }

    private static SeenFile seen(String path, long inode, long timeNs) {
        return new SeenFile(RawPath.of(path), stat(inode, timeNs));
    }

    private static FileStat stat(long inode, long timeNs) {
        return new FileStat(100, timeNs, timeNs, OLD, inode);
    }

    private static ObservedFile known(long id, String path, long inode, long timeNs) {
        return new ObservedFile(
                id, RawPath.of(path), true, stat(inode, timeNs), true, true, id, "scan", NOW.minusSeconds(60));
    }

    private static ObservedFile absent(ObservedFile file) {
        return new ObservedFile(
                file.fileId(), file.path(), true, file.stat(), false, true, file.sequence(), "scan", file.observedAt());
    }

    private static ObservedFile unstable(ObservedFile file) {
        return new ObservedFile(
                file.fileId(), file.path(), true, file.stat(), true, false, file.sequence(), "scan", file.observedAt());
    }
}
