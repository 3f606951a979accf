package io.sluice.gateway.problem;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.sluice.contract.ErrorCode;

/** Says in the OpenAPI document what every operation has alike: who may ask, and how it fails. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ProblemsInOpenApi implements OASFilter {

    private static final String KEY = "key";
    private static final String SESSION = "session";

    /** The lowest role that may ask; it stands in the document as the annotations have it. */
    private static final String ROLE = "x-sluice-role";

    private static final String ANYONE = "anyone";
    private static final Map<ErrorCode, String> WHEN = Map.ofEntries(
            Map.entry(ErrorCode.INVALID_REQUEST, "A value is wrong; the problem names it"),
            Map.entry(ErrorCode.UNAUTHENTICATED, "No key or session, or one that is not known or has ended"),
            Map.entry(
                    ErrorCode.FORBIDDEN, "The role may not do this, or a write by cookie came without its CSRF header"),
            Map.entry(ErrorCode.NOT_FOUND, "There is no such thing"),
            Map.entry(ErrorCode.NOT_ACCEPTABLE, "The Accept header names no type that this operation answers with"),
            Map.entry(ErrorCode.PRECONDITION_FAILED, "If-Match names another state than the present one"),
            Map.entry(ErrorCode.CONTENT_TOO_LARGE, "The body is larger than any that an operation takes"),
            Map.entry(ErrorCode.MEDIA_TYPE_REFUSED, "The body is not sent as application/json"),
            Map.entry(ErrorCode.RANGE_NOT_SATISFIABLE, "The Range header asks for bytes that are not there"),
            Map.entry(ErrorCode.PLAYBACK_EXPIRED, "The signed address has ended, or never was one of ours"),
            Map.entry(ErrorCode.IDEMPOTENCY_KEY_REUSED, "The Idempotency-Key came with another request before"),
            Map.entry(
                    ErrorCode.TOO_MANY_REQUESTS,
                    "The caller asks too much at a time; Retry-After says when to try again"),
            Map.entry(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "A service behind the gateway does not answer; Retry-After says when to try again"));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        SecurityScheme key = OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description(
                        "An API key; its role is viewer, operator or admin, and a higher one may do all of a lower one");
        SecurityScheme session = OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.COOKIE)
                .name("sluice_session")
                .description("The console's session; writes also need the header X-Sluice-CSRF");
        document.getComponents().addSecurityScheme(KEY, key).addSecurityScheme(SESSION, session);
        WHEN.keySet().forEach(code -> document.getComponents().addResponse(code.code(), response(code)));
        document.getPaths().getPathItems().forEach(ProblemsInOpenApi::complete);
    }

    private static void complete(String address, PathItem path) {
        path.getOperations().forEach((method, operation) -> {
            complete(operation);
            if (method != PathItem.HttpMethod.GET && method != PathItem.HttpMethod.HEAD && takesKey(address)) {
                takeKey(operation);
            }
        });
    }

    /** A log-in and a signed address are given anew each time; docs/rest.md says why. */
    private static boolean takesKey(String address) {
        return !address.endsWith("/session") && !address.endsWith("/playback");
    }

    private static void takeKey(Operation operation) {
        operation.addParameter(OASFactory.createParameter()
                .name("Idempotency-Key")
                .in(Parameter.In.HEADER)
                .required(false)
                .description("Sent again with the same key within 24 hours, it is the same command: "
                        + "one effect, the same answer")
                .example("5f1d7c34-0e51-4f5a-9b36-6d1f0f6a2c11")
                .schema(OASFactory.createSchema()
                        .addType(Schema.SchemaType.STRING)
                        .minLength(1)
                        .maxLength(200)
                        .pattern("^[ -~]{1,200}$")));
        add(operation, ErrorCode.IDEMPOTENCY_KEY_REUSED);
    }

    private static void complete(Operation operation) {
        add(operation, ErrorCode.INVALID_REQUEST);
        add(operation, ErrorCode.SERVICE_UNAVAILABLE);
        add(operation, ErrorCode.UNAUTHENTICATED);
        add(operation, ErrorCode.TOO_MANY_REQUESTS);
        add(operation, ErrorCode.NOT_ACCEPTABLE);
        if (operation.getRequestBody() != null) {
            add(operation, ErrorCode.CONTENT_TOO_LARGE);
            add(operation, ErrorCode.MEDIA_TYPE_REFUSED);
        }
        if (takes(operation, "token")) {
            add(operation, ErrorCode.PLAYBACK_EXPIRED);
        }
        if (operation.getResponses().getAPIResponse("206") != null) {
            add(operation, ErrorCode.RANGE_NOT_SATISFIABLE);
        }
        if (operation.getResponses().getAPIResponse("304") != null || takes(operation, "If-Match")) {
            add(operation, ErrorCode.PRECONDITION_FAILED);
        }
        operation.addExtension(ROLE, roleOf(operation));
        if (operation.getSecurity() != null && !operation.getSecurity().isEmpty()) {
            add(operation, ErrorCode.FORBIDDEN);
            operation.addSecurityRequirement(bySession(operation.getSecurity()));
        }
        List<Parameter> parameters = operation.getParameters();
        if (parameters != null && parameters.stream().anyMatch(parameter -> parameter.getIn() == Parameter.In.PATH)) {
            add(operation, ErrorCode.NOT_FOUND);
        }
    }

    private static boolean takes(Operation operation, String parameter) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(taken -> parameter.equals(taken.getName()));
    }

    private static String roleOf(Operation operation) {
        List<SecurityRequirement> security = operation.getSecurity();
        if (security == null || security.isEmpty()) {
            return ANYONE;
        }
        return String.join(",", Objects.requireNonNullElse(security.getFirst().getScheme(KEY), List.of()));
    }

    /** The same roles, shown by cookie. */
    private static SecurityRequirement bySession(List<SecurityRequirement> byKey) {
        List<String> roles = byKey.getFirst().getScheme(KEY);
        return OASFactory.createSecurityRequirement().addScheme(SESSION, roles == null ? List.of() : roles);
    }

    /** One that the operation describes in its own words stays; those that Quarkus adds by itself have no form. */
    private static void add(Operation operation, ErrorCode code) {
        String status = Integer.toString(code.httpStatus());
        APIResponse told = operation.getResponses().getAPIResponse(status);
        if (told == null || told.getContent() == null) {
            operation
                    .getResponses()
                    .addAPIResponse(
                            status, OASFactory.createAPIResponse().ref("#/components/responses/" + code.code()));
        }
    }

    private static APIResponse response(ErrorCode code) {
        Problem example = Problem.of(
                code,
                code.httpStatus(),
                WHEN.get(code) + ".",
                new Problem.Origin("/api/v1/…", "4bf92f3577b34da6a3ce929d0e0e4736"),
                List.of());
        return OASFactory.createAPIResponse()
                .description(WHEN.get(code))
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))
                                        .example(exampleOf(example))));
    }

    private static Map<String, Object> exampleOf(Problem problem) {
        return Map.of(
                "type", problem.type(),
                "title", problem.title(),
                "status", problem.status(),
                "detail", String.valueOf(problem.detail()),
                "code", problem.code(),
                "instance", problem.instance(),
                "trace_id", problem.traceId());
    }
}
