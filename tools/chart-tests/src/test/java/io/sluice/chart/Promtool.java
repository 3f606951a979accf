package io.sluice.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Prometheus' own tool: what it says of rules and of tests of rules. */
final class Promtool {

    /** @param ok whether promtool was content */
    record Verdict(boolean ok, String text) {}

    private Promtool() {}

    static Verdict run(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(Arrays.asList(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new AssertionError(
                    "promtool cannot be run (" + e.getMessage()
                            + "). Install it: apt-get install --no-install-recommends"
                            + " prometheus; ./sluice test does so by itself as root",
                    e);
        }
        try (var output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            return new Verdict(process.waitFor() == 0, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** One sample a minute. promtool repeats no NaN; 0x5 would be a hexadecimal number. */
    static void series(ObjectNode test, JsonNode series) {
        test.put("interval", "1m");
        ArrayNode input = test.putArray("input_series");
        series.properties().forEach(one -> input.addObject()
                .put("series", one.getKey())
                .put("values", repeated(one.getValue().asText())));
    }

    private static String repeated(String values) {
        return Pattern.compile("NaNx(\\d+)").matcher(values).replaceAll(match -> "NaN "
                .repeat(Integer.parseInt(match.group(1))));
    }

    static Path write(Path file, JsonNode content) {
        try {
            return Files.writeString(file, RenderedChart.YAML.writeValueAsString(content));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
