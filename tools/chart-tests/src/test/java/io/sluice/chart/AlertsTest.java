package io.sluice.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Every alert fires for what it is for, and not for what is close to it; and says where to look and what to do. */
class AlertsTest {

    private static final Pattern LABEL = Pattern.compile("\\$labels\\.(\\w+)");
    private static final JsonNode CASES = read("/alerts.yaml");

    @TempDir
    Path folder;

    @Test
    void promtoolTakesTheRules() {
        Promtool.Verdict ours = Promtool.run(folder, "check", "rules", Repository.RULES.toString());
        JsonNode rendered = Deployment.EVERYTHING
                .render()
                .one("PrometheusRule", "test-sluice")
                .path("spec");
        Promtool.Verdict charts = Promtool.run(
                folder,
                "check",
                "rules",
                Promtool.write(folder.resolve("rules.yaml"), rendered).toString());

        assertThat(ours.ok()).as(ours.text()).isTrue();
        assertThat(charts.ok()).as(charts.text()).isTrue();
    }

    static Stream<String> alerts() {
        return rules().keySet().stream();
    }

    @Test
    void everyAlertHasACaseInWhichItFiresAndOneInWhichItDoesNot() {
        assertThat(CASES.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(rules().keySet());
        assertThat(CASES).allSatisfy(alert -> {
            assertThat(alert.at("/fires/series").isObject()
                            && alert.at("/fires/labels").isObject())
                    .as("fires: %s", alert)
                    .isTrue();
            assertThat(alert.at("/silent/series").isObject())
                    .as("silent: %s", alert)
                    .isTrue();
        });
    }

    @Test
    void everyAlertFiresForWhatItIsFor() {
        Promtool.Verdict verdict = test("fires");

        assertThat(verdict.ok()).as(verdict.text()).isTrue();
    }

    @Test
    void noAlertFiresForWhatIsCloseToIt() {
        Promtool.Verdict verdict = test("silent");

        assertThat(verdict.ok()).as(verdict.text()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void itSaysWhatToDo(String alert) {
        JsonNode rule = rules().get(alert);
        JsonNode annotations = rule.path("annotations");

        assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
        assertThat(annotations.path("summary").asText()).isNotBlank();
        assertThat(annotations.path("runbook_url").asText())
                .isEqualTo("docs/operating.md#" + alert.toLowerCase(java.util.Locale.ROOT));
        assertThat(annotations.path("console").asText())
                .matches("http://localhost:8080/#/(pipeline|dead-letters|libraries)(\\?.*)?");
        // A label that the alert does not have would leave a hole in its address.
        List<String> has = new ArrayList<>();
        CASES.path(alert).at("/fires/labels").fieldNames().forEachRemaining(has::add);
        Matcher uses = LABEL.matcher(annotations.toString());
        while (uses.find()) {
            assertThat(has).as("labels of %s", alert).contains(uses.group(1));
        }
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void itHasARunbook(String alert) {
        String guide = Repository.read(Repository.OPERATING);
        Matcher section =
                Pattern.compile("(?s)\n### " + alert + "\n(.*?)(?=\n##|$)").matcher(guide);

        assertThat(section.find())
                .as("docs/operating.md has a section ### %s", alert)
                .isTrue();
        assertThat(section.group(1)).contains("**Means:**", "**Look:**", "**Do:**");
    }

    @Test
    void noRunbookIsOfAnAlertThatIsGone() {
        Matcher sections = Pattern.compile("(?m)^### (Sluice\\w+)$").matcher(Repository.read(Repository.OPERATING));

        assertThat(sections.results().map(section -> section.group(1)))
                .containsExactlyInAnyOrderElementsOf(rules().keySet());
    }

    @Test
    void theChartPutsItsAddressesInFront() {
        JsonNode rule = Deployment.EVERYTHING
                .render()
                .one("PrometheusRule", "test-sluice")
                .at("/spec/groups/0/rules/0");

        assertThat(rule.at("/annotations/console").asText())
                .isEqualTo("https://sluice.example.com/#/pipeline?group={{ $labels.group }}");
        assertThat(rule.at("/annotations/runbook_url").asText())
                .isEqualTo("https://docs.example.com/sluice/operating.md#sluicelagstuck");
    }

    /**
     * One run for those that are looked at within minutes, one for those that take hours: each minute of a case evaluates all rules of its run.
     * Annotations are left out: promtool would want them word by word.
     */
    private Promtool.Verdict test(String kind) {
        List<String> slow = CASES.properties().stream()
                .filter(one -> one.getValue().path(kind).path("at").asText().endsWith("h"))
                .map(Map.Entry::getKey)
                .toList();
        Promtool.Verdict verdict = test(kind, alert -> !slow.contains(alert));
        return verdict.ok() ? test(kind, slow::contains) : verdict;
    }

    private Promtool.Verdict test(String kind, Predicate<String> which) {
        ObjectNode rules = RenderedChart.YAML.createObjectNode();
        ObjectNode group = rules.putArray("groups").addObject();
        group.put("name", "tried");
        ArrayNode tried = group.putArray("rules");
        ObjectNode file = RenderedChart.YAML.createObjectNode();
        file.putArray("rule_files").add("rules.yaml");
        file.put("evaluation_interval", "1m");
        ArrayNode tests = file.putArray("tests");
        rules().forEach((alert, rule) -> {
            if (which.test(alert)) {
                tried.add(((ObjectNode) rule.deepCopy()).without("annotations"));
                add(tests.addObject(), alert, CASES.path(alert).path(kind));
            }
        });
        assertThat(tests).isNotEmpty();
        Promtool.write(folder.resolve("rules.yaml"), rules);
        return Promtool.run(
                folder,
                "test",
                "rules",
                Promtool.write(folder.resolve("test.yaml"), file).toString());
    }

    private static void add(ObjectNode test, String alert, JsonNode example) {
        Promtool.series(test, example.path("series"));
        ObjectNode expected = test.putArray("alert_rule_test").addObject();
        expected.put("eval_time", example.path("at").asText()).put("alertname", alert);
        ArrayNode alerts = expected.putArray("exp_alerts");
        if (example.has("labels")) {
            ObjectNode labels = alerts.addObject().putObject("exp_labels");
            labels.setAll((ObjectNode) example.path("labels"));
            labels.set("severity", rules().get(alert).at("/labels/severity"));
        }
    }

    static Map<String, JsonNode> rules() {
        Map<String, JsonNode> rules = new TreeMap<>();
        read(Repository.RULES).path("groups").forEach(group -> group.path("rules")
                .forEach(rule -> rules.put(rule.path("alert").asText(), rule)));
        return rules;
    }

    private static JsonNode read(Path file) {
        try {
            return RenderedChart.YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode read(String resource) {
        try (var stream = AlertsTest.class.getResourceAsStream(resource)) {
            return RenderedChart.YAML.readTree(stream);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
