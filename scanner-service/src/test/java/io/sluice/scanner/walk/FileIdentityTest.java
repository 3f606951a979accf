package io.sluice.scanner.walk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileIdentityTest {

    private static final FileStat FILE = new FileStat(10, 100, 200, 50, 7);

    @Test
    void inode_and_birth_time_make_a_file_whatever_was_written_to_it() {
        assertThat(FILE.identity().matches(new FileStat(11, 101, 201, 50, 7))).isTrue();
    }

    @Test
    void an_inode_that_was_given_again_is_another_file() {
        assertThat(FILE.identity().matches(new FileStat(10, 100, 200, 51, 7))).isFalse();
    }

    @Test
    void without_a_birth_time_size_and_modification_time_speak_for_the_inode() {
        FileStat without = new FileStat(10, 100, 999, 0, 7);

        assertThat(FILE.identity().matches(without)).isTrue();
        assertThat(without.identity().matches(FILE)).isTrue();
        assertThat(FILE.identity().matches(new FileStat(10, 101, 200, 0, 7))).isFalse();
        assertThat(FILE.identity().matches(new FileStat(10, 100, 200, 0, 8))).isFalse();
    }

    @Test
    void a_file_system_without_inodes_proves_nothing() {
        FileStat nameless = new FileStat(10, 100, 200, 50, 0);

        assertThat(nameless.identity().matches(nameless)).isFalse();
    }

    @Test
    void a_stat_is_the_same_when_only_the_birth_time_is_not_known() {
        assertThat(FILE.sameAs(new FileStat(10, 100, 200, 0, 7))).isTrue();
        assertThat(FILE.sameAs(new FileStat(10, 100, 200, 51, 7))).isFalse();
        assertThat(FILE.sameAs(new FileStat(10, 100, 201, 50, 7))).isFalse();
    }
}
