package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Follows the events as a browser does, and loses its connection in the middle of whatever is being told. */
final class DroppingClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String key;
    private final Timer timer = new Timer(true);
    private final List<Event> events = new ArrayList<>();
    private String lastId = "";

    /** @param gateway who told it */
    record Event(String name, JsonNode data, String gateway) {}

    DroppingClient(String key) {
        this.key = key;
    }

    /**
     * Follows from where it was, until it has what it wants or its connection is dropped.
     *
     * @return false when the gateway did not answer
     */
    boolean follow(String gateway, Duration dropAfter, Predicate<List<Event>> satisfied) {
        // A client of its own, so that a drop is one of the connection.
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(gateway + "/api/v1/events?types=ledger,asset"))
                    .header("Authorization", "Bearer " + key)
                    .timeout(Duration.ofSeconds(10));
            if (!lastId.isEmpty()) {
                request.header("Last-Event-ID", lastId);
            }
            HttpResponse<InputStream> answer;
            try {
                answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            } catch (IOException nobody) {
                http.shutdownNow();
                return false;
            }
            if (answer.statusCode() != 200) {
                String said = body(answer);
                if (answer.statusCode() == 503) {
                    return false;
                }
                throw new AssertionError(answer.statusCode() + " after id " + lastId + ": " + said);
            }
            TimerTask drop = new TimerTask() {
                @Override
                public void run() {
                    http.shutdownNow();
                }
            };
            timer.schedule(drop, dropAfter.toMillis());
            try (InputStream body = answer.body()) {
                read(body, gateway, satisfied);
            } catch (IOException dropped) {
                // What was not whole is not kept: the next connection is told it again.
            }
            drop.cancel();
            http.shutdownNow();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String body(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            return new String(body.readAllBytes(), UTF_8);
        } catch (IOException gone) {
            return gone.toString();
        }
    }

    private void read(InputStream body, String gateway, Predicate<List<Event>> satisfied) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8));
        String id = lastId;
        String name = "message";
        String data = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                // Only now it is whole, as the standard has it: the id counts with its event.
                lastId = id;
                if (!data.isEmpty()) {
                    events.add(new Event(name, JSON.readTree(data), gateway));
                }
                if (satisfied.test(events)) {
                    return;
                }
                name = "message";
                data = "";
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            }
        }
    }

    String lastId() {
        return lastId;
    }

    List<Event> events() {
        return events;
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
