package io.sluice.localstack.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import io.sluice.localstack.demo.DemoLibrary;
import io.sluice.localstack.demo.DemoPicture;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code demo DIR}: writes the demo library and says what is in it. */
@Command(name = "demo", description = "Writes the demo library into a folder.")
final class DemoCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "Made when missing; files of the same names are overwritten.")
    private Path folder = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<DemoPicture> pictures = DemoLibrary.write(folder);
        pictures.forEach(picture -> out.printf("%-42s %s%n", picture.path(), picture.shows()));
        out.println(pictures.size() + " pictures in " + folder.toAbsolutePath().normalize()
                + ". Watch them come in: ./sluice up --library demo=" + folder);
        return 0;
    }
}
