package io.sluice.localstack.cli;

import io.sluice.localstack.StackException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The commands of {@code ./sluice} that need more than a shell. */
@Command(
        name = "./sluice",
        synopsisSubcommandLabel = "COMMAND",
        description = "Runs Sluice on this machine.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            DemoCommand.class,
            StateRootCommand.class,
            TrainCommand.class
        })
public final class SluiceCommand {

    private SluiceCommand() {}

    /** Exit code 0 is done, 1 did not work (with the cure on stderr), 2 was not understood. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new SluiceCommand()).setExecutionExceptionHandler((exception, command, parsed) -> {
            if (exception instanceof StackException known) {
                command.getErr().println("sluice: " + known.getMessage());
                return 1;
            }
            throw exception;
        });
    }
}
