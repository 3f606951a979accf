package io.sluice.localstack.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import io.sluice.localstack.LocalStack;
import io.sluice.localstack.StackBuilder;
import io.sluice.localstack.StackException;
import io.sluice.localstack.StackFolder;
import io.sluice.localstack.demo.ReferenceBundle;
import io.sluice.localstack.demo.VideoBundle;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code train}: for the build of images. Runs the services by the arguments that lie in the folder
 * ({@code <service>.args}), gives them the demo's bundles to take in and some questions to answer, and stops each by
 * itself, so that its JVM can write down what it learnt.
 */
@Command(name = "train", hidden = true, description = "Lets JVMs learn from a demo run; part of ./sluice images.")
final class TrainCommand implements Callable<Integer> {

    private static final List<String> SERVICES = List.of("gateway", "search", "media", "ingest", "scanner");

    /** Two seconds on a quiet machine. */
    private static final Duration WRITING_LIMIT = Duration.ofMinutes(3);

    private static final List<String> QUESTIONS = List.of(
            "/api/v1/assets?limit=50",
            "/api/v1/search?q=demo",
            "/api/v1/galleries?limit=50",
            "/api/v1/libraries",
            "/api/v1/work",
            "/api/v1/pipeline/lag",
            "/api/v1/dead-letters?limit=50",
            "/q/metrics",
            "/");

    @Parameters(paramLabel = "DIR", description = "Holds <service>.args; the run's state goes below it.")
    private Path folder = Path.of("");

    @Option(names = "--java", paramLabel = "FILE", required = true, description = "The java that runs the services.")
    private Path java = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        StackFolder state = new StackFolder(folder.resolve("stack"));
        DemoFolder demo = new DemoFolder(state, out);
        StackBuilder builder = LocalStack.builder(state.root())
                .library(UpCommand.DEMO, demo.library())
                .handover(UpCommand.DEMO_HANDOVER, demo.handover())
                .onProgress(out::println);
        for (String service : SERVICES) {
            builder.command(service, List.of(java.toString(), "@" + arguments(service)))
                    // A JVM that records is slow, and five of them start at once.
                    .setting(service, "quarkus.datasource.jdbc.acquisition-timeout", "60s");
        }
        try (LocalStack stack = builder.start()) {
            int pictures = new DemoImport(Gateway.of(state), ReferenceBundle.SYNC_ID, out).untilEnded();
            int videos = new DemoImport(Gateway.of(state), VideoBundle.SYNC_ID, out).untilEnded();
            QUESTIONS.forEach(question -> ask(Gateway.of(state), question, out));
            // One after the other: what a JVM writes at its end takes seconds, and an idle machine writes faster.
            SERVICES.forEach(service -> stack.service(service).stop(WRITING_LIMIT));
            return Math.max(pictures, videos);
        }
    }

    private Path arguments(String service) {
        Path file = folder.resolve(service + ".args").toAbsolutePath();
        if (Files.notExists(file)) {
            throw new StackException(file + " is not there. ./sluice images writes it.");
        }
        return file;
    }

    /** An answer that fails teaches less; it is no reason to have none. */
    private static void ask(Gateway gateway, String path, PrintWriter out) {
        try {
            gateway.get(path, "*/*").close();
        } catch (StackException | java.io.IOException e) {
            out.println(path + ": " + e.getMessage());
        }
    }
}
