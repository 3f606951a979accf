package io.sluice.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** The shape of everything that goes wrong. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class ProblemsIT {

    private final Rest rest = Rest.withKey(World.bootstrapKey());

    @BeforeEach
    void emptyWorld() {
        World.empty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /api/v1/nothing,                    404, not_found",
        "GET,    /api/v2/assets,                     404, not_found",
        "GET,    /api,                               404, not_found",
        "GET,    /api/v1/assets/short,               400, invalid_request",
        "DELETE, /api/v1/assets,                     405, method_not_allowed",
        "PATCH,  /api/v1/libraries,                  405, method_not_allowed",
        "GET,    /api/v1/operations/nonsense,        404, not_found",
        "DELETE, /api/v1/api-keys/nothing,           404, not_found",
        "GET,    /api/v1/dead-letters?cursor=%25%25, 400, invalid_request",
        "GET,    /api/v1/dead-letters?cursor=AAAA,   400, invalid_request"
    })
    void everyFailureIsAProblem(String method, String path, int status, String code) {
        Rest.Answer answer = rest.send(method, path, null);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.get("code").asText()).isEqualTo(code);
        assertThat(problem.get("type").asText()).isEqualTo("urn:sluice:problem:" + code);
        assertThat(problem.get("title").asText()).isNotBlank();
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("detail").asText()).endsWith(".");
        assertThat(problem.get("instance").asText()).isEqualTo(path.replaceFirst("[?].*", ""));
        assertThat(problem.get("trace_id").asText()).matches("[0-9a-f]{32}").isEqualTo(answer.header("Trace-Id"));
    }

    @Test
    void wrongFieldsArePointedAt() {
        JsonNode problem = rest.post("/api/v1/api-keys", "{\"name\":\" \",\"role\":\"king\"}")
                .json();
        assertThat(problem.get("status").asInt()).isEqualTo(400);
        assertThat(problem.get("errors").findValuesAsText("pointer")).containsExactlyInAnyOrder("/name", "/role");
        assertThat(problem.get("errors").findValuesAsText("detail"))
                .containsExactlyInAnyOrder("Give the key a name.", "One of viewer, operator, admin.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"text\"",
                "{\"knd\":\"full\"}",
                "{\"kind\":{}}",
                "{\"kind\":\"slow\"}",
                "{}"
            })
    void bodiesThatAreNoneAreRefusedWithReason(String body) {
        Rest.Answer answer = rest.post("/api/v1/libraries/" + World.PICTURES + "/scans", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("code").asText()).isEqualTo("invalid_request");
        assertThat(answer.json().get("detail").asText()).isNotBlank().doesNotContain("io.sluice");
    }

    @Test
    void anotherMediaTypeIsRefused() {
        Rest.Answer answer = rest.header("Content-Type", "text/plain").send("POST", "/api/v1/session", "key");
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.json().get("code").asText()).isEqualTo("media_type_refused");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        assertThat(rest.post("/api/v1/session", "{\"key\":\"" + "x".repeat(2_000_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../../etc/passwd",
                "/api/v1/../../../../etc/passwd",
                "/static/../../application.properties",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/static/bundle/..%2f..%2fapplication.properties",
                "/application.properties",
                "/META-INF/MANIFEST.MF",
                "/db/migration/V0100__gateway.sql",
                "/..\\..\\etc/passwd",
                "//etc/passwd",
                "/\0"
            })
    void pathsOfTheServersOwnFilesGiveNothing(String path) throws IOException {
        String answer = Rest.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .doesNotContain("root:x:")
                .doesNotContain("quarkus.")
                .doesNotContain("CREATE TABLE")
                .doesNotContain("Manifest-Version");
        assertThat(answer).matches("(?s)HTTP/1.1 (400|404|200) .*");
        assertThat(answer).as("never a defect").doesNotContain("HTTP/1.1 5");
    }

    @Test
    void aBrowserIsFencedIn() {
        Rest.Answer page = Rest.anonymous().get("/");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
    }
}
