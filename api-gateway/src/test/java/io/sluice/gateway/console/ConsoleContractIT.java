package io.sluice.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.testsupport.SluiceInfra;

/** Every field that the console reads is one that the served contract has, of the same kind. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class ConsoleContractIT {

    private static final Path TYPES = Path.of("src/main/resources/web/app/types.ts");
    private static final Pattern INTERFACE =
            Pattern.compile("export interface (\\w+)(<T>)?[^{]*\\{\n(.*?)\n}", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("^  (\\w+)\\??: (.+)$", Pattern.MULTILINE);

    /** Called otherwise in the contract; a page stands for all lists. */
    private static final Map<String, String> CALLED =
            Map.of("Page", "AssetPageRepresentation", "DeadLetterLine", "Line");

    @Test
    void whatTheConsoleReadsIsServed() throws IOException {
        JsonNode schemas = Rest.anonymous().get("/q/openapi?format=json").json().at("/components/schemas");
        List<String> wrong = new ArrayList<>();
        int read = 0;
        Matcher types = INTERFACE.matcher(Files.readString(TYPES));
        while (types.find()) {
            String name = types.group(1);
            JsonNode schema = schemaOf(schemas, name);
            Matcher fields = FIELD.matcher(types.group(3));
            while (fields.find()) {
                JsonNode served = schema.path("properties").path(fields.group(1));
                String kind = kindOf(schemas, served);
                if (!kind.equals(kindOf(fields.group(2)))) {
                    wrong.add(name + "." + fields.group(1) + " is read as " + kindOf(fields.group(2)) + ", served as "
                            + kind);
                }
                read++;
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(read).as("fields that were compared").isGreaterThan(150);
    }

    private static JsonNode schemaOf(JsonNode schemas, String name) {
        return Stream.of(CALLED.getOrDefault(name, ""), name + "Representation", name)
                .filter(schemas::has)
                .map(schemas::get)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("types.ts has " + name + ", the contract has nothing of that name"));
    }

    private static String kindOf(JsonNode schemas, JsonNode served) {
        if (served.isMissingNode()) {
            return "nothing";
        }
        if (served.has("$ref")) {
            return kindOf(schemas, schemas.get(served.get("$ref").asText().replaceFirst(".*/", "")));
        }
        if (served.has("anyOf")) {
            // Something, or null.
            return kindOf(schemas, served.get("anyOf").get(0));
        }
        JsonNode told = served.path("type");
        String type = (told.isArray() ? told.get(0) : told).asText();
        return type.equals("integer") ? "number" : type;
    }

    private static String kindOf(String type) {
        String bare = type.replaceAll(" \\| null|;$", "").replaceAll(";? *//.*", "");
        if (bare.endsWith("[]")) {
            return "array";
        }
        return switch (bare) {
            case "string", "number", "boolean" -> bare;
            default -> bare.startsWith("'") ? "string" : "object";
        };
    }
}
