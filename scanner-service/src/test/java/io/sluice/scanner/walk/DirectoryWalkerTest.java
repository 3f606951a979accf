package io.sluice.scanner.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWalkerTest {

    private static final Set<String> MEDIA = Set.of("jpg", "cr2", "mp4");

    @TempDir
    Path temp;

    private Path root;

    @BeforeEach
    void makeRoot() throws IOException {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        root = Files.createDirectory(temp.resolve("root"));
    }

    @Test
    void media_files_are_found_at_any_depth_by_their_extension_in_any_case() throws IOException {
        file("a.jpg");
        file("deep/er/B.JPG");
        file("deep/raw.CR2");
        file("deep/notes.txt");
        file("no_extension");
        file("trailing.");
        file(".jpg");
        Files.createDirectories(root.resolve("directory.jpg"));

        assertThat(walk().paths()).containsExactlyInAnyOrder("a.jpg", "deep/er/B.JPG", "deep/raw.CR2");
    }

    @Test
    void hidden_names_and_excluded_directories_are_not_entered() throws IOException {
        file(".hidden.jpg");
        file(".sluice/incoming/x.jpg");
        file("lost+found/x.jpg");
        file("keep/x.jpg");
        file("keep/cache/x.jpg");
        file("cache/x.jpg");
        file("a/b/x.jpg");
        file("z/a/b/x.jpg");
        file("top/x.jpg");
        file("z/top/x.jpg");

        Walk walk = walk("cache", "a/b", "/top");

        assertThat(walk.paths()).containsExactlyInAnyOrder("keep/x.jpg", "z/a/b/x.jpg", "z/top/x.jpg");
        assertThat(walk.entered()).doesNotContain("cache", "keep/cache", "a/b", "top", ".sluice");
    }

    @Test
    void links_are_neither_followed_nor_told() throws IOException {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("secret.jpg"), "x");
        file("real.jpg");
        Files.createSymbolicLink(root.resolve("link.jpg"), outside.resolve("secret.jpg"));
        Files.createSymbolicLink(root.resolve("linked"), outside);
        Files.createSymbolicLink(root.resolve("loop"), root);
        Files.createSymbolicLink(root.resolve("inner.jpg"), root.resolve("real.jpg"));

        Walk walk = walk();

        assertThat(walk.paths()).containsExactly("real.jpg");
        assertThat(walk.result.unreadable()).isZero();
    }

    @Test
    void the_stat_is_what_the_file_system_says() throws IOException {
        Path file = file("a.jpg");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-02-03T04:05:06.123456789Z")));

        FileStat stat = walk().files.getFirst().stat();

        assertThat(stat.size()).isEqualTo(Files.size(file));
        assertThat(stat.mtimeNs()).isEqualTo(981173106_123456789L);
        assertThat(stat.inode()).isEqualTo(Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS));
        assertThat(stat.ctimeNs()).isGreaterThan(stat.mtimeNs());
        assertThat(stat.birthTimeNs()).isNotEqualTo(stat.mtimeNs());
    }

    @Test
    void a_directory_that_may_not_be_read_is_counted_and_doubted_and_the_walk_goes_on() throws Exception {
        file("open/a.jpg");
        file("shut/b.jpg");
        file("shut/inner/c.jpg");
        file("noentry/d.jpg");
        Files.setPosixFilePermissions(root.resolve("shut"), PosixFilePermissions.fromString("---------"));
        // Names can be listed, but nothing behind them can be asked for.
        Files.setPosixFilePermissions(root.resolve("noentry"), PosixFilePermissions.fromString("r--r--r--"));

        Walk walk = AsNobody.call(this::walk);

        assertThat(walk.paths()).containsExactly("open/a.jpg");
        assertThat(walk.result.unreadable()).isEqualTo(2);
        assertThat(walk.result.doubts().cover(RawPath.of("shut/b.jpg"))).isTrue();
        assertThat(walk.result.doubts().cover(RawPath.of("shut/inner/c.jpg"))).isTrue();
        assertThat(walk.result.doubts().cover(RawPath.of("noentry/d.jpg"))).isTrue();
        assertThat(walk.result.doubts().cover(RawPath.of("open/gone.jpg"))).isFalse();
        assertThat(walk.result.doubts().everywhere()).isFalse();
        assertThat(walk.left).doesNotContain("shut");
        Files.setPosixFilePermissions(root.resolve("shut"), PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(root.resolve("noentry"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void a_directory_that_goes_while_the_walk_is_on_its_way_is_doubted() throws IOException {
        file("a/first.jpg");
        file("b/first.jpg");
        Walk walk = new Walk();
        walk.onFirstFile = () -> {
            String other = walk.paths().getFirst().startsWith("a") ? "b" : "a";
            try {
                Files.delete(root.resolve(other).resolve("first.jpg"));
                Files.delete(root.resolve(other));
            } catch (IOException failure) {
                throw new java.io.UncheckedIOException(failure);
            }
        };

        walk.run();

        assertThat(walk.paths()).hasSize(1);
        assertThat(walk.result.unreadable()).isEqualTo(1);
        assertThat(walk.result.complete()).isTrue();
    }

    @Test
    void a_root_that_is_gone_leaves_everything_in_doubt() throws IOException {
        Files.delete(root);

        Walk walk = walk();

        assertThat(walk.result.doubts().everywhere()).isTrue();
        assertThat(walk.result.doubts().cover(RawPath.of("any.jpg"))).isTrue();
    }

    @Test
    void a_stopped_walk_says_that_it_is_not_complete() throws IOException {
        for (int i = 0; i < 20; i++) {
            file("d/" + i + ".jpg");
        }
        Walk walk = new Walk();
        walk.stopAfter = 5;

        walk.run();

        assertThat(walk.result.complete()).isFalse();
        assertThat(walk.files).hasSize(5);
    }

    private Path file(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, path);
    }

    private Walk walk(String... excluded) {
        Walk walk = new Walk(excluded);
        walk.run();
        return walk;
    }

    /** Collects what a walk tells. */
    private final class Walk implements WalkVisitor {
        private final List<SeenFile> files = new ArrayList<>();
        private final List<String> entered = new ArrayList<>();
        private final List<String> left = new ArrayList<>();
        private final String[] excluded;
        private int stopAfter = Integer.MAX_VALUE;
        private Runnable onFirstFile = () -> {};
        private WalkResult result;

        private Walk(String... excluded) {
            this.excluded = excluded;
        }

        private void run() {
            result = DirectoryWalker.walk(
                    RawPath.of(root),
                    new WalkRules(MEDIA, new ExcludedDirectories(List.of(excluded))),
                    this,
                    new Stats());
        }

        private List<String> paths() {
            return files.stream().map(file -> file.path().toString()).toList();
        }

        private List<String> entered() {
            return entered;
        }

        @Override
        public void enter(SeenDirectory directory) {
            entered.add(directory.path().toString());
        }

        @Override
        public void see(SeenFile file) {
            files.add(file);
            if (files.size() == 1) {
                onFirstFile.run();
            }
        }

        @Override
        public void leave(SeenDirectory directory) {
            left.add(directory.path().toString());
        }

        @Override
        public boolean stopped() {
            return files.size() >= stopAfter;
        }
    }
}
