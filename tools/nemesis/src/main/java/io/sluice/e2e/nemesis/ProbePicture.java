package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalDouble;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/** A picture that comes while something is wrong: once it is shown and found, all stages of its way go on. */
final class ProbePicture {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final long POLL_MILLIS = 200;

    private final Stage stage;
    private final Workload workload;
    private final String name;
    private @Nullable String hash;

    ProbePicture(Stage stage, Workload workload, int number) {
        this.stage = stage;
        this.workload = workload;
        this.name = "probe%05d".formatted(number);
    }

    /** Puts it there, if its mount is and it is not there yet. */
    void put() throws IOException {
        if (hash == null) {
            byte[] picture = workload.put("probes/" + name + ".jpg");
            hash = picture == null ? null : Oracle.hash(picture);
        }
    }

    /** Waits; how many seconds it took from now on, or nothing when it took too long. */
    OptionalDouble awaitShown() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < LIMIT.toNanos()) {
            put();
            if (isShown()) {
                return OptionalDouble.of((System.nanoTime() - start) / 1e9);
            }
            Thread.sleep(POLL_MILLIS);
        }
        return OptionalDouble.empty();
    }

    private boolean isShown() {
        try {
            HttpResponse<byte[]> thumbnail = stage.client().bytes("/api/v1/assets/" + hash + "/renditions/thumbnail");
            if (hash == null || thumbnail.statusCode() != 200) {
                return false;
            }
            for (JsonNode hit :
                    stage.client().get("/api/v1/search?mode=text&q=" + name).get("items")) {
                if (hit.get("content_hash").asText().equals(hash)) {
                    return true;
                }
            }
            return false;
        } catch (RuntimeException notYet) {
            return false;
        }
    }
}
