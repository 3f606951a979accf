package io.sluice.gateway.problem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.sluice.contract.ErrorCode;
import io.vertx.ext.web.Router;

/** Below /api nothing falls through to the console: an address that no resource has is a problem, not a page. */
@ApplicationScoped
class UnknownPaths {

    private static final int AFTER_EVERYTHING_ELSE = Integer.MAX_VALUE - 1;

    private final RoutedProblems problems;

    UnknownPaths(RoutedProblems problems) {
        this.problems = problems;
    }

    void route(@Observes Router router) {
        router.route("/api/*")
                .order(AFTER_EVERYTHING_ELSE)
                .handler(context -> problems.answer(
                        context,
                        ErrorCode.NOT_FOUND,
                        "There is nothing at this address. All operations stand in /q/openapi."));
    }
}
