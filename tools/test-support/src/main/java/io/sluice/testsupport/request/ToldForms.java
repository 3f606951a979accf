package io.sluice.testsupport.request;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;

import io.sluice.testsupport.request.RandomRequests.Operation;

/** Holds answers against the forms that an OpenAPI 3.1 document has for them, which are JSON Schema of 2020-12. */
final class ToldForms {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Answers of an operation are alike; looking into each takes longer than all the asking. */
    private static final int ALL_OF_THE_FIRST = 100;

    private static final int ONE_OF_THE_OTHERS = 10;

    private record Form(JsonSchema schema, AtomicInteger seen) {

        Form(JsonSchema schema) {
            this(schema, new AtomicInteger());
        }
    }

    private final JsonNode components;
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private final Map<String, Form> forms = new ConcurrentHashMap<>();

    ToldForms(JsonNode document) {
        components = document.get("components");
    }

    /** What is other than told, on one line; empty when nothing is, or no form is told for JSON. */
    String differences(Operation operation, int status, String contentType, String body) {
        String type = contentType.replaceFirst(";.*", "").strip();
        JsonNode told = operation
                .told()
                .path("responses")
                .path(Integer.toString(status))
                .path("content")
                .path(type)
                .path("schema");
        if (told.isMissingNode() || !type.endsWith("json")) {
            return "";
        }
        Form form = forms.computeIfAbsent(operation.name() + status + type, first -> new Form(schema(told)));
        int seen = form.seen().incrementAndGet();
        if (seen > ALL_OF_THE_FIRST && seen % ONE_OF_THE_OTHERS != 0) {
            return "";
        }
        try {
            Set<ValidationMessage> messages = form.schema().validate(JSON.readTree(body));
            return messages.stream().map(ValidationMessage::getMessage).collect(Collectors.joining("; "));
        } catch (JsonProcessingException broken) {
            return broken.getOriginalMessage();
        }
    }

    private JsonSchema schema(JsonNode told) {
        ObjectNode root = told.deepCopy();
        root.set("components", components);
        return factory.getSchema(root);
    }
}
