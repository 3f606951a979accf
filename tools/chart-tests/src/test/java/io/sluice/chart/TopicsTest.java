package io.sluice.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.contract.Topic;
import io.sluice.contract.Topics;

/** The chart's topics are those of the contract. */
class TopicsTest {

    @Test
    void theListIsTheContracts() throws IOException {
        List<String> listed = new ArrayList<>();
        RenderedChart.YAML
                .readTree(Repository.CHART.resolve("topics.yaml").toFile())
                .path("topics")
                .forEach(topic -> listed.add("%s %d %s"
                        .formatted(
                                topic.path("name").asText(),
                                topic.path("partitions").asInt(),
                                topic.path("keep").asText())));

        assertThat(listed)
                .containsExactlyElementsOf(Topics.all().stream()
                        .map(topic -> "%s %d %s"
                                .formatted(
                                        topic.name(),
                                        topic.partitions(),
                                        topic.keep().name().toLowerCase(Locale.ROOT)))
                        .toList());
    }

    @Test
    void everyTopicIsRenderedAsItIsKept() {
        RenderedChart chart = Deployment.EVERYTHING.render();

        assertThat(chart.ofKind("KafkaTopic")).hasSize(Topics.all().size());
        assertThat(Topics.all()).allSatisfy(topic -> {
            JsonNode spec = chart.one("KafkaTopic", topic.name()).path("spec");
            assertThat(spec.path("partitions").asInt()).isEqualTo(topic.partitions());
            assertThat(spec.path("replicas").asInt()).isEqualTo(3);
            assertThat(spec.at("/config/cleanup.policy").asText()).isEqualTo(topic.compacted() ? "compact" : "delete");
            assertThat(days(spec, topic.compacted() ? "delete.retention.ms" : "retention.ms"))
                    .isEqualTo(days(topic));
        });
    }

    /** As the topic check of the services makes them. */
    private static long days(Topic topic) {
        return switch (topic.keep()) {
            case COMPACTED -> 30;
            case WINDOW -> 1;
            case TIME -> 90;
        };
    }

    private static long days(JsonNode spec, String setting) {
        return TimeUnit.MILLISECONDS.toDays(spec.path("config").path(setting).asLong());
    }
}
