package io.sluice.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.JsonNode;

/** A cluster would take every document. */
class ValidDocumentsTest {

    @ParameterizedTest
    @EnumSource(Deployment.class)
    void everyDocumentIsOneOfKubernetes(Deployment deployment) {
        List<String> faults = new ArrayList<>();
        for (JsonNode document : deployment.render().documents()) {
            KubernetesModels.faults(document)
                    .forEach(fault -> faults.add(RenderedChart.label(document) + ": " + fault));
        }

        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Deployment.class)
    void noTwoHaveTheSameName(Deployment deployment) {
        Set<String> seen = new HashSet<>();

        assertThat(deployment.render().documents())
                .allSatisfy(document -> assertThat(seen.add(RenderedChart.label(document)))
                        .as(RenderedChart.label(document))
                        .isTrue());
    }

    @Test
    void theModelsSeeWhatIsWrong() {
        assertThat(KubernetesModels.faults(deployment("\"replicas\": 2"))).isEmpty();
        assertThat(KubernetesModels.faults(deployment("\"replica\": 2")))
                .as("unknown")
                .isNotEmpty();
        assertThat(KubernetesModels.faults(deployment("\"replicas\": \"two\"")))
                .as("type")
                .isNotEmpty();
        assertThat(KubernetesModels.faults(KubernetesModels.json("""
                        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"}, "spec": {"replicas": 1}}""")))
                .as("missing")
                .isNotEmpty();
        assertThat(KubernetesModels.faults(KubernetesModels.json("""
                        {"apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject", "spec": {}}"""))).isNotEmpty();
        assertThat(KubernetesModels.faults(KubernetesModels.json("""
                        {"apiVersion": "apps/v1beta1", "kind": "Deployment"}"""))).isNotEmpty();
    }

    private static JsonNode deployment(String spec) {
        return KubernetesModels.json("""
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"}, "spec": {%s,
                 "selector": {"matchLabels": {"a": "b"}}, "template": {"metadata": {"labels": {"a": "b"}},
                 "spec": {"containers": [{"name": "a", "image": "b"}]}}}}""".formatted(spec));
    }
}
