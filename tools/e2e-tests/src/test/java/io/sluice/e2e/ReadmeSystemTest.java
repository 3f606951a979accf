package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.localstack.cli.SluiceCommand;
import io.sluice.localstack.process.Ports;

/** The first run is as the README tells it: its command, and what it prints. */
class ReadmeSystemTest {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern TYPED = Pattern.compile("^\\$ \\./sluice (.+)$", Pattern.MULTILINE);
    private static final Pattern SEEN = Pattern.compile("What you should see.*?```\\n(.*?)```", Pattern.DOTALL);

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private record Answer(int code, String said) {}

    @Test
    void theFirstRunPrintsWhatTheReadmeShows() throws Exception {
        List<String> typed =
                TYPED.matcher(firstRun()).results().map(found -> found.group(1)).toList();
        assertThat(typed).hasSize(1);
        List<String> command = new ArrayList<>(words(typed.getFirst()));
        // Beside whatever else runs on this machine.
        command.addAll(List.of("--data", state(), "--port", Integer.toString(Ports.free())));

        Path said = folder.resolve("up.txt");
        Process up = start(command, said);
        try {
            Awaitility.await("the first run's end")
                    .atMost(LIMIT)
                    .until(() -> !up.isAlive() || Files.readString(said).contains("Ctrl-C stops everything"));
            List<String> lines = Files.readAllLines(said);
            List<Pattern> shown = shown();
            assertThat(shown).hasSizeGreaterThan(6);
            for (Pattern line : shown) {
                assertThat(lines).as("%s in %s", line, lines).anyMatch(line.asPredicate());
            }
            Answer status = sluice(List.of("status", "--data", state()));
            assertThat(status.code).as(status.said).isZero();
            assertThat(sluice(List.of("state-root", "--lines", "--data", state())).said)
                    .contains("location demo ", "rendition ");

            new ProcessBuilder("kill", "-INT", Long.toString(up.pid())).start().waitFor();
            assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(said)).contains("Stopped.");
        } finally {
            up.destroyForcibly();
        }
    }

    /** The lines shown as patterns: numbers and names in dots differ from run to run, what stands behind an arrow explains. */
    private static List<Pattern> shown() throws IOException {
        String seen = SEEN.matcher(firstRun())
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        List<Pattern> lines = new ArrayList<>();
        for (String line : seen.lines().toList()) {
            String told = line.replaceFirst(" *<- .*", "").stripTrailing();
            if (told.startsWith("Building") || told.startsWith("Learning")) {
                assertThat(Files.readString(PROJECT.resolve("sluice"))).contains(told);
            } else if (!told.isEmpty()) {
                lines.add(pattern(told));
            }
        }
        return lines;
    }

    private static Pattern pattern(String told) {
        StringBuilder pattern = new StringBuilder("^");
        int end = 0;
        for (MatchResult varies :
                Pattern.compile("\\.\\.\\.\\S*|\\d{4,}").matcher(told).results().toList()) {
            pattern.append(Pattern.quote(told.substring(end, varies.start())))
                    .append(varies.group().startsWith(".") ? ".+" : "\\d+");
            end = varies.end();
        }
        return Pattern.compile(pattern + Pattern.quote(told.substring(end)));
    }

    private static String firstRun() throws IOException {
        String readme = Files.readString(PROJECT.resolve("README.md"));
        int start = readme.indexOf("## First run");
        return readme.substring(start, readme.indexOf("\n## ", start));
    }

    private static List<String> words(String command) {
        return List.of(command.strip().split(" +", -1));
    }

    private String state() {
        return folder.resolve("state").toString();
    }

    /** The process that the script starts, from the classes of this build. */
    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dsluice.home=" + PROJECT,
                "-cp",
                System.getProperty("java.class.path"),
                SluiceCommand.class.getName()));
        command.addAll(arguments);
        return command;
    }

    private static Process start(List<String> arguments, Path said) throws IOException {
        return new ProcessBuilder(command(arguments))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    private Answer sluice(List<String> arguments) throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, "said", ".txt");
        Process process = start(arguments, said);
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Answer(process.waitFor(), Files.readString(said, StandardCharsets.UTF_8));
    }
}
