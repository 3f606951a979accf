package io.sluice.localstack.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.localstack.StackException;

/** Queues a demo bundle as an operator would, and tells how its import goes until it has ended. */
final class DemoImport {

    /** Seen within seconds, judged at once; services may still be coming up. */
    private static final Duration SEEN_LIMIT = Duration.ofMinutes(1);

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int LOOK_MILLIS = 300;
    private static final Set<String> JOB_ENDED = Set.of("done", "failed", "cancelled");
    private static final Set<String> TAKEN = Set.of("imported", "superseded");

    private final Gateway gateway;
    private final PrintWriter out;
    private final String syncId;
    private final long start = System.nanoTime();
    private String last = "";

    DemoImport(Gateway gateway, UUID syncId, PrintWriter out) {
        this.syncId = syncId.toString();
        this.gateway = gateway;
        this.out = out;
    }

    /** Gives the exit code: 1 when it did not end, or did not end well. */
    int untilEnded() {
        try {
            return imported();
        } catch (StackException refused) {
            say(String.valueOf(refused.getMessage()));
            return 1;
        }
    }

    private int imported() {
        Optional<JsonNode> seen = awaitSeen();
        if (seen.isEmpty()) {
            say("The demo bundle " + syncId + " was not found consumable within " + SEEN_LIMIT.toSeconds() + " s: "
                    + last + ". What the services say: GET /api/v1/import/batches");
            return 1;
        }
        if (TAKEN.contains(state(seen.get()))) {
            say("The demo bundle " + syncId + " is " + state(seen.get()) + " since an earlier start: "
                    + tally(seen.get()) + ".");
            return state(seen.get()).equals("imported") ? 0 : 1;
        }
        String job = queue();
        JsonNode now = gateway.json("/api/v1/import/jobs/" + job);
        while (!JOB_ENDED.contains(state(now)) && within(LIMIT)) {
            progress(now);
            pause();
            now = gateway.json("/api/v1/import/jobs/" + job);
        }
        return end(now);
    }

    /** A look that fails is one to be repeated: services start up beside each other. */
    private Optional<JsonNode> awaitSeen() {
        while (within(SEEN_LIMIT)) {
            try {
                JsonNode batch = batch();
                if (TAKEN.contains(state(batch))
                        || batch.path("verdict").asText().equals("consumable")) {
                    return Optional.of(batch);
                }
                last = batch.path("reason").asText(state(batch));
            } catch (StackException notYet) {
                last = String.valueOf(notYet.getMessage());
            }
            pause();
        }
        return Optional.empty();
    }

    private String queue() {
        JsonNode result = gateway.post("/api/v1/import/jobs", "{\"batches\": [\"" + syncId + "\"]}")
                .path("results")
                .path(0);
        JsonNode job = result.path("job").path("id");
        if (!job.isTextual()) {
            throw new StackException("The demo bundle " + syncId + " cannot be imported: "
                    + result.path("reason").asText("the gateway names no job"));
        }
        say("Importing the demo bundle " + syncId + ", as job " + job.asText());
        return job.asText();
    }

    private void progress(JsonNode job) {
        String step = job.path("step").asText("");
        String line = state(job) + (step.isEmpty() || step.equals("null") ? "" : ", " + step) + ": "
                + job.path("items_done").asLong() + " of "
                + job.path("items_total").asLong() + " items";
        if (!line.equals(last)) {
            last = line;
            say("  " + line);
        }
    }

    private int end(JsonNode job) {
        if (!JOB_ENDED.contains(state(job))) {
            say("The import has not ended within " + LIMIT.toMinutes() + " minutes: " + last
                    + ". What waits: GET /api/v1/work");
            return 1;
        }
        JsonNode batch = batch();
        say("The demo bundle " + syncId + " is " + state(batch) + ", " + Math.round((System.nanoTime() - start) / 1e9)
                + " s: " + tally(batch) + ".");
        if (state(batch).equals("imported")) {
            return 0;
        }
        say("  Why: " + batch.path("last_error").asText(job.path("last_error").asText("")) + " Each item: GET"
                + " /api/v1/import/batches/" + syncId + "/items");
        return 1;
    }

    private JsonNode batch() {
        return gateway.json("/api/v1/import/batches/" + syncId);
    }

    private static String state(JsonNode resource) {
        return resource.path("state").asText();
    }

    private static String tally(JsonNode batch) {
        StringBuilder line = new StringBuilder();
        batch.path("tally").properties().forEach(decision -> {
            if (decision.getValue().asLong() > 0) {
                line.append(line.isEmpty() ? "" : ", ")
                        .append(decision.getValue().asLong())
                        .append(' ')
                        .append(decision.getKey());
            }
        });
        return line.isEmpty() ? "no item decided" : line.toString();
    }

    private boolean within(Duration limit) {
        return System.nanoTime() - start < limit.toNanos();
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }
}
