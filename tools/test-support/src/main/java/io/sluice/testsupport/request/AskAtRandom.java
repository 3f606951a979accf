package io.sluice.testsupport.request;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.testsupport.request.RandomRequests.Asked;
import io.sluice.testsupport.request.RandomRequests.Operation;

/**
 * Sends random requests and keeps what is wrong with their answers: a 5xx, a status that the document does not tell of, a
 * refusal that is not a problem, JSON of another form than told, an answer that breaks off or takes longer than 10 s.
 */
public final class AskAtRandom {

    private static final int CALLERS = 4;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Commands are few for one caller: each gets a new key after this many. */
    private static final int REQUESTS_OF_A_KEY = 400;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String url;
    private final JsonNode document;
    private final Map<String, List<String>> known;
    private final Supplier<String> newKey;
    private final ToldForms forms;
    private final Map<String, String> wrong = new ConcurrentHashMap<>();
    private final AtomicInteger answered = new AtomicInteger();

    /**
     * @param url of the server, without a slash at its end
     * @param document its OpenAPI document
     * @param known values that are there, by parameter
     * @param newKey of somebody who may do everything
     */
    public AskAtRandom(String url, JsonNode document, Map<String, List<String>> known, Supplier<String> newKey) {
        this.url = url;
        this.document = document;
        this.forms = new ToldForms(document);
        this.known = known;
        this.newKey = newKey;
    }

    /** Returns when so many have been asked, by several callers at once; the same seed asks the same. */
    public void ask(int requests, long seed) throws InterruptedException, ExecutionException {
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<? extends Future<?>> running = IntStream.range(0, CALLERS)
                    .mapToObj(caller -> new RandomRequests(document, known, new Random(seed + caller)))
                    .map(random -> callers.submit(() -> {
                        ask(random::next, requests / CALLERS);
                        return null;
                    }))
                    .toList();
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    /** Asks with every value that has broken servers in every parameter; how many that were. */
    public int askNastily(long seed) throws InterruptedException, ExecutionException {
        List<Asked> all = new RandomRequests(document, known, new Random(seed)).everyNastyValueOnce();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<? extends Future<?>> running = IntStream.range(0, CALLERS)
                    .mapToObj(caller -> callers.submit(() -> {
                        List<Asked> its = IntStream.range(0, all.size())
                                .filter(at -> at % CALLERS == caller)
                                .mapToObj(all::get)
                                .toList();
                        ask(its.iterator()::next, its.size());
                        return null;
                    }))
                    .toList();
            for (Future<?> one : running) {
                one.get();
            }
        }
        return all.size();
    }

    /** What was wrong, with the first request that showed it. */
    public Map<String, String> wrong() {
        return Map.copyOf(wrong);
    }

    /** How many were answered whole. */
    public int answered() {
        return answered.get();
    }

    private void ask(Supplier<Asked> requests, int count) throws InterruptedException {
        String key = "";
        for (int i = 0; i < count; i++) {
            if (i % REQUESTS_OF_A_KEY == 0) {
                key = newKey.get();
            }
            send(requests.get(), key);
        }
    }

    private void send(Asked asked, String key) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + asked.path()))
                .timeout(LONGEST)
                .method(
                        asked.operation().method(),
                        asked.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(asked.body()))
                .header("Authorization", "Bearer " + key);
        asked.headers().forEach(request::header);
        long start = System.nanoTime();
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                // A stream of events has no end: its head is the answer.
                boolean endless = asked.operation().streams() && answer.statusCode() == 200;
                judge(asked, answer, endless ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                wrong.putIfAbsent(asked.operation().name() + " takes too long", cut(asked.toString()));
            }
            answered.incrementAndGet();
        } catch (IOException broken) {
            wrong.putIfAbsent(asked.operation().name() + " breaks off", broken + ": " + cut(asked.toString()));
        }
    }

    private void judge(Asked asked, HttpResponse<InputStream> answer, String body) {
        Operation operation = asked.operation();
        int status = answer.statusCode();
        String seen = operation.name() + " answers " + status;
        String to = cut(body) + " to " + cut(asked.path()) + " with " + cut(String.valueOf(asked.body()));
        if (status >= 500 && !isMadeOnceMore(asked, answer)) {
            wrong.putIfAbsent(seen, to);
        } else if (!operation.told().path("responses").has(Integer.toString(status))) {
            wrong.putIfAbsent(seen + ", which is not documented", to);
        } else if (status >= 400
                && !operation.method().equals("HEAD")
                && !(answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")
                        && body.contains("\"code\":"))) {
            wrong.putIfAbsent(seen + " without a problem", to);
        } else if (!body.isEmpty()) {
            String differences = forms.differences(
                    operation,
                    status,
                    answer.headers().firstValue("Content-Type").orElse(""),
                    body);
            if (!differences.isEmpty()) {
                wrong.putIfAbsent(seen + " in another form than told", cut(differences) + " in " + to);
            }
        }
    }

    /** A stream that a random redo has begun anew is asked for again when Retry-After says. */
    private static boolean isMadeOnceMore(Asked asked, HttpResponse<InputStream> answer) {
        return asked.operation().path().endsWith("/hls/{path}")
                && answer.statusCode() == 503
                && answer.headers().firstValue("Retry-After").isPresent();
    }

    private static String cut(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
