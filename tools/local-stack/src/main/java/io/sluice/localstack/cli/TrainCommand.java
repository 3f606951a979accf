package io.sluice.localstack.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.sluice.localstack.AotCache;
import io.sluice.localstack.Checkout;
import io.sluice.localstack.StackBuilder;
import io.sluice.localstack.StackException;
import io.sluice.localstack.StackFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code train}: lets the JVMs of all services learn from a run with the demo, once after each build; every later start has it from the
 * {@link AotCache}. {@code ./sluice images --aot} has it done for the JVM and the arguments of the images.
 */
@Command(name = "train", hidden = true, description = "Lets JVMs learn from a demo run, for quicker starts.")
final class TrainCommand implements Callable<Integer> {

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Runs the services by the <service>.args that lie there, which say what is written where.")
    private @Nullable Path images;

    @Option(names = "--java", paramLabel = "FILE", description = "With --images: the java that runs them.")
    private Path java = Path.of("java");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return images == null ? trainWorkingCopy() : trainImages(images);
    }

    private int trainWorkingCopy() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<AotCache> caches = Checkout.find().aotCaches();
        if (caches.stream().allMatch(AotCache::isFresh)) {
            return 0;
        }
        Path folder = Files.createTempDirectory("sluice-training-");
        try {
            TrainingRun run = new TrainingRun(new StackFolder(folder), out);
            int imported = run.with(run.stack().aotCache(AotCache.Use.WRITTEN));
            for (AotCache cache : caches) {
                out.println(cache.isFresh() ? "Learnt: " + cache.file() : "Not learnt: " + cache.file());
            }
            return caches.stream().allMatch(AotCache::isFresh) ? imported : 1;
        } finally {
            delete(folder);
        }
    }

    private int trainImages(Path folder) {
        PrintWriter out = spec.commandLine().getOut();
        TrainingRun run = new TrainingRun(new StackFolder(folder.resolve("stack")), out);
        StackBuilder stack = run.stack();
        for (String service : TrainingRun.SERVICES) {
            stack.command(service, List.of(java.toString(), "@" + arguments(folder, service)));
        }
        return run.with(stack);
    }

    private static Path arguments(Path folder, String service) {
        Path file = folder.resolve(service + ".args").toAbsolutePath();
        if (Files.notExists(file)) {
            throw new StackException(file + " is not there. ./sluice images writes it.");
        }
        return file;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
