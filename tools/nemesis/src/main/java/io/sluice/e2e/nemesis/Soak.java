package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sluice soak}: random faults for some minutes, and then what must hold. */
@Command(
        name = "soak",
        description =
                "Strikes a stack of its own with random faults while there is work in it, and checks what must hold then.",
        sortOptions = false)
public final class Soak implements Callable<Integer> {

    private static final int VIOLATED = 1;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    @Option(names = "--seed", paramLabel = "N", description = "The schedule; a new one unless given.")
    @Nullable
    private Long seed;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "How long new faults strike; coming to rest and the calm run come after it. Default: ${DEFAULT-VALUE}.")
    private int minutes;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where mounts, stacks and logs lie; kept then. A temporary folder, kept on a violation, unless given.")
    @Nullable
    private Path data;

    @Option(names = "--json", description = "The summary as JSON; progress goes to the other channel.")
    private boolean json;

    @Option(names = "--help", usageHelp = true, description = "This.")
    private boolean help;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Soak()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        long schedule = seed == null ? new Random().nextInt(1_000_000) : seed;
        Path folder = data == null ? Files.createTempDirectory("sluice-soak-") : Files.createDirectories(data);
        PrintStream progress = json ? System.err : System.out;
        Report report = Nemesis.run(
                new Nemesis.Wanted(
                        folder,
                        schedule,
                        Arena.USUAL_LEASE,
                        Duration.ofMinutes(minutes),
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(5),
                        arena -> Schedule.random(schedule, arena)),
                line -> progress.println(LocalTime.now().format(CLOCK) + "  " + line));
        System.out.println(json ? report.json() : report.text());
        if (!report.violations().isEmpty()) {
            progress.println("VIOLATED. Again: ./sluice soak --seed " + schedule + " --minutes " + minutes
                    + ". Logs and state: " + folder);
            return VIOLATED;
        }
        if (data == null) {
            delete(folder);
        }
        return 0;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
