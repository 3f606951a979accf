package io.sluice.localstack.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.function.Function;

import io.sluice.localstack.StackException;
import io.sluice.localstack.StackFolder;
import io.sluice.localstack.demo.DemoLibrary;
import io.sluice.localstack.demo.DemoVideos;
import io.sluice.localstack.demo.ReferenceBundle;
import io.sluice.localstack.demo.VideoBundle;

/** The demo library and the demo bundle's mount inside a state folder; each written once, whole or not at all. */
final class DemoFolder {

    private final Path root;
    private final Path library;
    private final Path handover;
    private final PrintWriter out;

    DemoFolder(StackFolder folder, PrintWriter out) {
        this.root = folder.root();
        this.library = folder.root().resolve("demo/library");
        this.handover = folder.root().resolve("demo/handover");
        this.out = out;
    }

    /** A folder of an earlier release gets what it did not have. */
    Path library() {
        written(library, aside -> DemoLibrary.write(aside).size() + " demo pictures");
        written(library.resolve("videos"), aside -> DemoVideos.write(aside).size() + " demo videos");
        return library;
    }

    /** The mount on which the demo's bundles lie. */
    Path handover() {
        written(handover, aside -> "a bundle of " + ReferenceBundle.write(aside).items() + " items");
        if (!Files.exists(handover.resolve(VideoBundle.SYNC_ID + ".ready"))) {
            VideoBundle.write(handover);
            out.println("Wrote a bundle of one video to " + handover);
        }
        return handover;
    }

    private void written(Path folder, Function<Path, String> write) {
        if (Files.exists(folder)) {
            return;
        }
        Path aside = root.resolve("demo/unfinished-" + UUID.randomUUID());
        try {
            Files.createDirectories(aside);
            String what = write.apply(aside);
            Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
            out.println("Wrote " + what + " to " + folder);
        } catch (IOException e) {
            throw new StackException(
                    "Cannot write the demo to " + folder + " (" + e
                            + "). Make it writable, or use another state folder: --data DIR",
                    e);
        }
    }
}
