package io.sluice.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;

/** Helm takes the chart, and its schema what is meant, and nothing else. */
class ChartLintTest {

    @Test
    void lintFindsNothing() {
        var result = new Helm(Repository.CHART).lint().strict().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
        assertThat(result.getMessages()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Deployment.class)
    void itRenders(Deployment deployment) {
        assertThat(deployment.render().documents()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "media: {replicas: 13} | replicas",
                "ingest: {replicas: 13} | replicas",
                "scanner: {replicas: 13} | replicas",
                "ingest: {replicas: 0} | replicas",
                "autoscaling: {media: {maxReplicas: 13}} | maxReplicas",
                "media: {replica: 3} | replica",
                "media: {replicas: three} | replicas",
                "unheard: of | unheard",
                "kafka: {bootstrapServers: kafka} | bootstrapServers",
                "kafka: {security: {protocol: SASL_SSL}} | jaasSecret",
                "kafka: {topics: {create: maybe}} | create",
                "database: {media: {url: 'mysql://x/y'}} | url",
                "mounts: [{name: 'My Photos', volume: {emptyDir: {}}}] | mounts",
                "mounts: [{name: photos}] | volume",
                "libraries: {a: {path: x}} | mount",
                "httpRoute: {enabled: true} | parentRefs",
                "{httpRoute: {enabled: true, parentRefs: [{name: a}]}, ingress: {enabled: true}} | ingress",
                "trialSecrets: {create: true} | databasePassword",
            })
    void whatIsNotMeantIsRefusedByName(String values, String named) {
        assertThatThrownBy(() -> RenderedChart.of(values)).hasMessageContaining(named);
    }

    @Test
    void twelveIsAsManyAsThereArePartitions() {
        assertThat(RenderedChart.of("media: {replicas: 12}")
                        .one("Deployment", "test-sluice-media")
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(12);
    }

    @Test
    void schemaAndValuesNameTheSame() throws IOException {
        JsonNode values = RenderedChart.YAML.readTree(
                Repository.CHART.resolve("values.yaml").toFile());
        JsonNode schema = new ObjectMapper()
                .readTree(Repository.CHART.resolve("values.schema.json").toFile());
        List<String> different = new ArrayList<>();
        compare("", values, schema, schema.path("definitions"), different);

        assertThat(different).isEmpty();
    }

    /** What the schema knows and values.yaml does not tell of; the other way round, Helm refuses the defaults. */
    private static void compare(
            String path, JsonNode values, JsonNode schema, JsonNode definitions, List<String> different) {
        JsonNode described = schema.has("$ref")
                ? definitions.path(schema.path("$ref").asText().replaceFirst(".*/", ""))
                : schema;
        for (var property : described.path("properties").properties()) {
            String name = path + property.getKey();
            // Helm's own, and what a pod's resources may be.
            if (name.equals("global") || path.endsWith("resources.")) {
                continue;
            }
            if (!values.has(property.getKey())) {
                different.add(name);
            } else {
                compare(name + ".", values.path(property.getKey()), property.getValue(), definitions, different);
            }
        }
    }
}
