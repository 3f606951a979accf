package io.sluice.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sluice.contract.Topics;

/** Pods are scaled by what waits, and never by what more pods cannot help. */
class ScalingTest {

    private static final JsonNode CASES = AlertsTest.read("/scaling.yaml");

    @TempDir
    Path folder;

    @Test
    void theScalerIsToldWhatPodsHelpWith() {
        ObjectNode file = RenderedChart.YAML.createObjectNode();
        file.putArray("rule_files");
        ArrayNode tests = file.putArray("tests");
        String query = query("media.work.image");
        CASES.properties().forEach(one -> {
            ObjectNode test = tests.addObject();
            Promtool.series(test, one.getValue().path("series"));
            ObjectNode expected = test.putArray("promql_expr_test").addObject();
            // The comment says which one it was that failed.
            expected.put("expr", query + " # " + one.getKey()).put("eval_time", "3m");
            ArrayNode samples = expected.putArray("exp_samples");
            if (one.getValue().has("told")) {
                samples.addObject()
                        .put("labels", "{}")
                        .put("value", one.getValue().path("told").asDouble());
            }
        });
        Promtool.Verdict verdict = Promtool.run(
                folder,
                "test",
                "rules",
                Promtool.write(folder.resolve("test.yaml"), file).toString());

        assertThat(verdict.ok()).as(verdict.text()).isTrue();
        assertThat(tests).hasSizeGreaterThan(8);
    }

    @Test
    void bothWaysAskTheSame() {
        List<String> recorded = new ArrayList<>();
        for (JsonNode group :
                Deployment.HPA.render().one("PrometheusRule", "test-sluice").at("/spec/groups")) {
            for (JsonNode rule : group.path("rules")) {
                if (rule.path("record").asText().equals("sluice_scaling_waiting")) {
                    recorded.add(rule.path("expr").asText());
                }
            }
        }

        assertThat(recorded).containsExactlyInAnyOrderElementsOf(queries());
        assertThat(Deployment.HPA.render().ofKind("HorizontalPodAutoscaler"))
                .flatExtracting(scaler -> scaler.at("/spec/metrics").findValuesAsText("group"))
                .containsExactlyInAnyOrderElementsOf(groups());
    }

    @Test
    void everyGroupOfAServiceThatScalesIsAsked() {
        assertThat(groups())
                .containsExactlyInAnyOrderElementsOf(Topics.all().stream()
                        .flatMap(topic -> topic.groups().stream())
                        // Two records a library, a few a bundle: never a reason for a pod.
                        .filter(group -> !Set.of("ingest.library", "media.library", "ingest.sentinel")
                                .contains(group))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void noNumberIsNotZero() {
        assertThat(triggers()).allSatisfy(trigger -> assertThat(
                        trigger.at("/metadata/ignoreNullValues").asText())
                .isEqualTo("false"));
    }

    @Test
    void whoScalesOwnsTheNumberOfPods() {
        RenderedChart chart = Deployment.KEDA.render();

        assertThat(chart.one("Deployment", "test-sluice-media").at("/spec").has("replicas"))
                .isFalse();
        assertThat(chart.one("Deployment", "test-sluice-gateway")
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(2);
        assertThat(chart.one("ScaledObject", "test-sluice-media")
                        .at("/spec/maxReplicaCount")
                        .asInt())
                .isEqualTo(4);
    }

    private static String query(String group) {
        return queries().stream()
                .filter(query -> query.contains("\"" + group + "\""))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> queries() {
        return triggers().stream()
                .map(trigger -> trigger.at("/metadata/query").asText())
                .toList();
    }

    private static Set<String> groups() {
        return queries().stream()
                .map(query -> query.replaceFirst("(?s).*?group=\"([^\"]+)\".*", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<JsonNode> triggers() {
        List<JsonNode> triggers = new ArrayList<>();
        Deployment.KEDA.render().ofKind("ScaledObject").forEach(scaled -> scaled.at("/spec/triggers")
                .forEach(triggers::add));
        return triggers;
    }
}
