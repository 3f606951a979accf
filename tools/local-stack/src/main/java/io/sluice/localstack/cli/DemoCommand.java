package io.sluice.localstack.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import io.sluice.localstack.demo.DemoFile;
import io.sluice.localstack.demo.DemoLibrary;
import io.sluice.localstack.demo.DemoVideos;
import io.sluice.localstack.demo.ReferenceBundle;
import io.sluice.localstack.demo.VideoBundle;
import io.sluice.localstack.demo.WrittenBundle;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code demo DIR}: writes the demo library and the demo bundles, and says what is in them. */
@Command(name = "demo", description = "Writes the demo library and the demo bundles into a folder.")
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
        List<DemoFile> pictures = DemoLibrary.write(library);
        List<DemoFile> videos = DemoVideos.write(library.resolve("videos"));
        List<WrittenBundle> bundles = List.of(ReferenceBundle.write(handover), VideoBundle.write(handover));
        pictures.forEach(picture -> out.printf("%-42s %s%n", picture.path(), picture.shows()));
        videos.forEach(video -> out.printf("%-42s %s%n", "videos/" + video.path(), video.shows()));
        out.println(pictures.size() + " pictures and " + videos.size() + " videos in "
                + library.toAbsolutePath().normalize());
        bundles.forEach(bundle -> out.println("Bundle " + bundle.syncId() + " of " + bundle.items()
                + (bundle.items() == 1 ? " item, " : " items, ") + bundle.files() + " files, in "
                + handover.toAbsolutePath().normalize()));
        out.println("Watch them come in: ./sluice up --library demo=" + library + " --handover " + handover);
        return 0;
    }
}
