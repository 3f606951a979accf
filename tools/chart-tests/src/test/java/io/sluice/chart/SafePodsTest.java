package io.sluice.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.chart.RenderedChart.Workload;

/** Pods as restricted pod security has them, that stop in time, and that reach only whom they need. */
class SafePodsTest {

    @ParameterizedTest
    @EnumSource(Deployment.class)
    void everyPodIsRestricted(Deployment deployment) {
        assertThat(deployment.render().workloads()).isNotEmpty().allSatisfy(SafePodsTest::isRestricted);
    }

    private static void isRestricted(Workload workload) {
        JsonNode spec = workload.pod().path("spec");
        JsonNode container = workload.container();
        assertThat(spec.path("automountServiceAccountToken"))
                .as(workload.name())
                .hasToString("false");
        assertThat(spec.path("enableServiceLinks")).as(workload.name()).hasToString("false");
        assertThat(spec.at("/securityContext/runAsNonRoot")).as(workload.name()).hasToString("true");
        assertThat(spec.at("/securityContext/runAsUser")).as(workload.name()).hasToString("10001");
        assertThat(spec.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(spec.path("containers")).as(workload.name()).hasSize(1);
        assertThat(container.at("/securityContext/allowPrivilegeEscalation")).hasToString("false");
        assertThat(container.at("/securityContext/readOnlyRootFilesystem")).hasToString("true");
        assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
        assertThat(container.at("/resources/limits/memory").asText())
                .as("%s has a limit of memory", workload.name())
                .isNotEmpty();
    }

    @Test
    void secretsAreReferences() {
        RenderedChart chart = Deployment.EXTERNAL_KAFKA.render();

        assertThat(chart.ofKind("Secret")).isEmpty();
        assertThat(chart.workloads())
                .flatExtracting(workload ->
                        workload.container().path("env").valueStream().toList())
                .filteredOn(variable -> variable.path("name").asText().matches(".*(PASSWORD|TOKEN|JAAS_CONFIG)"))
                .hasSizeGreaterThan(10)
                .allSatisfy(variable -> assertThat(
                                variable.at("/valueFrom/secretKeyRef/key").asText())
                        .as(variable.path("name").asText())
                        .isNotEmpty());
    }

    @Test
    void everyServiceIsProbedAndStopsInTime() {
        assertThat(services(Deployment.DEFAULTS.render())).hasSize(5).allSatisfy(workload -> {
            JsonNode container = workload.container();
            assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/q/health/started");
            assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/q/health/live");
            assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/q/health/ready");
            // Five seconds until nobody calls any more, twenty for what runs (quarkus.shutdown.timeout), and some to
            // spare.
            assertThat(workload.pod().at("/spec/terminationGracePeriodSeconds").asInt())
                    .isGreaterThanOrEqualTo(5 + 20 + 5);
            assertThat(container.at("/ports/0/containerPort").asInt())
                    .isEqualTo(RealSettings.portOf(workload.service()));
        });
    }

    @Test
    void instancesAreNamedAfterTheirPods() {
        assertThat(services(Deployment.DEFAULTS.render())).allSatisfy(workload -> assertThat(
                        workload.container().path("env"))
                .anySatisfy(variable -> {
                    assertThat(variable.path("name").asText()).isEqualTo("SLUICE_INSTANCE_NAME");
                    assertThat(variable.at("/valueFrom/fieldRef/fieldPath").asText())
                            .isEqualTo("metadata.name");
                }));
        assertThat(Deployment.DEFAULTS.render().ofKind("StatefulSet"))
                .extracting(RenderedChart::label)
                .containsExactlyInAnyOrder("StatefulSet test-sluice-scanner", "StatefulSet test-sluice-search");
    }

    @Test
    void mountsAreReadOnlyEverywhereAndTheStoreIsWrittenByMediaAlone() {
        for (Workload workload : services(Deployment.EVERYTHING.render())) {
            for (JsonNode mount : workload.container().path("volumeMounts")) {
                String path = mount.path("mountPath").asText();
                boolean mayWrite = path.equals("/tmp")
                        || path.equals("/data")
                        || path.equals("/data/renditions") && workload.service().equals("media");
                assertThat(mount.path("readOnly").asBoolean(false))
                        .as("%s of %s is read-only", path, workload.service())
                        .isEqualTo(!mayWrite);
            }
        }
    }

    @Test
    void nobodyReachesAnybodyUnlessItIsSaid() {
        JsonNode deny = Deployment.DEFAULTS.render().one("NetworkPolicy", "test-sluice-deny-all");

        assertThat(deny.at("/spec/policyTypes")).hasToString("[\"Ingress\",\"Egress\"]");
        assertThat(deny.at("/spec/ingress").isMissingNode()).isTrue();
        assertThat(deny.at("/spec/egress").isMissingNode()).isTrue();
        assertThat(Deployment.DEFAULTS.render().workloads()).allSatisfy(workload -> assertThat(workload.pod()
                        .at("/metadata/labels/app.kubernetes.io~1part-of")
                        .asText())
                .as("%s is denied first", workload.name())
                .isEqualTo("sluice"));
    }

    @Test
    void whoOpensFilesReachesOnlyBrokerDatabaseAndNames() {
        RenderedChart chart = Deployment.EXTERNAL_KAFKA.render();

        assertThat(ways(chart.one("NetworkPolicy", "test-sluice-media"), "egress", "to"))
                .containsExactly("3306", "3307", "53", "9093", "9094");
        assertThat(ways(chart.one("NetworkPolicy", "test-sluice-ingest"), "egress", "to"))
                .as("and the scanner, who is asked for a re-announcement")
                .containsExactly("3306", "3307", "53", "9093", "9094", "http of scanner");
        assertThat(ways(chart.one("NetworkPolicy", "test-sluice-search"), "egress", "to"))
                .containsExactly("53", "9093", "9094");
    }

    @Test
    void tracesGoToTheCollectorWhenThereIsOne() {
        RenderedChart traced = Deployment.EVERYTHING.render();
        for (Workload workload : services(traced)) {
            assertThat(workload.container().path("env").valueStream())
                    .as(workload.name())
                    .anyMatch(variable -> variable.path("name").asText().equals("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT"));
            assertThat(ways(traced.one("NetworkPolicy", "test-sluice-" + workload.service()), "egress", "to"))
                    .contains("4318 of a namespace");
        }
        assertThat(services(Deployment.DEFAULTS.render())).allSatisfy(workload -> assertThat(
                        workload.container().path("env").valueStream())
                .noneMatch(variable -> variable.path("name").asText().startsWith("QUARKUS_OTEL")));
    }

    @Test
    void onlyTheGatewayIsADoor() {
        RenderedChart chart = Deployment.DEFAULTS.render();

        assertThat(ways(chart.one("NetworkPolicy", "test-sluice-gateway"), "ingress", "from"))
                .contains("http");
        for (String service : List.of("ingest", "media", "search")) {
            assertThat(ways(chart.one("NetworkPolicy", "test-sluice-" + service), "ingress", "from"))
                    .containsExactly("http of a namespace", "http of gateway");
        }
        assertThat(ways(chart.one("NetworkPolicy", "test-sluice-scanner"), "ingress", "from"))
                .containsExactly("http of a namespace", "http of gateway", "http of ingest");
    }

    /** Ports, with the service or "a namespace" at the other end where there is one. */
    private static Set<String> ways(JsonNode policy, String direction, String end) {
        Set<String> ways = new TreeSet<>();
        for (JsonNode rule : policy.at("/spec/" + direction)) {
            List<String> ends = new ArrayList<>();
            for (JsonNode peer : rule.path(end)) {
                ends.add(
                        peer.has("podSelector")
                                ? " of "
                                        + peer.at("/podSelector/matchLabels/app.kubernetes.io~1component")
                                                .asText()
                                : " of a namespace");
            }
            for (JsonNode port : rule.path("ports")) {
                if (ends.isEmpty()) {
                    ways.add(port.path("port").asText());
                }
                ends.forEach(other -> ways.add(port.path("port").asText() + other));
            }
        }
        return ways;
    }

    static List<Workload> services(RenderedChart chart) {
        return chart.workloads().stream()
                .filter(workload -> workload.name().startsWith("Deployment")
                        || workload.name().startsWith("StatefulSet"))
                .toList();
    }
}
