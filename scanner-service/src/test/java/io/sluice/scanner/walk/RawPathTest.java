package io.sluice.scanner.walk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawPathTest {

    /** Names that break one careless road or another: not UTF-8, cut UTF-8, U+FFFD itself, URI and shell signs. */
    static final List<byte[]> NAMES = List.of(
            "plain.jpg".getBytes(UTF_8),
            "größe 東京.jpg".getBytes(UTF_8),
            new byte[] {'b', 'a', 'd', (byte) 0xFF, (byte) 0xFE, '.', 'j', 'p', 'g'},
            new byte[] {'c', 'u', 't', (byte) 0xC3, '.', 'j', 'p', 'g'},
            new byte[] {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD, '.', 'j', 'p', 'g'},
            "100%41 ?#&;=+.jpg".getBytes(UTF_8),
            "line\nbreak\t'\"\\.jpg".getBytes(UTF_8),
            new byte[] {1, 2, 127, '.', 'j', 'p', 'g'});

    @TempDir
    Path temp;

    /** What the forked JVM of the test below does: makes files of those names, lists them, opens them by their bytes. */
    public static void main(String[] arguments) throws IOException {
        RawPath root = RawPath.of(arguments[0]);
        for (byte[] name : NAMES) {
            Files.write(RawPath.of(name).under(root), new byte[0]);
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.toPath())) {
            for (Path entry : entries) {
                RawPath name = RawPath.nameOf(entry);
                Files.writeString(name.under(root), "found again");
                System.out.println(HexFormat.of().formatHex(name.bytes()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C.UTF-8", "POSIX"})
    void names_of_any_bytes_come_and_go_unharmed_whatever_the_locale(String locale) throws Exception {
        Path root = Files.createDirectory(temp.resolve("root"));
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RawPathTest.class.getName(),
                root.toString());
        java.environment().put("LC_ALL", locale);
        java.environment().put("LANG", locale);
        java.redirectErrorStream(true);
        Path output = temp.resolve("output");
        java.redirectOutput(output.toFile());
        Process process = java.start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readAllLines(output))
                .containsExactlyInAnyOrderElementsOf(
                        NAMES.stream().map(HexFormat.of()::formatHex).toList());
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            TreeSet<RawPath> names = new TreeSet<>();
            for (Path entry : entries) {
                names.add(RawPath.nameOf(entry));
                assertThat(entry).hasContent("found again");
            }
            assertThat(names)
                    .containsExactlyInAnyOrderElementsOf(
                            NAMES.stream().map(RawPath::of).toList());
        }
    }

    @Test
    void absolute_paths_survive_the_way_through_path() {
        for (byte[] name : NAMES) {
            RawPath path = RawPath.of("/some/where").child(RawPath.of(name));

            assertThat(RawPath.of(path.toPath())).isEqualTo(path);
            assertThat(RawPath.nameOf(path.toPath())).isEqualTo(RawPath.of(name));
        }
    }

    @Test
    void parts_are_put_together_and_taken_apart() {
        RawPath path = RawPath.of("a").child(RawPath.of("b.jpg"));

        assertThat(path).isEqualTo(RawPath.of("a/b.jpg"));
        assertThat(path.parent()).isEqualTo(RawPath.of("a"));
        assertThat(path.parent().parent()).isEqualTo(RawPath.EMPTY);
        assertThat(path.lastName()).isEqualTo(RawPath.of("b.jpg"));
        assertThat(RawPath.EMPTY.child(path)).isEqualTo(path);
        assertThat(path.under(RawPath.of("/mount"))).isEqualTo(Path.of("/mount/a/b.jpg"));
        assertThat(path.under(RawPath.of("/"))).isEqualTo(Path.of("/a/b.jpg"));
        assertThat(RawPath.EMPTY.under(RawPath.of("/mount"))).isEqualTo(Path.of("/mount"));
    }

    @Test
    void a_relative_path_is_not_opened_by_itself() {
        assertThatThrownBy(() -> RawPath.of("a").toPath()).hasMessageContaining("Not an absolute path");
    }
}
