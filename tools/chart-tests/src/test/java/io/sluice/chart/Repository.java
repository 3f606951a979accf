package io.sluice.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that the tests compare. */
final class Repository {

    static final Path ROOT = root();
    static final Path CHART = ROOT.resolve("helm");
    static final Path RULES = CHART.resolve("rules/sluice.yaml");
    static final Path OPERATING = ROOT.resolve("docs/operating.md");

    /** Module folders with the service's short name, as jobs, images and pods have it. */
    static final List<String> SERVICES = List.of("scanner", "ingest", "media", "search", "gateway");

    private Repository() {}

    static Path module(String service) {
        return ROOT.resolve(service.equals("gateway") ? "api-gateway" : service + "-service");
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files below a folder whose name ends so, in the order of their paths. */
    static List<Path> files(Path folder, String end) {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(file -> file.getFileName().toString().endsWith(end))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("helm/Chart.yaml"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("helm/Chart.yaml is in no folder above "
                    + Path.of("").toAbsolutePath() + "; run the tests inside the repository");
        }
        return folder;
    }
}
