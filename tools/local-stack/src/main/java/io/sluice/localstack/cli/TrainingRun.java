package io.sluice.localstack.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.sluice.localstack.LocalStack;
import io.sluice.localstack.StackBuilder;
import io.sluice.localstack.StackException;
import io.sluice.localstack.StackFolder;
import io.sluice.localstack.demo.ReferenceBundle;
import io.sluice.localstack.demo.VideoBundle;

/** Gives services the demo's bundles to take in and some questions to answer, so that their JVMs learn what they will need. */
final class TrainingRun {

    static final List<String> SERVICES = List.of("gateway", "search", "media", "ingest", "scanner");

    /** What a JVM writes at its end takes it ten to thirty seconds. */
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

    private final StackFolder state;
    private final PrintWriter out;

    TrainingRun(StackFolder state, PrintWriter out) {
        this.state = state;
        this.out = out;
    }

    /** A stack for it, with the demo's files; how its services are started is the caller's to say. */
    StackBuilder stack() {
        DemoFolder demo = new DemoFolder(state, out);
        StackBuilder builder = LocalStack.builder(state.root())
                .library(UpCommand.DEMO, demo.library())
                .handover(UpCommand.DEMO_HANDOVER, demo.handover())
                .onProgress(out::println);
        // A JVM that learns is slow, and five of them start at once.
        SERVICES.forEach(service -> builder.setting(service, "quarkus.datasource.jdbc.acquisition-timeout", "60s"));
        return builder;
    }

    /** Returns when every service has ended and has written what it learnt; 1 when the demo did not come in whole. */
    int with(StackBuilder wanted) {
        try (LocalStack stack = wanted.start()) {
            int pictures = new DemoImport(Gateway.of(state), ReferenceBundle.SYNC_ID, out).untilEnded();
            int videos = new DemoImport(Gateway.of(state), VideoBundle.SYNC_ID, out).untilEnded();
            QUESTIONS.forEach(this::ask);
            stopTogether(stack);
            return Math.max(pictures, videos);
        }
    }

    /** Together: much of what a JVM writes is made by one thread. */
    private static void stopTogether(LocalStack stack) {
        try (ExecutorService stops = Executors.newVirtualThreadPerTaskExecutor()) {
            SERVICES.forEach(
                    service -> stops.submit(() -> stack.service(service).stop(WRITING_LIMIT)));
        }
    }

    /** An answer that fails teaches less; it is no reason to have none. */
    private void ask(String path) {
        try {
            Gateway.of(state).get(path, "*/*").close();
        } catch (StackException | IOException e) {
            out.println(path + ": " + e.getMessage());
        }
    }
}
