package io.sluice.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
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

/** Every operation of the OpenAPI document with every kind of caller: the server decides as the document declares. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class EveryOperationByEveryCallerIT {

    private static final List<String> LOWEST_FIRST = List.of("anyone", "viewer", "operator", "admin");

    /** Whoever adds to these opens a door; a signed address is its own credential. */
    private static final List<String> FOR_ANYONE = List.of(
            "GET /playback/{token}/hls/{path}",
            "GET /playback/{token}/original",
            "GET /playback/{token}/poster",
            "HEAD /playback/{token}/hls/{path}",
            "HEAD /playback/{token}/original",
            "HEAD /playback/{token}/poster",
            "POST /session");

    @Inject
    ApiKeys keys;

    @Inject
    Sessions sessions;

    private Map<String, String> names;

    /** An operation as the document has it. */
    private record Operation(String method, String path, String role, boolean takesBody, boolean streams) {

        String name() {
            return method + " " + path;
        }

        boolean reads() {
            return method.equals("GET") || method.equals("HEAD");
        }

        /** What becomes of a caller of this rank: let through, or refused with this code. */
        String decided(String callersRole) {
            return LOWEST_FIRST.indexOf(callersRole) >= LOWEST_FIRST.indexOf(role) ? "through" : "forbidden";
        }
    }

    private enum Caller {
        NO_KEY,
        WRONG_KEY,
        VIEWER,
        OPERATOR,
        ADMIN,
        EXPIRED_SESSION,
        SESSION_WITHOUT_CSRF,
        SESSION;

        String expected(Operation operation) {
            if (operation.role().equals("anyone")) {
                return "through";
            }
            return switch (this) {
                case NO_KEY, WRONG_KEY, EXPIRED_SESSION -> "unauthenticated";
                case VIEWER, OPERATOR, ADMIN -> operation.decided(name().toLowerCase(Locale.ROOT));
                case SESSION_WITHOUT_CSRF -> operation.reads() ? "through" : "csrf_required";
                case SESSION -> "through";
            };
        }
    }

    @BeforeEach
    void oneVideo() {
        String hash = World.hex(new VideoScene(World.empty()).ready("clip.mp4", Instant.parse("2024-07-14T12:00:00Z")));
        String original = Rest.withKey(World.bootstrapKey())
                .post("/api/v1/assets/" + hash + "/playback", "{}")
                .json()
                .get("original_url")
                .asText();
        names = Map.of(
                "content_hash", hash,
                "rendition", "poster",
                "name", "thumbnail",
                "path", "playlist.m3u8",
                "token", original.replaceFirst("/api/v1/playback/(.*)/original", "$1"));
    }

    @Test
    void everyOperationDeclaresARoleAndOnlyTheseAreForAnyone() {
        List<Operation> document = document();
        assertThat(document)
                .allSatisfy(operation ->
                        assertThat(operation.role()).as(operation.name()).isIn(LOWEST_FIRST));
        assertThat(document.stream()
                        .filter(operation -> operation.role().equals("anyone"))
                        .map(Operation::name)
                        .sorted())
                .isEqualTo(FOR_ANYONE);
    }

    @Test
    void theDocumentHasEveryOperationOfTheCode() {
        TreeSet<String> coded = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.sluice.gateway")) {
            if (type.isAnnotatedWith(Path.class)) {
                coded.addAll(operationsOf(type.reflect()));
            }
        }
        assertThat(coded).isNotEmpty();
        assertThat(document().stream().map(Operation::name)).containsAll(coded);
    }

    @Test
    void theServerDecidesAsTheDocumentDeclares() {
        List<String> wrong = new ArrayList<>();
        int decided = 0;
        for (Operation operation : document()) {
            for (Caller caller : Caller.values()) {
                String outcome = outcome(ask(as(caller), operation));
                decided++;
                if (!outcome.equals(caller.expected(operation))) {
                    wrong.add(operation.name() + " by " + caller + ": " + outcome + ", not "
                            + caller.expected(operation));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(decided).isGreaterThan(300);
    }

    private Rest as(Caller caller) {
        return switch (caller) {
            case NO_KEY -> Rest.anonymous();
            case WRONG_KEY -> Rest.withKey("slk_" + "A".repeat(43));
            case VIEWER -> Rest.withKey(issue(Role.VIEWER).text());
            case OPERATOR -> Rest.withKey(issue(Role.OPERATOR).text());
            case ADMIN -> Rest.withKey(issue(Role.ADMIN).text());
            case EXPIRED_SESSION -> {
                Secret token = sessions.begin(issue(Role.ADMIN)).token();
                SluiceInfra.database()
                        .execute(
                                "UPDATE console_session SET expires_at = NOW(6) - INTERVAL 1 DAY"
                                        + " WHERE token_hash = UNHEX(SHA2(?, 256))",
                                token.text());
                yield Rest.withCookie(token.text())
                        .header(Credential.CSRF_HEADER, Credential.csrfOf(token).text());
            }
            case SESSION_WITHOUT_CSRF ->
                Rest.withCookie(sessions.begin(issue(Role.ADMIN)).token().text());
            case SESSION -> {
                Secret token = sessions.begin(issue(Role.ADMIN)).token();
                yield Rest.withCookie(token.text())
                        .header(Credential.CSRF_HEADER, Credential.csrfOf(token).text());
            }
        };
    }

    private Rest.Answer ask(Rest caller, Operation operation) {
        String path = operation.path().replace("/libraries/{id}", "/libraries/" + World.PICTURES);
        for (Map.Entry<String, String> name : names.entrySet()) {
            path = path.replace("{" + name.getKey() + "}", name.getValue());
        }
        // A stream of events has no end to wait for; this filter is refused, but only to those who may ask.
        path = "/api/v1" + path.replaceAll("\\{[^}]*}", "nothing")
                + (operation.streams() ? "?subject=" + "x".repeat(256) : "");
        return operation.takesBody()
                ? caller.header("Content-Type", "application/json").send(operation.method(), path, "{}")
                : caller.send(operation.method(), path, null);
    }

    /** HEAD has no body to read a code from. */
    private static String outcome(Rest.Answer answer) {
        String code = answer.bytes().length == 0 || answer.status() < 400
                ? ""
                : answer.json().path("code").asText();
        return switch (answer.status()) {
            case 401 -> "unauthenticated";
            case 403 -> code.isEmpty() ? "forbidden" : code;
            default -> answer.status() < 500 && answer.status() != 429 ? "through" : answer.status() + " " + code;
        };
    }

    private Secret issue(Role role) {
        return keys.issue(role.roleName() + " " + System.nanoTime(), role).secret();
    }

    private static List<Operation> document() {
        List<Operation> operations = new ArrayList<>();
        Rest.anonymous()
                .get("/q/openapi?format=json")
                .json()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> operation.getValue().hasNonNull("responses"))
                        .forEach(operation ->
                                operations.add(operation(operation.getKey(), path.getKey(), operation.getValue()))));
        return operations;
    }

    private static Operation operation(String method, String path, JsonNode told) {
        return new Operation(
                method.toUpperCase(Locale.ROOT),
                path.replaceFirst("^/api/v1", ""),
                told.path("x-sluice-role").asText("undeclared"),
                told.has("requestBody"),
                told.at("/responses/200/content").has("text/event-stream"));
    }

    private static List<String> operationsOf(Class<?> resource) {
        List<String> operations = new ArrayList<>();
        for (var method : resource.getDeclaredMethods()) {
            Path below = method.getAnnotation(Path.class);
            String path = resource.getAnnotation(Path.class).value() + (below == null ? "" : below.value());
            Arrays.stream(method.getAnnotations())
                    .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                    .filter(Objects::nonNull)
                    .forEach(verb -> operations.add(verb.value() + " " + path.replaceAll(":[^}]*}", "}")));
        }
        return operations;
    }
}
