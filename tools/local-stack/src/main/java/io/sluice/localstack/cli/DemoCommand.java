package io.sluice.localstack.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import io.sluice.localstack.demo.DemoLibrary;
import io.sluice.localstack.demo.DemoPicture;
import io.sluice.localstack.demo.ReferenceBundle;
import io.sluice.localstack.demo.WrittenBundle;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code demo DIR}: writes the demo library and the demo bundle, and says what is in them. */
@Command(name = "demo", description = "Writes the demo library and the demo bundle into a folder.")
final class DemoCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "Made when missing; files of the same names are overwritten.")
    private Path folder = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path library = folder.resolve("library");
        Path handover = folder.resolve("handover");
        List<DemoPicture> pictures = DemoLibrary.write(library);
        WrittenBundle bundle = ReferenceBundle.write(handover);
        pictures.forEach(picture -> out.printf("%-42s %s%n", picture.path(), picture.shows()));
        out.println(pictures.size() + " pictures in " + library.toAbsolutePath().normalize());
        out.println("Bundle " + bundle.syncId() + " of " + bundle.items() + " items, " + bundle.files() + " files, in "
                + handover.toAbsolutePath().normalize());
        out.println("Watch them come in: ./sluice up --library demo=" + library + " --handover " + handover);
        return 0;
    }
}
