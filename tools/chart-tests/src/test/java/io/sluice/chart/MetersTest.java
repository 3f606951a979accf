package io.sluice.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

/** Dashboards, alerts and scaling ask for meters that some service has, by labels that the meter has. */
class MetersTest {

    private static final Pattern METER = Pattern.compile(
            "(counter|FunctionCounter\\.builder|timer|Timer\\.builder|gauge|Gauge\\.builder)\\(\\s*\"(sluice\\.[a-z.]+)\"");
    private static final Pattern ASKED = Pattern.compile("\\b((?:sluice|jvm|http|process|grpc)_[a-z_]+)(\\{[^}]*})?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=~|!=|!~|=)\"");

    /** Of Micrometer and Prometheus. */
    private static final Set<String> GIVEN = Set.of(
            "jvm_memory_used_bytes",
            "jvm_memory_max_bytes",
            "jvm_gc_pause_seconds_sum",
            "jvm_threads_live_threads",
            "process_cpu_usage",
            "process_uptime_seconds",
            "http_server_requests_seconds_count",
            "http_server_requests_seconds_sum",
            "sluice_scaling_waiting");

    private static final Set<String> LABELS_OF_SCRAPES = Set.of("job", "instance", "le");

    /** Meters as Prometheus sees them, with the source that makes them. */
    private final Map<String, String> meters = new TreeMap<>();

    MetersTest() {
        for (String module : List.of(
                "messaging", "scanner-service", "ingest-service", "media-service", "search-service", "api-gateway")) {
            for (Path source : Repository.files(Repository.ROOT.resolve(module).resolve("src/main/java"), ".java")) {
                String text = Repository.read(source);
                Matcher meter = METER.matcher(text);
                while (meter.find()) {
                    // The histogram is asked for some lines below.
                    String after = text.substring(meter.end(), Math.min(text.length(), meter.end() + 300));
                    names(meter.group(1), meter.group(2), after.contains("publishPercentileHistogram"))
                            .forEach(name -> meters.put(name, text));
                }
            }
        }
    }

    private static List<String> names(String kind, String meter, boolean histogram) {
        String name = meter.replace('.', '_');
        if (kind.contains("ounter")) {
            return List.of(name + "_total");
        }
        if (kind.contains("imer")) {
            List<String> names =
                    new ArrayList<>(List.of(name + "_seconds_count", name + "_seconds_sum", name + "_seconds_max"));
            if (histogram) {
                names.add(name + "_seconds_bucket");
            }
            return names;
        }
        return List.of(name);
    }

    @Test
    void everyMeterThatIsAskedForIsThere() throws IOException {
        Set<String> wrong = new TreeSet<>();
        for (String query : queries()) {
            Matcher asked = ASKED.matcher(query);
            while (asked.find()) {
                String name = asked.group(1);
                if (GIVEN.contains(name)) {
                    continue;
                }
                String source = meters.get(name);
                if (source == null) {
                    wrong.add(name + " is no meter");
                } else if (asked.group(2) != null) {
                    Matcher label = LABEL.matcher(asked.group(2));
                    while (label.find()) {
                        if (!LABELS_OF_SCRAPES.contains(label.group(1))
                                && !source.contains("\"" + label.group(1) + "\"")) {
                            wrong.add(name + " has no label " + label.group(1));
                        }
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(meters).hasSizeGreaterThan(40);
    }

    @Test
    void dashboardsShowWhatIsAskedOfThem() throws IOException {
        String all = String.join("\n", queries());

        assertThat(List.of(
                        "sluice_lag_messages",
                        "sluice_lag_seconds",
                        "sluice_work",
                        "sluice_work_perform_seconds_sum",
                        "sluice_dead_letters",
                        "sluice_library_health",
                        "sluice_scan_duration_seconds_sum",
                        "error_code",
                        "jvm_memory_used_bytes"))
                .allSatisfy(asked -> assertThat(all).contains(asked));
    }

    @Test
    void everyPanelHasAPlaceAndAQuery() throws IOException {
        for (Path file : dashboards()) {
            JsonNode dashboard = RenderedChart.YAML.readTree(file.toFile());
            assertThat(dashboard.path("uid").asText()).isEqualTo("sluice-" + name(file));
            assertThat(dashboard.path("panels")).isNotEmpty().allSatisfy(panel -> {
                assertThat(panel.path("gridPos").size()).isEqualTo(4);
                assertThat(panel.at("/targets/0/expr").asText())
                        .as(panel.path("title").asText())
                        .isNotEmpty();
            });
        }
    }

    @Test
    void promtoolReadsEveryQuery(@org.junit.jupiter.api.io.TempDir Path folder) throws IOException {
        var file = RenderedChart.YAML.createObjectNode();
        var group = file.putArray("groups").addObject();
        group.put("name", "queries");
        var rules = group.putArray("rules");
        for (String query : queries()) {
            rules.addObject()
                    .put("record", "query:" + rules.size())
                    .put("expr", query.replace("$__rate_interval", "5m"));
        }
        Promtool.Verdict verdict = Promtool.run(
                folder,
                "check",
                "rules",
                Promtool.write(folder.resolve("queries.yaml"), file).toString());

        assertThat(verdict.ok()).as(verdict.text()).isTrue();
    }

    @Test
    void theChartShipsThem() {
        assertThat(Deployment.EVERYTHING.render().ofKind("ConfigMap"))
                .filteredOn(map ->
                        map.at("/metadata/labels/grafana_dashboard").asText().equals("1"))
                .hasSameSizeAs(dashboards());
    }

    private static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>();
        for (Path file : dashboards()) {
            queries.addAll(RenderedChart.YAML.readTree(file.toFile()).findValuesAsText("expr"));
        }
        AlertsTest.rules()
                .values()
                .forEach(rule -> queries.add(rule.path("expr").asText()));
        return queries;
    }

    private static List<Path> dashboards() {
        return Repository.files(Repository.CHART.resolve("dashboards"), ".json");
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".json", "");
    }
}
