package io.sluice.gateway.problem;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.sluice.contract.ErrorCode;

/**
 * The body of every failed answer (RFC 9457).
 *
 * @param type stable URI of the kind of problem
 * @param detail one or two sentences for a person: the cause, and what to do
 * @param instance path of the request, without the token of a signed address
 * @param code our error code, as in tables, logs and events
 * @param traceId the trace that the logs of all services carry
 * @param errors what is wrong with the input, field by field; absent when no field is to blame
 */
@Schema(description = "RFC 9457 problem details")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        @Schema(examples = "urn:sluice:problem:not_found") String type,
        @Schema(examples = "Not found") String title,
        @Schema(examples = "404") int status,
        @Nullable String detail,
        String instance,
        @Schema(examples = "not_found") String code,
        String traceId,
        List<FieldProblem> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:sluice:problem:";

    /**
     * One wrong part of the input.
     *
     * @param pointer JSON pointer into the body, when it is there
     * @param parameter name of the query or path parameter, when it is there
     * @param code our error code, where parts of one request fail for different reasons
     * @param detail what it should be, or why this part was not done
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FieldProblem(
            @Nullable String pointer,
            @Nullable String parameter,
            @Nullable String code,
            String detail) {

        FieldProblem(@Nullable String pointer, @Nullable String parameter, String detail) {
            this(pointer, parameter, null, detail);
        }
    }

    static Problem of(ErrorCode code, int status, @Nullable String detail, Origin origin, List<FieldProblem> errors) {
        return new Problem(
                TYPE_PREFIX + code.code(),
                title(code),
                status,
                detail,
                origin.path(),
                code.code(),
                origin.traceId(),
                errors);
    }

    /** Where the problem arose. */
    record Origin(String path, String traceId) {}

    private static String title(ErrorCode code) {
        String words = code.code().replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
