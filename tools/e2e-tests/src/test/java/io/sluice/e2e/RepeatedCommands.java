package io.sluice.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A caller that never learns whether it was heard: sends each command several times with one key, side by side and through
 * several gateways, and goes on until each sending has an answer that is one.
 */
final class RepeatedCommands {

    /** What one sending was answered in the end. */
    record Answer(int status, String location, String body) {}

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final List<String> gateways;
    private final String apiKey;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();

    RepeatedCommands(List<String> gateways, String apiKey) {
        this.gateways = gateways;
        this.apiKey = apiKey;
    }

    /** How often a command was sent and answered, and how often it was sent into silence. */
    int sent() {
        return sent.get();
    }

    int unanswered() {
        return unanswered.get();
    }

    /** One command, that many times at once; the answers in no order. */
    List<Answer> send(String key, String path, String json, int times, Random random) throws Exception {
        List<Future<Answer>> sendings = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < times; i++) {
                int gateway = random.nextInt(gateways.size());
                int late = random.nextInt(300);
                sendings.add(callers.submit(() -> {
                    Thread.sleep(late);
                    return untilAnswered(key, path, json, gateway);
                }));
            }
        }
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> sending : sendings) {
            answers.add(sending.get());
        }
        return answers;
    }

    private Answer untilAnswered(String key, String path, String json, int gateway) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        String last = "";
        for (int i = gateway; Instant.now().isBefore(end); i++) {
            try {
                HttpResponse<byte[]> answer = http.send(
                        HttpRequest.newBuilder(URI.create(gateways.get(i % gateways.size()) + path))
                                .timeout(Duration.ofSeconds(20))
                                .header("Authorization", "Bearer " + apiKey)
                                .header("Idempotency-Key", key)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                String body = new String(answer.body(), StandardCharsets.UTF_8);
                if (answer.statusCode() < 500) {
                    sent.incrementAndGet();
                    return new Answer(
                            answer.statusCode(),
                            answer.headers()
                                    .firstValue("Location")
                                    .map(location -> URI.create(location).getPath())
                                    .orElse(""),
                            body);
                }
                last = answer.statusCode() + " " + body;
                if (answer.statusCode() == 500) {
                    throw new IllegalStateException("A defect, whoever was killed: " + path + ": " + last);
                }
            } catch (IOException silence) {
                last = silence.toString();
            }
            unanswered.incrementAndGet();
            Thread.sleep(150);
        }
        throw new IllegalStateException("No answer to " + path + ": " + last);
    }
}
