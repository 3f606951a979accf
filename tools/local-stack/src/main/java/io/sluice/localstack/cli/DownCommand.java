package io.sluice.localstack.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.sluice.localstack.StackException;
import io.sluice.localstack.StackFolder;
import io.sluice.localstack.process.PidFile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code down}: ends the stack of a state folder in order. The state stays. */
@Command(name = "down", description = "Stops what ./sluice up has started. The state stays.")
final class DownCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Mixin
    private StateOption state = new StateOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        StackFolder folder = state.folder();
        PrintWriter out = spec.commandLine().getOut();
        Optional<ProcessHandle> launcher = new PidFile(folder.launcher()).running();
        if (launcher.isEmpty()) {
            out.println("Nothing runs in " + folder.root());
            return 0;
        }
        launcher.get().destroy();
        try {
            launcher.get()
                    .onExit()
                    .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new StackException(
                    "Process " + launcher.get().pid() + " does not end within " + LIMIT.toSeconds()
                            + " s. End it, and all it started, by: kill -9 "
                            + launcher.get().pid(),
                    e);
        }
        out.println("Stopped. The state stays in " + folder.root());
        return 0;
    }
}
