package io.sluice.localstack.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sluice.localstack.ProcessRecord;
import io.sluice.localstack.ProcessRecord.State;
import io.sluice.localstack.StackFolder;
import io.sluice.localstack.process.PidFile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code status}: asks every process how it is. Exit code 0 only when all are ready. */
@Command(name = "status", description = "Says how each process is. Exit code 0 when all are ready, else 1.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private StateOption state = new StateOption();

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** A process and how it is. */
    private record Line(ProcessRecord process, State state) {}

    @Override
    public Integer call() throws JsonProcessingException {
        StackFolder folder = state.folder();
        PrintWriter out = spec.commandLine().getOut();
        boolean launched = new PidFile(folder.launcher()).running().isPresent();
        List<Line> lines = ProcessRecord.read(folder).stream()
                .map(process -> new Line(process, process.state()))
                .toList();
        boolean ready = launched && !lines.isEmpty() && lines.stream().allMatch(line -> line.state() == State.READY);
        if (json) {
            out.println(asJson(folder, launched, lines));
        } else {
            print(out, folder, launched, lines);
        }
        out.flush();
        return ready ? 0 : 1;
    }

    private static void print(PrintWriter out, StackFolder folder, boolean launched, List<Line> lines) {
        if (!launched) {
            out.println("Nothing runs in " + folder.root() + ". Start it: ./sluice up");
            return;
        }
        out.printf("%-12s %-10s %8s %6s  %s%n", "process", "state", "pid", "port", "since");
        lines.forEach(line -> out.printf(
                "%-12s %-10s %8d %6d  %s%n",
                line.process().name(),
                line.state().word(),
                line.process().pid(),
                line.process().port(),
                line.process().since()));
        lines.stream()
                .filter(line -> line.process().name().equals("gateway-0"))
                .forEach(line -> out.println(
                        "Console: http://localhost:" + line.process().port() + "/"));
    }

    private static String asJson(StackFolder folder, boolean launched, List<Line> lines)
            throws JsonProcessingException {
        JsonMapper mapper = new JsonMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("state", launched ? "running" : "stopped");
        root.put("data", folder.root().toString());
        root.putNull("console");
        ArrayNode processes = root.putArray("processes");
        for (Line line : lines) {
            if (line.process().name().equals("gateway-0")) {
                root.put("console", "http://localhost:" + line.process().port() + "/");
            }
            processes
                    .addObject()
                    .put("name", line.process().name())
                    .put("state", line.state().word())
                    .put("pid", line.process().pid())
                    .put("port", line.process().port())
                    .put("since", line.process().since());
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }
}
