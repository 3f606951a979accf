package io.sluice.localstack.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.sluice.localstack.demo.ReferenceBundle;

/** What a person in front of the terminal reads, with a stand-in that answers as the REST API does. */
class DemoImportTest {

    private static final String BATCH = "/api/v1/import/batches/" + ReferenceBundle.SYNC_ID;
    private static final String JOBS = "/api/v1/import/jobs";

    private final Map<String, Deque<String>> answers = new ConcurrentHashMap<>();
    private final List<String> posted = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void progress_is_told_until_the_bundle_is_imported() {
        answers(
                BATCH,
                "404 {\"code\": \"not_found\"}",
                "200 {\"state\": \"waiting\", \"verdict\": \"not_released\", \"reason\": \"no sentinel\"}",
                "200 {\"state\": \"discovered\", \"verdict\": \"consumable\"}",
                "200 {\"state\": \"imported\", \"tally\": {\"created\": 89, \"failed\": 0}}");
        answers(JOBS, "202 {\"results\": [{\"job\": {\"id\": \"j1\"}}]}");
        answers(
                JOBS + "/j1",
                "200 {\"state\": \"queued\", \"step\": null, \"items_done\": 0, \"items_total\": 89}",
                "200 {\"state\": \"running\", \"step\": \"primaries\", \"items_done\": 21, \"items_total\": 89}",
                "200 {\"state\": \"running\", \"step\": \"covers\", \"items_done\": 60, \"items_total\": 89}",
                "200 {\"state\": \"done\", \"items_done\": 89, \"items_total\": 89}");
        StringWriter said = new StringWriter();

        int code = demo(said).untilEnded();

        assertThat(code).isZero();
        assertThat(posted).containsExactly("{\"batches\": [\"" + ReferenceBundle.SYNC_ID + "\"]}");
        assertThat(said.toString())
                .containsSubsequence(
                        "as job j1",
                        "queued: 0 of 89 items",
                        "running, primaries: 21 of 89 items",
                        "running, covers: 60 of 89 items",
                        "The demo bundle " + ReferenceBundle.SYNC_ID + " is imported, ",
                        "89 created.")
                .doesNotContain("0 failed");
    }

    @Test
    void a_bundle_of_an_earlier_start_is_not_queued_again() {
        answers(BATCH, "200 {\"state\": \"imported\", \"verdict\": \"consumable\", \"tally\": {\"created\": 89}}");
        StringWriter said = new StringWriter();

        assertThat(demo(said).untilEnded()).isZero();

        assertThat(posted).isEmpty();
        assertThat(said.toString()).contains("is imported since an earlier start: 89 created");
    }

    @Test
    void what_failed_is_told_with_its_reason() {
        answers(
                BATCH,
                "200 {\"state\": \"discovered\", \"verdict\": \"consumable\"}",
                "200 {\"state\": \"partial\", \"last_error\": \"one file is missing.\","
                        + " \"tally\": {\"created\": 88, \"failed\": 1}}");
        answers(JOBS, "202 {\"results\": [{\"job\": {\"id\": \"j2\"}}]}");
        answers(JOBS + "/j2", "200 {\"state\": \"done\"}");
        StringWriter said = new StringWriter();

        assertThat(demo(said).untilEnded()).isEqualTo(1);

        assertThat(said.toString()).contains("is partial", "88 created, 1 failed", "one file is missing.", BATCH);
    }

    private DemoImport demo(StringWriter said) {
        return new DemoImport(
                new Gateway(server.getAddress().getPort(), "key"), ReferenceBundle.SYNC_ID, new PrintWriter(said));
    }

    /** In turn; the last one again and again. */
    private void answers(String path, String... all) {
        answers.put(path, new ArrayDeque<>(List.of(all)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (exchange.getRequestMethod().equals("POST")) {
            posted.add(body);
        }
        Deque<String> left = answers.get(exchange.getRequestURI().getPath());
        String answer = left == null ? "404 {}" : left.size() > 1 ? left.removeFirst() : left.getFirst();
        byte[] json = answer.substring(4).getBytes(UTF_8);
        exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), json.length);
        exchange.getResponseBody().write(json);
        exchange.close();
    }
}
