package io.sluice.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.VideoScene;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Every operation with every credential, decided as the table says; the table has every operation. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class OperationsByRoleIT {

    private static final List<String> LOWEST_FIRST = List.of("nobody", "viewer", "operator", "admin");

    private static final List<Operation> TABLE = List.of(
            new Operation("GET", "/assets", "viewer", null),
            new Operation("GET", "/assets/{content_hash}", "viewer", null),
            new Operation("GET", "/assets/{content_hash}/locations", "viewer", null),
            new Operation("GET", "/assets/{content_hash}/renditions", "viewer", null),
            new Operation("GET", "/assets/{content_hash}/renditions/{rendition}", "viewer", null),
            new Operation("HEAD", "/assets/{content_hash}/renditions/{rendition}", "viewer", null),
            new Operation("GET", "/assets/{content_hash}/original", "viewer", null),
            new Operation("HEAD", "/assets/{content_hash}/original", "viewer", null),
            new Operation("GET", "/assets/{content_hash}/hls/{path:.+}", "viewer", null),
            new Operation("HEAD", "/assets/{content_hash}/hls/{path:.+}", "viewer", null),
            new Operation("POST", "/assets/{content_hash}/playback", "viewer", null),
            new Operation("POST", "/assets/{content_hash}/renditions/{name}/redo", "operator", null),
            new Operation("GET", "/playback/{token}/hls/{path:.+}", "nobody", null),
            new Operation("HEAD", "/playback/{token}/hls/{path:.+}", "nobody", null),
            new Operation("GET", "/playback/{token}/original", "nobody", null),
            new Operation("HEAD", "/playback/{token}/original", "nobody", null),
            new Operation("GET", "/playback/{token}/poster", "nobody", null),
            new Operation("HEAD", "/playback/{token}/poster", "nobody", null),
            new Operation("GET", "/hls/stats", "viewer", null),
            new Operation("GET", "/libraries", "viewer", null),
            new Operation("POST", "/libraries/{id}/scans", "operator", "{\"kind\":\"quick\"}"),
            new Operation("GET", "/operations/{id}", "viewer", null),
            new Operation("GET", "/import/batches", "viewer", null),
            new Operation("GET", "/import/batches/{sync_id}", "viewer", null),
            new Operation("GET", "/import/batches/{sync_id}/items", "viewer", null),
            new Operation("GET", "/import/batches/{sync_id}/events", "viewer", null),
            new Operation("GET", "/import/batches/{sync_id}/jobs", "viewer", null),
            new Operation("POST", "/import/batches/{sync_id}/preflight", "operator", null),
            new Operation("POST", "/import/scans", "operator", "{}"),
            new Operation("POST", "/import/jobs", "operator", "{\"batches\":[\"nothing\"]}"),
            new Operation("GET", "/import/jobs", "viewer", null),
            new Operation("GET", "/import/jobs/{id}", "viewer", null),
            new Operation("POST", "/import/jobs/{id}/cancel", "operator", null),
            new Operation("GET", "/galleries", "viewer", null),
            new Operation("GET", "/galleries/{id}", "viewer", null),
            new Operation("GET", "/galleries/{id}/assets", "viewer", null),
            new Operation("GET", "/collections", "viewer", null),
            new Operation("GET", "/collections/{id}", "viewer", null),
            new Operation("GET", "/collections/{id}/assets", "viewer", null),
            new Operation("GET", "/events", "viewer", null),
            new Operation("GET", "/work", "viewer", null),
            new Operation("GET", "/dead-letters", "viewer", null),
            new Operation("GET", "/dead-letters/summary", "viewer", null),
            new Operation("POST", "/dead-letters/{id}/redrive", "operator", null),
            new Operation("POST", "/dead-letters/{id}/acknowledge", "operator", null),
            new Operation("POST", "/dead-letters/redrive", "operator", "{\"origin\":\"nothing\"}"),
            new Operation("POST", "/dead-letters/acknowledge", "operator", "{\"origin\":\"nothing\"}"),
            new Operation("GET", "/pipeline/state-root", "viewer", null),
            new Operation("POST", "/session", "nobody", "{\"key\":\"\"}"),
            new Operation("GET", "/session", "viewer", null),
            new Operation("DELETE", "/session", "viewer", null),
            new Operation("GET", "/api-keys", "admin", null),
            new Operation("POST", "/api-keys", "admin", "{\"name\":\"\",\"role\":\"viewer\"}"),
            new Operation("DELETE", "/api-keys/{id}", "admin", null));

    @Inject
    ApiKeys keys;

    @Inject
    Sessions sessions;

    private String hash;
    private String original;

    private record Operation(String method, String path, String least, String body) {
        String name() {
            return method + " " + path;
        }

        boolean reads() {
            return method.equals("GET") || method.equals("HEAD");
        }

        boolean allows(String role) {
            return LOWEST_FIRST.indexOf(role) >= LOWEST_FIRST.indexOf(least);
        }
    }

    @BeforeEach
    void oneVideo() {
        hash = World.hex(new VideoScene(World.empty()).ready("clip.mp4", Instant.parse("2024-07-14T12:00:00Z")));
        original = Rest.withKey(World.bootstrapKey())
                .post("/api/v1/assets/" + hash + "/playback", "{}")
                .json()
                .get("original_url")
                .asText();
    }

    @Test
    void everyOperationIsInTheTableWithItsLeastRole() {
        Map<String, String> declared = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.sluice.gateway")) {
            if (type.isAnnotatedWith(Path.class)) {
                declare(type.reflect(), declared);
            }
        }
        assertThat(declared)
                .isEqualTo(new TreeMap<>(TABLE.stream().collect(Collectors.toMap(Operation::name, Operation::least))));
    }

    @Test
    void everyCredentialIsDecidedAsDeclared() {
        Map<String, Rest> callers = Map.of(
                "nobody", Rest.anonymous(),
                "viewer", Rest.withKey(issue(Role.VIEWER)),
                "operator", Rest.withKey(issue(Role.OPERATOR)),
                "admin", Rest.withKey(issue(Role.ADMIN)));
        List<String> wrong = new ArrayList<>();
        for (Operation operation : TABLE) {
            callers.forEach((role, caller) -> {
                int status = ask(caller, operation).status();
                boolean asDeclared = operation.allows(role)
                        ? status != 401 && status != 403 && status < 500
                        : status == (role.equals("nobody") ? 401 : 403);
                if (!asDeclared) {
                    wrong.add(operation.name() + " by " + role + ": " + status);
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aCookieReadsWithoutAndWritesOnlyWithItsCsrfToken() {
        Secret key = new Secret(issue(Role.ADMIN));
        List<String> wrong = new ArrayList<>();
        for (Operation operation : TABLE) {
            if (operation.least().equals("nobody")) {
                continue;
            }
            Secret token = sessions.begin(key).token();
            Rest bare = Rest.withCookie(token.text());
            Rest guessing = bare.header("X-Sluice-CSRF", "guessed");
            Rest page = bare.header("X-Sluice-CSRF", Credential.csrfOf(token).text());
            for (Rest without : List.of(bare, guessing)) {
                Rest.Answer answer = ask(without, operation);
                if (operation.reads() ? isRefusal(answer) : !code(answer).equals("csrf_required")) {
                    wrong.add(operation.name() + " without the token: " + answer.status() + " " + answer.text());
                }
            }
            Rest.Answer answer = ask(page, operation);
            if (isRefusal(answer)) {
                wrong.add(operation.name() + " with the token: " + answer.status() + " " + answer.text());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void credentialsThatAreNoneAreNobody() {
        String viewer = issue(Role.VIEWER);
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
    void aRevokedKeyIsNobodyAtOnceAndSoAreItsSessions() {
        ApiKeys.Issued issued = keys.issue("short-lived " + System.nanoTime(), Role.VIEWER);
        Rest program = Rest.withKey(issued.secret().text());
        Rest browser = Rest.withCookie(sessions.begin(issued.secret()).token().text());
        assertThat(browser.get("/api/v1/assets").status()).isEqualTo(200);
        Rest admin = Rest.withKey(World.bootstrapKey());
        assertThat(admin.delete("/api/v1/api-keys/" + issued.key().id()).status())
                .isEqualTo(204);
        assertThat(program.get("/api/v1/assets").status()).isEqualTo(401);
        assertThat(browser.get("/api/v1/assets").status()).isEqualTo(401);
    }

    private Rest.Answer ask(Rest caller, Operation operation) {
        String path = "/api/v1"
                + operation
                        .path()
                        .replace("{content_hash}", hash)
                        .replace("{rendition}", "thumbnail@1")
                        .replace("{path:.+}", "playlist.m3u8")
                        .replace("{name}", "thumbnail")
                        .replace("/playback/{token}/", original.replaceFirst("/api/v1(.*)original", "$1"))
                        .replace("/libraries/{id}", "/libraries/" + World.PICTURES)
                        .replace("{sync_id}", "nothing")
                        .replace("{id}", "nothing")
                // A stream has no end to wait for; this filter is refused, but only to those who may ask.
                + (operation.path().equals("/events") ? "?subject=" + "x".repeat(256) : "");
        return operation.body() == null
                ? caller.send(operation.method(), path, null)
                : caller.post(path, operation.body());
    }

    private static boolean isRefusal(Rest.Answer answer) {
        return answer.status() == 401 || answer.status() == 403;
    }

    private static String code(Rest.Answer answer) {
        return answer.bytes().length == 0 ? "" : answer.json().path("code").asText();
    }

    private String issue(Role role) {
        return keys.issue(role.roleName() + " " + System.nanoTime(), role)
                .secret()
                .text();
    }

    private static void declare(Class<?> resource, Map<String, String> declared) {
        for (Method method : resource.getDeclaredMethods()) {
            Path below = method.getAnnotation(Path.class);
            String path = resource.getAnnotation(Path.class).value() + (below == null ? "" : below.value());
            Arrays.stream(method.getAnnotations())
                    .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                    .filter(Objects::nonNull)
                    .forEach(verb -> declared.put(verb.value() + " " + path, least(resource, method)));
        }
    }

    private static String least(Class<?> resource, Method method) {
        if (method.isAnnotationPresent(PermitAll.class) || resource.isAnnotationPresent(PermitAll.class)) {
            return "nobody";
        }
        RolesAllowed roles = method.isAnnotationPresent(RolesAllowed.class)
                ? method.getAnnotation(RolesAllowed.class)
                : resource.getAnnotation(RolesAllowed.class);
        return roles == null ? "undeclared" : String.join(",", roles.value());
    }
}
