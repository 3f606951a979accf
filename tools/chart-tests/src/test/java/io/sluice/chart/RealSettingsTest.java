package io.sluice.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.chart.RenderedChart.Workload;

/** What the chart tells a service, the service reads: a misspelt setting would be silently ignored. */
class RealSettingsTest {

    private static final Map<String, RealSettings> SETTINGS =
            Repository.SERVICES.stream().collect(Collectors.toMap(Function.identity(), RealSettings::new));

    @ParameterizedTest
    @EnumSource(Deployment.class)
    void everyVariableIsASettingOfItsService(Deployment deployment) {
        List<String> unread = new ArrayList<>();
        for (Workload workload : deployment.render().workloads()) {
            for (JsonNode variable : workload.container().path("env")) {
                String name = variable.path("name").asText();
                if (!settings(workload).knowsVariable(name)) {
                    unread.add(workload.name() + ": " + name);
                }
            }
        }

        assertThat(unread).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Deployment.class)
    void everyPropertyIsASettingOfItsService(Deployment deployment) {
        RenderedChart chart = deployment.render();
        List<String> unread = new ArrayList<>();
        for (Workload workload : SafePodsTest.services(chart)) {
            String file = chart.ofKind("ConfigMap").stream()
                    .filter(map -> map.at("/metadata/labels/app.kubernetes.io~1component")
                            .asText()
                            .equals(workload.service()))
                    .findFirst()
                    .orElseThrow()
                    .at("/data/application.properties")
                    .asText();
            RealSettings.parse(file).keySet().stream()
                    .filter(name -> !name.equals("config_ordinal")
                            && !settings(workload).knowsProperty(name))
                    .forEach(name -> unread.add(workload.name() + ": " + name));
        }

        assertThat(unread).isEmpty();
    }

    @Test
    void aNameThatNobodyReadsIsSeen() {
        assertThat(SETTINGS.get("media").knowsVariable("SLUICE_STORE_PATH")).isTrue();
        assertThat(SETTINGS.get("media").knowsVariable("SLUICE_STORE_PATHS")).isFalse();
        assertThat(SETTINGS.get("scanner").knowsVariable("SLUICE_STORE_PATH")).isFalse();
        assertThat(SETTINGS.get("media").knowsVariable("QUARKUS_DATASOURCE_USER"))
                .isFalse();
        assertThat(SETTINGS.get("search").knowsVariable("QUARKUS_DATASOURCE_USERNAME"))
                .isFalse();
        assertThat(SETTINGS.get("media").knowsVariable("QUARKUS_DATASOURCE_LEDGER_USERNAME"))
                .isFalse();
        assertThat(SETTINGS.get("media").knowsVariable("QUARKUS_GRPC_CLIENTS_SCANNER_HOST"))
                .isFalse();
        assertThat(SETTINGS.get("media").knowsVariable("KAFKA_SASL_JAAS")).isFalse();
        assertThat(SETTINGS.get("scanner").knowsProperty("sluice.libraries.\"a\".mount"))
                .isTrue();
        assertThat(SETTINGS.get("scanner").knowsProperty("sluice.libraries.\"a\".mounts"))
                .isFalse();
    }

    @Test
    void everyPortIsTheServicesOwn() {
        RenderedChart chart = Deployment.DEFAULTS.render();

        assertThat(Repository.SERVICES).allSatisfy(service -> assertThat(chart.one("Service", "test-sluice-" + service)
                        .at("/spec/ports/0/port")
                        .asInt())
                .isEqualTo(RealSettings.portOf(service)));
    }

    private static RealSettings settings(Workload workload) {
        return SETTINGS.get(workload.service());
    }
}
