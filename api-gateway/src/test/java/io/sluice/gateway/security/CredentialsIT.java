package io.sluice.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** What is no credential, or none any more. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class CredentialsIT {

    @Inject
    ApiKeys keys;

    @Inject
    Sessions sessions;

    @BeforeEach
    void emptyWorld() {
        World.empty();
    }

    @Test
    void credentialsThatAreNoneAreNobody() {
        String viewer = issue("viewer").secret().text();
        for (Rest stranger : List.of(
                Rest.withKey("slk_" + "A".repeat(43)),
                Rest.withKey(""),
                Rest.withKey(viewer + "x"),
                Rest.withKey(viewer.substring(1)),
                Rest.withCookie("nonsense"),
                Rest.anonymous().header("Authorization", viewer + "?"),
                Rest.anonymous().header("Authorization", "Basic " + viewer),
                Rest.anonymous().header("Authorization", "Bearer " + "x".repeat(4000)))) {
            Rest.Answer answer = stranger.get("/api/v1/assets");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
            assertThat(answer.json().get("code").asText()).isEqualTo("unauthenticated");
            assertThat(answer.text()).doesNotContain(viewer);
        }
    }

    @Test
    void aGuessedCsrfTokenIsNone() {
        Rest browser =
                Rest.withCookie(sessions.begin(issue("page").secret()).token().text());
        Rest.Answer answer = browser.header("X-Sluice-CSRF", "guessed").delete("/api/v1/session");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().get("code").asText()).isEqualTo("csrf_required");
        assertThat(browser.get("/api/v1/session").status()).isEqualTo(200);
    }

    @Test
    void aRevokedKeyIsNobodyAtOnceAndSoAreItsSessions() {
        ApiKeys.Issued issued = issue("short-lived");
        Rest program = Rest.withKey(issued.secret().text());
        Rest browser = Rest.withCookie(sessions.begin(issued.secret()).token().text());
        assertThat(browser.get("/api/v1/assets").status()).isEqualTo(200);
        Rest admin = Rest.withKey(World.bootstrapKey());
        assertThat(admin.delete("/api/v1/api-keys/" + issued.key().id()).status())
                .isEqualTo(204);
        assertThat(program.get("/api/v1/assets").status()).isEqualTo(401);
        assertThat(browser.get("/api/v1/assets").status()).isEqualTo(401);
    }

    private ApiKeys.Issued issue(String name) {
        return keys.issue(name + " " + System.nanoTime(), Role.VIEWER);
    }
}
