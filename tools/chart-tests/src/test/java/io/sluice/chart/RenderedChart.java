package io.sluice.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;

/** What the chart renders, hooks included. */
final class RenderedChart {

    static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Rendering leaves hooks out, so the tests render a copy in which the annotation that makes them such has another name. */
    private static final Path WITHOUT_HOOKS = copyWithoutHooks();

    private final List<JsonNode> documents;

    private RenderedChart(List<JsonNode> documents) {
        this.documents = documents;
    }

    /**
     * @param values YAML, over the chart's own
     * @throws IllegalStateException with Helm's words when it refuses them
     */
    static RenderedChart of(String values) {
        try {
            Path file = Files.createTempFile("values", ".yaml");
            try {
                Files.writeString(file, values);
                String rendered = new Helm(WITHOUT_HOOKS)
                        .template()
                        .withName("test")
                        .withNamespace("media")
                        .withKubeVersion("1.31.0")
                        .withValuesFile(file)
                        .call();
                return new RenderedChart(parse(rendered));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<JsonNode> documents() {
        return documents;
    }

    List<JsonNode> ofKind(String kind) {
        return documents.stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .toList();
    }

    JsonNode one(String kind, String name) {
        return ofKind(kind).stream()
                .filter(document -> name.equals(document.at("/metadata/name").asText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + kind + " " + name + " in "
                        + documents.stream().map(RenderedChart::label).toList()));
    }

    /** Deployments, StatefulSets and Jobs, as {@code {pod}}: the pod's template, or the pod itself. */
    List<Workload> workloads() {
        List<Workload> workloads = new ArrayList<>();
        for (JsonNode document : documents) {
            switch (document.path("kind").asText()) {
                case "Deployment", "StatefulSet", "Job" ->
                    workloads.add(new Workload(label(document), document.at("/spec/template")));
                case "Pod" -> workloads.add(new Workload(label(document), document));
                default -> {}
            }
        }
        return workloads;
    }

    /** @param pod with metadata and spec */
    record Workload(String name, JsonNode pod) {

        JsonNode container() {
            return pod.at("/spec/containers/0");
        }

        /** The service whose image runs, from {@code sluice/<service>:<tag>}. */
        String service() {
            return container().path("image").asText().replaceFirst(".*/", "").replaceFirst(":.*", "");
        }
    }

    static String label(JsonNode document) {
        return document.path("kind").asText() + " "
                + document.at("/metadata/name").asText();
    }

    private static List<JsonNode> parse(String rendered) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(YAML.getFactory().createParser(rendered))) {
            return documents.readAll().stream()
                    .filter(document -> !document.isNull() && !document.isMissingNode())
                    .toList();
        }
    }

    private static Path copyWithoutHooks() {
        try {
            Path copy = Path.of("target", "chart").toAbsolutePath();
            for (Path file : files()) {
                Path target = copy.resolve(Repository.CHART.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.writeString(target, Files.readString(file).replace("helm.sh/hook:", "sluice.io/hook:"));
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> tree = Files.walk(Repository.CHART)) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }
}
