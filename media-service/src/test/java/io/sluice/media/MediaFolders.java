package io.sluice.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.contract.Topics;
import io.sluice.testsupport.SluiceInfra;

/** An empty mount and an empty store for each start of the application, and the topics that other services would make. */
public final class MediaFolders implements QuarkusTestResourceLifecycleManager {

    private static final String CURRENT = "io.sluice.media.test-folder";

    @Override
    public Map<String, String> start() {
        try {
            Path target = Files.createDirectories(Path.of("target/media-it").toAbsolutePath());
            Path folder = Files.createTempDirectory(target, "run-");
            Files.createDirectories(folder.resolve("mount/pictures"));
            SluiceInfra.topics().create(Topics.SCANNER_LIBRARY, Topics.INGEST_ASSET);
            System.setProperty(CURRENT, folder.toString());
            return Map.of(
                    "sluice.mounts.\"main\"",
                    folder.resolve("mount").toString(),
                    "sluice.store.path",
                    folder.resolve("store").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After the broker was started and emptied. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public void stop() {}

    /** The library's root: in mount {@code main}, sub-path {@code pictures}. */
    public static Path library() {
        return Path.of(System.getProperty(CURRENT), "mount", "pictures");
    }

    public static Path store() {
        return Path.of(System.getProperty(CURRENT), "store");
    }
}
