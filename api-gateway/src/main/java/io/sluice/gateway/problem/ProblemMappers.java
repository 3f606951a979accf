package io.sluice.gateway.problem;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ErrorKind;
import io.sluice.gateway.problem.Problem.FieldProblem;
import io.sluice.gateway.security.Credential;
import io.sluice.gateway.web.CutOff;

/** Turns whatever a request ended in into a problem; the most specific method wins. */
@ApplicationScoped
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private final ProblemAnswers answers;
    private final CurrentIdentityAssociation identity;

    ProblemMappers(ProblemAnswers answers, CurrentIdentityAssociation identity) {
        this.answers = answers;
        this.identity = identity;
    }

    @ServerExceptionMapper
    Response coded(CodedException failure) {
        if (failure.code().kind() == ErrorKind.DEFECT) {
            LOG.errorf(failure, "request failed error_code=%s", failure.code().code());
        }
        return answers.of(failure);
    }

    @ServerExceptionMapper
    Response violations(ConstraintViolationException failure) {
        List<FieldProblem> errors = failure.getConstraintViolations().stream()
                .map(ProblemMappers::fieldProblem)
                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                .toList();
        return answers.of(
                ErrorCode.INVALID_REQUEST, 400, "Some values are wrong; \"errors\" says which, and why.", errors);
    }

    @ServerExceptionMapper({MismatchedInputException.class, JsonProcessingException.class})
    Response unreadableBody(JsonProcessingException failure) {
        List<FieldProblem> errors = failure instanceof JsonMappingException mapping
                        && !mapping.getPath().isEmpty()
                ? List.of(new FieldProblem(pointer(mapping), null, fieldDetail(mapping)))
                : List.of();
        return answers.of(
                ErrorCode.INVALID_REQUEST,
                400,
                "The body is not the JSON object that this operation takes; its form stands in /q/openapi.",
                errors);
    }

    @ServerExceptionMapper
    Response cutOff(CutOff alreadyTold) {
        return answers.of(ErrorCode.SERVICE_UNAVAILABLE, null);
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthenticated(SecurityException failure) {
        String detail = failure.getCause() instanceof CodedException coded
                ? coded.getMessage()
                : "Send an API key as \"Authorization: Bearer <key>\", or log in with POST /api/v1/session."
                        + " A session ends 12 hours after its last use.";
        Response problem = answers.of(ErrorCode.UNAUTHENTICATED, detail);
        return Response.fromResponse(problem)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"sluice\"")
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException failure) {
        if (Credential.lacksCsrf(identity.getIdentity())) {
            return answers.of(
                    ErrorCode.CSRF_REQUIRED,
                    "A write with the session cookie needs the header X-Sluice-CSRF with the csrf_token that"
                            + " POST /api/v1/session and GET /api/v1/session answer.");
        }
        return answers.of(
                ErrorCode.FORBIDDEN,
                "Your key's role may not do this. Ask an admin for a key with a higher role (viewer < operator < admin).");
    }

    @ServerExceptionMapper
    Response http(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        if (status < 400) {
            return failure.getResponse();
        }
        if (failure.getCause() instanceof JsonProcessingException unreadable) {
            return unreadableBody(unreadable);
        }
        if (failure.getCause() instanceof CodedException refusedParameter) {
            return coded(refusedParameter);
        }
        ErrorCode code = codeOf(status);
        Response problem = answers.of(code, status, detailOf(code), List.of());
        String allow = failure.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? problem
                : Response.fromResponse(problem)
                        .header(HttpHeaders.ALLOW, allow)
                        .build();
    }

    @ServerExceptionMapper
    Response unexpected(Throwable failure) {
        LOG.errorf(failure, "request failed error_code=%s", ErrorCode.INTERNAL.code());
        return answers.of(ErrorCode.INTERNAL, null);
    }

    private static ErrorCode codeOf(int status) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.NOT_FOUND;
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 406 -> ErrorCode.NOT_ACCEPTABLE;
            case 413 -> ErrorCode.CONTENT_TOO_LARGE;
            case 415 -> ErrorCode.MEDIA_TYPE_REFUSED;
            default -> status < 500 ? ErrorCode.INVALID_REQUEST : ErrorCode.INTERNAL;
        };
    }

    private static String detailOf(ErrorCode code) {
        return switch (code) {
            case NOT_FOUND -> "There is nothing at this address. All operations stand in /q/openapi.";
            case METHOD_NOT_ALLOWED -> "This address knows other methods; the Allow header names them.";
            case NOT_ACCEPTABLE -> "This address cannot answer in any type of your Accept header.";
            case MEDIA_TYPE_REFUSED -> "Send the body as application/json.";
            case CONTENT_TOO_LARGE -> "The body is larger than any that this operation takes.";
            default -> "The request could not be read. All operations stand in /q/openapi.";
        };
    }

    private static FieldProblem fieldProblem(ConstraintViolation<?> violation) {
        StringBuilder pointer = new StringBuilder();
        String parameter = null;
        int depth = 0;
        for (Path.Node node : violation.getPropertyPath()) {
            switch (node.getKind()) {
                case PARAMETER -> parameter = node.getName();
                case PROPERTY -> {
                    pointer.append('/').append(snakeCase(Objects.requireNonNullElse(node.getName(), "")));
                    depth++;
                }
                case CONTAINER_ELEMENT -> pointer.append('/').append(node.getIndex());
                default -> {}
            }
        }
        return depth > 0
                ? new FieldProblem(pointer.toString(), null, violation.getMessage())
                : new FieldProblem(null, parameter == null ? null : snakeCase(parameter), violation.getMessage());
    }

    private static String fieldDetail(JsonMappingException mapping) {
        return mapping instanceof UnrecognizedPropertyException unknown
                ? "There is no such field. Known are: " + unknown.getKnownPropertyIds()
                : "This value is not of the type that the field has.";
    }

    private static String pointer(JsonMappingException mapping) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : mapping.getPath()) {
            pointer.append('/').append(step.getFieldName() == null ? step.getIndex() : step.getFieldName());
        }
        return pointer.toString();
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
