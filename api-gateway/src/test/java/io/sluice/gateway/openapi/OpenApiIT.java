package io.sluice.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** The contract that the gateway serves, and what operators look at. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class OpenApiIT {

    @Test
    void everyOperationSaysWhoMayAskAndHowItFails() {
        JsonNode document = Rest.anonymous().get("/q/openapi?format=json").json();
        assertThat(document.at("/components/securitySchemes/key/scheme").asText())
                .isEqualTo("bearer");
        assertThat(document.at("/components/securitySchemes/session/in").asText())
                .isEqualTo("cookie");
        assertThat(document.at("/components/schemas/Problem/properties").has("trace_id"))
                .isTrue();
        List<String> wrong = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    String name = operation.getKey() + " " + path.getKey();
                    JsonNode told = operation.getValue();
                    if (!told.hasNonNull("responses")) {
                        return;
                    }
                    if (told.path("summary").asText().isBlank()) {
                        wrong.add(name + " has no summary");
                    }
                    for (String status : List.of("400", "401", "406", "429", "503")) {
                        String shared = told.at("/responses/" + status + "/$ref")
                                .asText()
                                .replaceFirst("#/components/responses/", "");
                        if (document.at("/components/responses/" + shared
                                        + "/content/application~1problem+json/example/code")
                                .isMissingNode()) {
                            wrong.add(name + " does not show its problem " + status);
                        }
                    }
                    if (!told.path("x-sluice-role").asText().equals("anyone")
                            && told.path("security").size() < 2) {
                        wrong.add(name + " does not say who may ask: " + told.path("security"));
                    }
                }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyValueHasAnExampleAndEveryAnswerAForm() {
        JsonNode document = Rest.anonymous().get("/q/openapi?format=json").json();
        List<String> wrong = new ArrayList<>();
        document.at("/components/schemas").properties().forEach(schema -> schema.getValue()
                .path("properties")
                .properties()
                .forEach(property -> {
                    JsonNode told = property.getValue();
                    JsonNode type = told.path("type");
                    if (List.of("string", "integer", "number").contains((type.isArray() ? type.get(0) : type).asText())
                            && !told.has("examples")
                            && !told.has("enum")) {
                        wrong.add(schema.getKey() + "." + property.getKey() + " has no example");
                    }
                }));
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> operation
                        .getValue()
                        .path("responses")
                        .properties()
                        .forEach(response -> response.getValue()
                                .path("content")
                                .properties()
                                .forEach(type -> {
                                    if (type.getValue().path("schema").isEmpty()) {
                                        wrong.add(operation.getKey() + " " + path.getKey() + " " + response.getKey()
                                                + " " + type.getKey() + " has no form");
                                    }
                                }))));
        assertThat(wrong).isEmpty();
    }

    @Test
    void namesAreThoseOfTheJson() {
        JsonNode asset = Rest.anonymous()
                .get("/q/openapi?format=json")
                .json()
                .at("/components/schemas/AssetRepresentation/properties");
        assertThat(asset.has("content_hash")).isTrue();
        assertThat(asset.has("contentHash")).isFalse();
        assertThat(asset.at("/content_hash/examples/0").asText()).hasSize(64);
    }

    @Test
    void healthAndMetersAreThere() {
        World.empty();
        assertThat(Rest.anonymous().get("/q/health/ready").text()).contains("library roots");
        assertThat(Rest.anonymous().get("/q/health/live").text()).contains("library topic reader");
        assertThat(Rest.anonymous().get("/q/metrics").text())
                .contains("sluice_gateway_libraries_known")
                .contains("sluice_gateway_library_records_total");
    }
}
