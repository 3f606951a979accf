package io.sluice.localstack.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

import io.sluice.localstack.StackException;
import io.sluice.localstack.StackFolder;
import io.sluice.localstack.demo.DemoLibrary;

/** The demo library inside a state folder; written once, whole or not at all. */
final class DemoFolder {

    private final Path library;

    DemoFolder(StackFolder folder) {
        this.library = folder.root().resolve("demo/library");
    }

    Path written(PrintWriter out) {
        if (Files.exists(library)) {
            return library;
        }
        Path aside = library.resolveSibling("unfinished-" + UUID.randomUUID());
        try {
            Files.createDirectories(aside);
            int count = DemoLibrary.write(aside).size();
            Files.move(aside, library, StandardCopyOption.ATOMIC_MOVE);
            out.println("Wrote " + count + " demo pictures to " + library);
        } catch (IOException e) {
            throw new StackException(
                    "Cannot write the demo library to " + library + " (" + e
                            + "). Make it writable, or use another state folder: --data DIR",
                    e);
        }
        return library;
    }
}
