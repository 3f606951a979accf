package io.sluice.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Logging in and out, as the console does. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class SessionIT {

    @Inject
    ApiKeys keys;

    @BeforeEach
    void emptyWorld() {
        World.empty();
    }

    @Test
    void aLogInGivesACookieThatLastsUntilTheLogOut() {
        Rest.Answer login = logIn(Rest.anonymous(), World.bootstrapKey());
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.header("Set-Cookie"))
                .startsWith("sluice_session=")
                .contains("HttpOnly")
                .containsIgnoringCase("SameSite=Strict")
                .contains("Path=/")
                .contains("Max-Age=43200");
        assertThat(login.header("Cache-Control")).isEqualTo("no-store");
        JsonNode told = login.json();
        assertThat(told.get("role").asText()).isEqualTo("admin");
        assertThat(told.get("key_name").asText()).isEqualTo("bootstrap");

        Rest browser = Rest.withCookie(token(login));
        assertThat(browser.get("/api/v1/assets").status()).isEqualTo(200);
        assertThat(browser.get("/api/v1/session").json().get("csrf_token").asText())
                .as("a page that is loaded again gets the same token")
                .isEqualTo(told.get("csrf_token").asText());

        Rest page = browser.header("X-Sluice-CSRF", told.get("csrf_token").asText());
        assertThat(page.delete("/api/v1/session").status()).isEqualTo(204);
        assertThat(page.get("/api/v1/assets").status()).isEqualTo(401);
        assertThat(page.get("/api/v1/session").status()).isEqualTo(401);
    }

    @Test
    void onlyHashesAreInTheDatabase() {
        String token = token(logIn(Rest.anonymous(), World.bootstrapKey()));
        assertThat(SluiceInfra.database()
                        .number("SELECT COUNT(*) FROM console_session WHERE token_hash = UNHEX(SHA2(?, 256))", token))
                .isEqualTo(1);
        assertThat(SluiceInfra.database()
                        .number(
                                "SELECT COUNT(*) FROM api_key WHERE key_hash = UNHEX(SHA2(?, 256))",
                                World.bootstrapKey()))
                .isEqualTo(1);
    }

    @Test
    void aSessionSlidesAndEnds() {
        String token = token(logIn(Rest.anonymous(), World.bootstrapKey()));
        Rest browser = Rest.withCookie(token);
        String expire = "UPDATE console_session SET expires_at = ? WHERE token_hash = UNHEX(SHA2(?, 256))";
        SluiceInfra.database().execute(expire, utc(Instant.now().plusSeconds(3600)), token);
        Instant end = Instant.parse(
                browser.get("/api/v1/session").json().get("expires_at").asText());
        assertThat(Duration.between(Instant.now(), end)).isGreaterThan(Duration.ofHours(11));
        SluiceInfra.database().execute(expire, utc(Instant.now().minusSeconds(1)), token);
        assertThat(browser.get("/api/v1/session").status()).isEqualTo(401);
    }

    @Test
    void aWrongKeyIsToldSoAndTooManyAreSlowedDown() {
        Rest elsewhere = Rest.from("127.0.0.77");
        for (int i = 0; i < 5; i++) {
            Rest.Answer wrong = logIn(elsewhere, "slk_wrong" + i);
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.json().get("detail").asText()).contains("Copy the whole key");
        }
        Rest.Answer limited = logIn(elsewhere, World.bootstrapKey());
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("Retry-After")).isNotBlank();
        assertThat(logIn(Rest.anonymous(), World.bootstrapKey()).status())
                .as("others are not slowed down")
                .isEqualTo(200);
    }

    @Test
    void aKeyNeedsNoCsrfToken() {
        JsonNode told =
                Rest.withKey(World.bootstrapKey()).get("/api/v1/session").json();
        assertThat(told.get("csrf_token").isNull()).isTrue();
        assertThat(told.get("role").asText()).isEqualTo("admin");
    }

    @Test
    void keysAreGivenOnceAndListedWithoutTheirSecret() {
        Rest admin = Rest.withKey(World.bootstrapKey());
        String wanted = "{\"name\":\"wall " + System.nanoTime() + "\",\"role\":\"viewer\"}";
        Rest.Answer issued = admin.post("/api/v1/api-keys", wanted);
        assertThat(issued.status()).isEqualTo(201);
        String key = issued.json().get("key").asText();
        assertThat(key).startsWith("slk_").hasSize(47);
        assertThat(Rest.withKey(key).get("/api/v1/assets").status()).isEqualTo(200);
        assertThat(admin.get("/api/v1/api-keys").text())
                .contains(issued.json().get("name").asText())
                .doesNotContain(key);
        assertThat(admin.post("/api/v1/api-keys", wanted).status()).isEqualTo(409);
    }

    @Test
    void gatewaysThatStartAtOnceAllFindTheBootstrapKeyInPlace() throws Exception {
        try (ExecutorService gateways = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 10; round++) {
                Secret secret = Secret.random("slk_");
                List<Future<?>> starting = new ArrayList<>();
                for (int gateway = 0; gateway < 4; gateway++) {
                    starting.add(gateways.submit(() -> keys.ensure("started at once", secret, Role.ADMIN)));
                }
                for (Future<?> one : starting) {
                    one.get();
                }
                assertThat(keys.holding(secret))
                        .hasValueSatisfying(key -> assertThat(key.name()).isEqualTo("started at once"));
            }
        }
    }

    @Test
    void theBootstrapKeyReplacesItsPredecessor() {
        Secret other = Secret.random("");
        keys.ensure("bootstrap", other, Role.ADMIN);
        try {
            assertThat(Rest.withKey(World.bootstrapKey()).get("/api/v1/assets").status())
                    .isEqualTo(401);
            assertThat(Rest.withKey(other.text()).get("/api/v1/assets").status())
                    .isEqualTo(200);
        } finally {
            keys.ensure("bootstrap", new Secret(World.bootstrapKey()), Role.ADMIN);
        }
        assertThat(Rest.withKey(World.bootstrapKey()).get("/api/v1/assets").status())
                .isEqualTo(200);
    }

    private static Rest.Answer logIn(Rest client, String key) {
        return client.post("/api/v1/session", "{\"key\":\"" + key + "\"}");
    }

    private static String token(Rest.Answer login) {
        return login.header("Set-Cookie").replaceFirst("sluice_session=([^;]*);.*", "$1");
    }

    private static String utc(Instant time) {
        return time.toString().replace("T", " ").replace("Z", "");
    }
}
