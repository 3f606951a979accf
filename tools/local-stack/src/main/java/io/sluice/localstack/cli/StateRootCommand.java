package io.sluice.localstack.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code state-root}: one hash over assets, locations and renditions; equal roots, equal libraries. */
@Command(name = "state-root", description = "Prints one hash over what the library holds, without times and ids.")
final class StateRootCommand implements Callable<Integer> {

    private static final String PATH = "/api/v1/pipeline/state-root";

    @Mixin
    private StateOption state = new StateOption();

    @Option(names = "--lines", description = "The lines that the hash is over.")
    private boolean lines;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Gateway gateway = Gateway.of(state.folder());
        if (!lines) {
            out.println(gateway.json(PATH).path("state_root").asText());
            return 0;
        }
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(gateway.get(PATH + "?lines=true", "text/plain"), StandardCharsets.UTF_8))) {
            in.lines().forEach(out::println);
        }
        out.flush();
        return 0;
    }
}
