package io.sluice.gateway.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads server-sent events as the standard says, and remembers the last id. */
public final class EventClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final InputStream body;
    private volatile String lastId = "";
    private volatile int comments;
    private volatile boolean open = true;

    /** @param name reset, or the type */
    public record Event(String id, String name, JsonNode data) {}

    private EventClient(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new AssertionError(
                        response.statusCode() + " " + new String(response.body().readAllBytes(), UTF_8));
            }
            body = response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    /** Connects with one header, and waits until the stream has begun. */
    public static EventClient open(String query, String... headers) {
        return new EventClient(HttpRequest.newBuilder(URI.create(Rest.url() + "/api/v1/events" + query))
                .headers(headers)
                .header("Accept", "text/event-stream")
                .timeout(Duration.ofSeconds(20))
                .build());
    }

    /** Waits until the gateway follows its topics. */
    public static void awaitReady() {
        Awaitility.await("events can be followed")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> open("", "Authorization", "Bearer " + World.bootstrapKey())
                        .close());
    }

    public List<Event> events() {
        return List.copyOf(events);
    }

    public List<Event> await(int count) {
        Awaitility.await("events").atMost(Duration.ofSeconds(20)).until(() -> events.size() >= count);
        return events();
    }

    /** The id that the stream began with, or a later one. */
    public String awaitPlace() {
        Awaitility.await("a place").atMost(Duration.ofSeconds(10)).until(() -> !lastId.isEmpty());
        return lastId;
    }

    public String lastId() {
        return lastId;
    }

    public int comments() {
        return comments;
    }

    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
            String name = "message";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        events.add(new Event(lastId, name, JSON.readTree(data)));
                    }
                    name = "message";
                    data = "";
                } else if (line.startsWith(":")) {
                    comments = comments + 1;
                } else if (line.startsWith("id: ")) {
                    lastId = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                }
            }
        } catch (IOException gone) {
            // The connection was cut, which isOpen says.
        } finally {
            open = false;
        }
    }
}
