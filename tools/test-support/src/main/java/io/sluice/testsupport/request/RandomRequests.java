package io.sluice.testsupport.request;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Requests as the OpenAPI document allows them, nearly allows them, and as nobody would send them. */
final class RandomRequests {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What has broken servers before. */
    private static final List<String> NASTY = List.of(
            "",
            " ",
            "'",
            "\"",
            "%",
            "\\",
            "../..",
            "\u0000",
            "null",
            "-1",
            "0",
            "1e308",
            "99999999999999999999",
            "NaN",
            "2024-02-30T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "\ud83c\udf05",
            "\ud800",
            "a".repeat(3000),
            "' OR 1=1 --",
            "<script>",
            "${jndi:x}",
            "AND OR NOT (",
            "title:\"",
            "[a TO",
            "*?~^",
            "e30",
            "eyJ2IjoxfQ",
            "\r\nX: y");

    private static final List<String> ACCEPT =
            List.of("*/*", "application/json", "text/plain", "image/*;q=0.1", "nonsense");
    private static final List<String> RANGES =
            List.of("bytes=0-9", "bytes=-5", "bytes=9-2", "bytes=999999-", "lines=1");

    /** An operation of the document. */
    record Operation(String method, String path, JsonNode told) {

        String name() {
            return method + " " + path;
        }

        boolean streams() {
            return told.at("/responses/200/content").has("text/event-stream");
        }
    }

    record Asked(
            Operation operation,
            String path,
            Map<String, String> headers,
            @Nullable String body) {}

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, List<String>> known;
    private final Random random;

    /** @param known values that are there, by parameter */
    RandomRequests(JsonNode document, Map<String, List<String>> known, Random random) {
        this.document = document;
        this.known = known;
        this.random = random;
        document.get("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation -> operation.getValue().hasNonNull("responses"))
                .forEach(operation -> operations.add(new Operation(
                        operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()))));
    }

    Asked next() {
        Operation operation = operations.get(random.nextInt(operations.size()));
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        Map<String, String> headers = new HashMap<>();
        for (JsonNode parameter : operation.told().path("parameters")) {
            String name = parameter.get("name").asText();
            switch (parameter.get("in").asText()) {
                case "path" -> {
                    String value = encode(valueOf(name, parameter.path("schema")));
                    // A dot segment is the client's business: it never leaves it.
                    path = path.replace("{" + name + "}", value.isEmpty() || value.matches("\\.+") ? "x" : value);
                }
                case "query" -> {
                    if (random.nextInt(10) < 4) {
                        query.append(query.isEmpty() ? '?' : '&')
                                .append(name)
                                .append('=')
                                .append(encode(valueOf(name, parameter.path("schema"))));
                    }
                }
                default -> {
                    if (random.nextBoolean()) {
                        headers.put(name, printable(valueOf(name, parameter.path("schema"))));
                    }
                }
            }
        }
        conditions(operation, headers);
        return new Asked(operation, path + query, headers, body(operation, headers));
    }

    /** Every parameter of every operation once with each of what has broken servers; the others are as they should be. */
    List<Asked> everyNastyValueOnce() {
        List<Asked> all = new ArrayList<>();
        for (Operation operation : operations) {
            for (JsonNode nasty : operation.told().path("parameters")) {
                if (!nasty.get("in").asText().equals("header")) {
                    NASTY.stream()
                            .map(value -> value.replace("\ud800", ""))
                            .forEach(value ->
                                    all.add(with(operation, nasty.get("name").asText(), value)));
                }
            }
        }
        return all;
    }

    private Asked with(Operation operation, String nasty, String value) {
        String path = operation.path();
        String query = "";
        for (JsonNode parameter : operation.told().path("parameters")) {
            String name = parameter.get("name").asText();
            boolean itIs = name.equals(nasty);
            if (parameter.get("in").asText().equals("path")) {
                String there = itIs ? value : any(known.getOrDefault(name, List.of("x")));
                path = path.replace("{" + name + "}", there.isEmpty() || there.matches("\\.+") ? "x" : encode(there));
            } else if (itIs) {
                query = "?" + name + "=" + encode(value);
            }
        }
        Map<String, String> headers = new HashMap<>();
        return new Asked(operation, path + query, headers, body(operation, headers));
    }

    private void conditions(Operation operation, Map<String, String> headers) {
        if (random.nextInt(5) == 0) {
            headers.put("Accept", any(ACCEPT));
        }
        if (operation.told().path("responses").has("206") && random.nextBoolean()) {
            headers.put("Range", any(RANGES));
        }
        if (operation.told().path("responses").has("304") && random.nextInt(4) == 0) {
            headers.put(
                    random.nextBoolean() ? "If-None-Match" : "If-Match", any(List.of("*", "\"x\"", "W/\"x\"", "x")));
        }
    }

    private @Nullable String body(Operation operation, Map<String, String> headers) {
        JsonNode content = operation.told().at("/requestBody/content/application~1json/schema");
        if (content.isMissingNode()) {
            return null;
        }
        headers.put("Content-Type", random.nextInt(20) == 0 ? "text/csv" : "application/json");
        return switch (random.nextInt(10)) {
            case 0 -> any(NASTY).replace("\ud800", "");
            case 1 -> "[" + like(content, 0) + "]";
            case 2 -> like(content, 0).toString().replaceFirst("[:,}]", any(List.of("}", ",", "\u0001", "")));
            default -> like(content, 0).toString();
        };
    }

    /** A value of the schema, or now and then one of another type. */
    private JsonNode like(JsonNode named, int depth) {
        JsonNode schema = resolved(named);
        if (random.nextInt(12) == 0) {
            return any(List.<JsonNode>of(
                    NODES.nullNode(),
                    NODES.textNode(any(NASTY).replace("\ud800", "")),
                    NODES.numberNode(-1),
                    NODES.arrayNode()));
        }
        return switch (typeOf(schema)) {
            case "object" -> {
                ObjectNode object = NODES.objectNode();
                schema.path("properties").properties().forEach(property -> {
                    if (random.nextInt(4) > 0) {
                        object.set(property.getKey(), like(property.getValue(), depth + 1));
                    }
                });
                yield object;
            }
            case "array" -> {
                ArrayNode array = NODES.arrayNode();
                for (int i = random.nextInt(4); i > 0 && depth < 4; i--) {
                    array.add(like(schema.path("items"), depth + 1));
                }
                yield array;
            }
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "integer", "number" -> NODES.numberNode(random.nextInt(2000) - 500);
            default -> NODES.textNode(textOf(schema));
        };
    }

    private String valueOf(String name, JsonNode schema) {
        List<String> there = known.getOrDefault(name, List.of());
        int dice = random.nextInt(10);
        if (dice < 5 && !there.isEmpty()) {
            return any(there);
        }
        return dice < 8 ? textOf(resolved(schema)) : any(NASTY).replace("\ud800", "");
    }

    private String textOf(JsonNode schema) {
        if (schema.has("enum")) {
            return any(StreamSupport.stream(schema.get("enum").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList());
        }
        return switch (typeOf(schema)) {
            case "integer", "number" -> Integer.toString(random.nextInt(700) - 50);
            case "boolean" -> Boolean.toString(random.nextBoolean());
            default ->
                schema.has("examples") && random.nextBoolean()
                        ? schema.get("examples").get(0).asText()
                        : Long.toHexString(random.nextLong());
        };
    }

    private JsonNode resolved(JsonNode schema) {
        JsonNode found = schema;
        while (found.has("$ref")) {
            found = document.at(found.get("$ref").asText().substring(1));
        }
        return found.has("anyOf") ? resolved(found.get("anyOf").get(0)) : found;
    }

    private static String typeOf(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.get(0).asText() : type.asText("string");
    }

    private static String printable(String value) {
        return value.replaceAll("[^ -~]", "");
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
