package io.sluice.scanner.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.sluice.scanner.walk.FileStat;
import io.sluice.scanner.walk.RawPath;
import io.sluice.scanner.walk.SeenDirectory;

class KnownDirectoriesTest {

    private final KnownDirectories known = new KnownDirectories();

    @Test
    void a_directory_is_known_until_anything_about_it_changes() {
        known.add(directory("a/b", 1, 2, 3));

        assertThat(known.contains(directory("a/b", 1, 2, 3))).isTrue();
        assertThat(known.contains(directory("a/c", 1, 2, 3))).isFalse();
        assertThat(known.contains(directory("a/b", 2, 2, 3))).isFalse();
        assertThat(known.contains(directory("a/b", 1, 3, 3))).isFalse();
        assertThat(known.contains(directory("a/b", 1, 2, 4))).isFalse();
    }

    @Test
    void it_grows_and_forgets_nobody() {
        for (int i = 0; i < 100_000; i++) {
            known.add(directory("d" + i, i, 1, 1));
        }
        known.add(directory("d0", 0, 1, 1));

        assertThat(known.size()).isEqualTo(100_000);
        for (int i = 0; i < 100_000; i++) {
            assertThat(known.contains(directory("d" + i, i, 1, 1))).isTrue();
            assertThat(known.contains(directory("d" + i, i, 2, 1))).isFalse();
        }
    }

    private static SeenDirectory directory(String path, long inode, long mtimeNs, long ctimeNs) {
        return new SeenDirectory(RawPath.of(path), new FileStat(4096, mtimeNs, ctimeNs, 1, inode));
    }
}
