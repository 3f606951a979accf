package io.sluice.chart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;

import io.kubernetes.client.openapi.JSON;

/**
 * Says what a cluster would not take of a document. Two models are asked: Kubernetes' own, which knows every field and which must be there,
 * and fabric8's, which knows their types. Resources of operators are held against what is written down here.
 */
final class KubernetesModels {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String OWN = "io.kubernetes.client.openapi.models.";
    private static final String FABRIC8 = "io.fabric8.kubernetes.api.model.";

    /** apiVersion and kind to the class of either model. */
    private static final Map<String, List<String>> KNOWN = Map.ofEntries(
            known("v1", "ConfigMap", "V1ConfigMap", "ConfigMap"),
            known("v1", "Secret", "V1Secret", "Secret"),
            known("v1", "Service", "V1Service", "Service"),
            known("v1", "ServiceAccount", "V1ServiceAccount", "ServiceAccount"),
            known("v1", "PersistentVolumeClaim", "V1PersistentVolumeClaim", "PersistentVolumeClaim"),
            known("v1", "Pod", "V1Pod", "Pod"),
            known("apps/v1", "Deployment", "V1Deployment", "apps.Deployment"),
            known("apps/v1", "StatefulSet", "V1StatefulSet", "apps.StatefulSet"),
            known("batch/v1", "Job", "V1Job", "batch.v1.Job"),
            known("policy/v1", "PodDisruptionBudget", "V1PodDisruptionBudget", "policy.v1.PodDisruptionBudget"),
            known("networking.k8s.io/v1", "NetworkPolicy", "V1NetworkPolicy", "networking.v1.NetworkPolicy"),
            known("networking.k8s.io/v1", "Ingress", "V1Ingress", "networking.v1.Ingress"),
            known(
                    "autoscaling/v2",
                    "HorizontalPodAutoscaler",
                    "V2HorizontalPodAutoscaler",
                    "autoscaling.v2.HorizontalPodAutoscaler"));

    /** Of operators: what must be there, as JSON pointers. */
    private static final Map<String, List<String>> OF_OPERATORS = Map.of(
            "keda.sh/v1alpha1 ScaledObject",
                    List.of(
                            "/spec/scaleTargetRef/name",
                            "/spec/minReplicaCount",
                            "/spec/maxReplicaCount",
                            "/spec/triggers/0/type",
                            "/spec/triggers/0/metadata/serverAddress",
                            "/spec/triggers/0/metadata/query",
                            "/spec/triggers/0/metadata/threshold"),
            "kafka.strimzi.io/v1beta2 KafkaTopic",
                    List.of(
                            "/metadata/labels/strimzi.io~1cluster",
                            "/spec/partitions",
                            "/spec/replicas",
                            "/spec/config/cleanup.policy"),
            "monitoring.coreos.com/v1 ServiceMonitor",
                    List.of("/spec/selector/matchLabels", "/spec/endpoints/0/port", "/spec/endpoints/0/path"),
            "monitoring.coreos.com/v1 PrometheusRule",
                    List.of("/spec/groups/0/name", "/spec/groups/0/rules/0/expr", "/spec/groups/0/rules/0/alert"),
            "gateway.networking.k8s.io/v1 HTTPRoute",
                    List.of(
                            "/spec/parentRefs/0/name",
                            "/spec/rules/1/matches/0/path/type",
                            "/spec/rules/1/backendRefs/0/name",
                            "/spec/rules/1/backendRefs/0/port"));

    private KubernetesModels() {}

    private static Map.Entry<String, List<String>> known(String version, String kind, String own, String fabric8) {
        return Map.entry(version + " " + kind, List.of(OWN + own, FABRIC8 + fabric8));
    }

    /** Empty when nothing is wrong. */
    static List<String> faults(JsonNode document) {
        String type = document.path("apiVersion").asText() + " "
                + document.path("kind").asText();
        List<String> faults = new ArrayList<>();
        if (KNOWN.containsKey(type)) {
            ownFaults(document, KNOWN.get(type).get(0), faults);
            typeFaults(document, KNOWN.get(type).get(1), faults);
        } else if (OF_OPERATORS.containsKey(type)) {
            OF_OPERATORS.get(type).stream()
                    .filter(pointer -> document.at(pointer).isMissingNode()
                            || document.at(pointer).isNull())
                    .map(pointer -> pointer + " is missing")
                    .forEach(faults::add);
        } else {
            faults.add("no model knows " + type);
        }
        return faults;
    }

    private static void ownFaults(JsonNode document, String model, List<String> faults) {
        try {
            JSON.getGson(); // makes the adapters that the validation uses
            JsonElement tree = JsonParser.parseString(MAPPER.writeValueAsString(document));
            Class.forName(model)
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, tree);
        } catch (java.lang.reflect.InvocationTargetException e) {
            faults.add(String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void typeFaults(JsonNode document, String model, List<String> faults) {
        try {
            Object read = MAPPER.treeToValue(document, Class.forName(model));
            unknownFields("", document, MAPPER.valueToTree(read), faults);
        } catch (JsonProcessingException e) {
            faults.add(e.getOriginalMessage());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was written and did not come back as it was. */
    private static void unknownFields(String path, JsonNode written, JsonNode back, List<String> faults) {
        if (written.isObject()) {
            written.properties().forEach(field -> {
                String name = path + "/" + field.getKey();
                if (!back.has(field.getKey()) && !isEmpty(field.getValue())) {
                    faults.add(name + " is not read");
                } else {
                    unknownFields(name, field.getValue(), back.path(field.getKey()), faults);
                }
            });
        } else if (written.isArray()) {
            for (int i = 0; i < written.size(); i++) {
                unknownFields(path + "/" + i, written.get(i), back.path(i), faults);
            }
        } else if (written.isNumber() != back.isNumber() || written.isBoolean() != back.isBoolean()) {
            faults.add(path + " is " + written + " and read as " + back);
        }
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull() || value.isContainerNode() && value.isEmpty();
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
