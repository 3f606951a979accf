package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.localstack.demo.WrittenBundle;

/** Bundles on their mount against what became of them. */
final class BatchesChecked {

    private final Stage stage;
    private final Deliveries deliveries;

    BatchesChecked(Stage stage, Deliveries deliveries) {
        this.stage = stage;
        this.deliveries = deliveries;
    }

    List<String> imported() throws IOException {
        List<String> wrong = new ArrayList<>();
        if (deliveries.notQueued() > 0) {
            wrong.add(deliveries.notQueued() + " bundles could not be queued yet");
        }
        for (WrittenBundle bundle : deliveries.delivered()) {
            String state = stage.client()
                    .batch(bundle.syncId())
                    .map(batch -> batch.get("state").asText() + " "
                            + batch.get("verdict").asText() + " "
                            + batch.get("last_error").asText() + " "
                            + batch.get("tally"))
                    .orElse("unknown");
            if (!state.startsWith("imported ")) {
                wrong.add("bundle " + bundle.syncId() + " is " + state);
                stage.client().batchItems(bundle.syncId()).stream()
                        .filter(item -> !item.get("decision").asText().equals("created"))
                        .limit(3)
                        .forEach(item -> wrong.add("its item " + item));
            }
        }
        return FilesChecked.few(wrong);
    }

    List<String> once() {
        List<String> wrong = new ArrayList<>();
        for (WrittenBundle bundle : deliveries.delivered()) {
            Map<String, Integer> decisions = new TreeMap<>();
            for (JsonNode item : stage.client().batchItems(bundle.syncId())) {
                decisions.merge(item.get("decision").asText("-"), 1, Integer::sum);
            }
            if (!decisions.equals(Map.of("created", bundle.items()))) {
                wrong.add("bundle " + bundle.syncId() + " of " + bundle.items() + " items: " + decisions);
            }
            Map<String, Integer> events = new TreeMap<>();
            for (JsonNode event : stage.client().batchEvents(bundle.syncId())) {
                events.merge(event.get("event_type").asText(), 1, Integer::sum);
            }
            for (String ending : List.of("import_finished", "job_finished", "job_queued")) {
                if (events.getOrDefault(ending, 0) != 1) {
                    wrong.add("bundle " + bundle.syncId() + " has " + ending + " " + events.getOrDefault(ending, 0)
                            + " times in its history");
                }
            }
            if (events.getOrDefault("item_created", 0) != bundle.items()) {
                wrong.add("bundle " + bundle.syncId() + " of " + bundle.items() + " items has item_created "
                        + events.getOrDefault("item_created", 0) + " times in its history");
            }
        }
        return FilesChecked.few(wrong);
    }
}
