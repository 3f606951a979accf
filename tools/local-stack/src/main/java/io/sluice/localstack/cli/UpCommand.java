package io.sluice.localstack.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import io.sluice.localstack.LocalStack;
import io.sluice.localstack.StackBuilder;
import io.sluice.localstack.StackFolder;
import io.sluice.localstack.demo.ReferenceBundle;
import io.sluice.localstack.demo.VideoBundle;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code up}: everything on this machine, until Ctrl-C or, detached, until {@code down}. */
@Command(name = "up", description = "Starts broker, database and services, and prints the console's address.")
final class UpCommand implements Callable<Integer> {

    static final String DEMO = "demo";
    static final String DEMO_HANDOVER = "demo-handover";
    private static final String HANDOVER = "handover";

    @Mixin
    private StateOption state = new StateOption();

    @Option(names = "--port", paramLabel = "N", defaultValue = "8080", description = "Console and API. Default: 8080.")
    private int port;

    @Option(
            names = "--library",
            paramLabel = "NAME=DIR",
            description = "A library to watch; never written to. May be given again; remembered for the next start.")
    private Map<String, Path> libraries = new LinkedHashMap<>();

    @Option(
            names = "--demo",
            description =
                    "Adds the demo library and the demo bundle, imports the bundle, and waits until all is shown or explained.")
    private boolean demo;

    @Option(names = "--detach", description = "Returns when everything is ready; ./sluice down ends it.")
    private boolean detach;

    @Option(
            names = "--handover",
            paramLabel = "DIR",
            description = "A mount that handover bundles are delivered on; never written to. Remembered as library"
                    + " \"handover\".")
    private @Nullable Path handover;

    @Option(names = "--handover-library", paramLabel = "NAME=DIR", hidden = true, description = "For --detach.")
    private Map<String, Path> handovers = new LinkedHashMap<>();

    @Option(names = "--archive", paramLabel = "DIR", description = "Comes with a later release.")
    private @Nullable Path archive;

    @Option(names = "--launched", hidden = true, description = "What --detach starts.")
    private boolean launched;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = commandLine().getOut();
        refuseWhatComesLater();
        if (port < 1 || port > 65_535) {
            throw new CommandLine.ParameterException(
                    commandLine(), "--port takes a number from 1 to 65535, not " + port);
        }
        StackFolder folder = state.folder();
        if (demo && !launched) {
            DemoFolder demoFolder = new DemoFolder(folder, out);
            libraries.put(DEMO, demoFolder.library());
            handovers.put(DEMO_HANDOVER, demoFolder.handover());
        }
        if (handover != null) {
            handovers.put(HANDOVER, handover);
        }
        if (detach) {
            new DetachedUp(folder).start(port, libraries, handovers, out);
            printAddress(folder, out);
            return demo ? watchDemo(folder, out) : 0;
        }
        return inForeground(folder, out);
    }

    private int inForeground(StackFolder folder, PrintWriter out) throws InterruptedException {
        StackBuilder builder = LocalStack.builder(folder.root()).port(port).onProgress(line -> say(out, "  " + line));
        libraries.forEach(builder::library);
        handovers.forEach(builder::handover);
        say(out, "Starting in " + folder.root());
        ForegroundStack stack = new ForegroundStack(builder.prepare(), line -> say(out, line));
        stack.start();
        printAddress(folder, out);
        if (demo) {
            watchDemo(folder, out);
        }
        say(out, launched ? "Ready." : "Ctrl-C stops everything; the state stays in " + folder.root() + ".");
        stack.watch();
        return 0;
    }

    private static int watchDemo(StackFolder folder, PrintWriter out) {
        int pictures = new DemoImport(Gateway.of(folder), ReferenceBundle.SYNC_ID, out).untilEnded();
        int videos = new DemoImport(Gateway.of(folder), VideoBundle.SYNC_ID, out).untilEnded();
        int settled = new DemoWatch(Gateway.of(folder), out).untilSettled();
        return Math.max(Math.max(pictures, videos), settled);
    }

    private void refuseWhatComesLater() {
        if (archive != null) {
            throw new CommandLine.ParameterException(
                    commandLine(),
                    "--archive comes with the release that imports archives. Until then: --library NAME=DIR");
        }
    }

    private static void printAddress(StackFolder folder, PrintWriter out) {
        say(out, "");
        say(out, "Console       " + Gateway.of(folder).url() + "/");
        say(out, "Operator key  " + folder.operatorKey() + "  (also in " + folder.operatorKeyFile() + ")");
        say(out, "");
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private CommandLine commandLine() {
        return spec.commandLine();
    }
}
