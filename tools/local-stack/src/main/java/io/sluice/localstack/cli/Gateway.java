package io.sluice.localstack.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.sluice.localstack.ProcessRecord;
import io.sluice.localstack.StackException;
import io.sluice.localstack.StackFolder;

/** The REST API of a running stack, as its operator. */
final class Gateway {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MESSAGE_CHARACTERS = 400;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final int port;
    private final String key;

    Gateway(int port, String key) {
        this.port = port;
        this.key = key;
    }

    static Gateway of(StackFolder folder) {
        int port = ProcessRecord.read(folder).stream()
                .filter(process -> process.name().equals("gateway-0"))
                .findFirst()
                .map(ProcessRecord::port)
                .orElseThrow(() ->
                        new StackException("No stack was started in " + folder.root() + ". Start one: ./sluice up"));
        return new Gateway(port, folder.operatorKey());
    }

    /** As a person types it. */
    String url() {
        return "http://localhost:" + port;
    }

    JsonNode json(String path) {
        try (InputStream body = get(path, "application/json")) {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new StackException("The gateway's answer to " + path + " cannot be read: " + e, e);
        }
    }

    /** The body as it comes; to be closed. */
    InputStream get(String path, String accept) {
        return send(path, request(path, accept).build());
    }

    /** Asks for something; the answer to what was accepted. */
    JsonNode post(String path, String json) {
        HttpRequest request = request(path, "application/json")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        try (InputStream body = send(path, request)) {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new StackException("The gateway's answer to " + path + " cannot be read: " + e, e);
        }
    }

    private HttpRequest.Builder request(String path, String accept) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + key)
                .header("Accept", accept);
    }

    private InputStream send(String path, HttpRequest request) {
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() / 100 == 2) {
                return answer.body();
            }
            try (InputStream body = answer.body()) {
                String text = new String(body.readNBytes(MESSAGE_CHARACTERS), StandardCharsets.UTF_8);
                throw new StackException("The gateway answers " + answer.statusCode() + " to " + path + ": " + text);
            }
        } catch (IOException e) {
            throw new StackException("No gateway answers on port " + port + ". Is it running? ./sluice status", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while asking the gateway", e);
        }
    }
}
