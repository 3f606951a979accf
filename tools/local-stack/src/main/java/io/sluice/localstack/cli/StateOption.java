package io.sluice.localstack.cli;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.sluice.localstack.Checkout;
import io.sluice.localstack.StackFolder;

import picocli.CommandLine.Option;

/** {@code --data}, alike for all commands. */
final class StateOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder with all state. Default: .sluice in the project.")
    private @Nullable Path data;

    StackFolder folder() {
        return new StackFolder(data == null ? Checkout.find().root().resolve(".sluice") : data);
    }
}
