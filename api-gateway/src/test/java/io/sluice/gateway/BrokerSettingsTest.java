package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

class BrokerSettingsTest {

    private final BrokerSettings settings = new BrokerSettings(Map.of(
            "bootstrap.servers", "kafka:9093",
            "security.protocol", "SASL_SSL",
            "sasl.mechanism", "SCRAM-SHA-512",
            "sasl.jaas.config", "...",
            "ssl.truststore.location", "/etc/sluice/kafka-trust/ca.crt",
            "group.id", "api-gateway",
            "enabled", "true"));

    @Test
    void whoReadsReachesTheBrokerAsTheDeploymentSays() {
        assertThat(settings.consumer(Map.of("client.id", "mine", "enable.auto.commit", false)))
                .containsEntry("bootstrap.servers", "kafka:9093")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                .containsEntry("sasl.jaas.config", "...")
                .containsEntry("ssl.truststore.location", "/etc/sluice/kafka-trust/ca.crt")
                .containsEntry("client.id", "mine")
                .containsEntry("enable.auto.commit", false)
                .doesNotContainKeys("group.id", "enabled");
    }

    @Test
    void whoAsksReachesItTheSameWay() {
        assertThat(settings.admin(Map.of("client.id", "mine")))
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", "...")
                .containsEntry("client.id", "mine")
                .doesNotContainKeys("group.id", "enabled");
    }
}
