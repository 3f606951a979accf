package io.sluice.gateway.command;

import java.util.List;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.sluice.contract.CodedException;
import io.sluice.gateway.problem.Problem.FieldProblem;
import io.sluice.gateway.problem.ProblemAnswers;

/** Refuses a command whose key is none, before it is looked at. */
@Singleton
public class CheckRequestKey {

    private final CurrentVertxRequest request;
    private final ProblemAnswers problems;

    CheckRequestKey(CurrentVertxRequest request, ProblemAnswers problems) {
        this.request = request;
        this.problems = problems;
    }

    /** @return null to go on */
    @ServerRequestFilter
    public @Nullable Response check(ContainerRequestContext context) {
        try {
            RequestKey.of(request.getCurrent().request());
            return null;
        } catch (CodedException bad) {
            return problems.of(
                    bad.code(),
                    "Some values are wrong; \"errors\" says which, and why.",
                    List.of(new FieldProblem(null, "idempotency_key", null, RequestKey.RULE)));
        }
    }
}
