package io.sluice.gateway.importing;

import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;

import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.QueueImportsRequest;
import io.sluice.gateway.importing.ImportJobsResource.ImportRequest;
import io.sluice.gateway.importing.ImportJobsResource.QueuedRepresentation;
import io.sluice.gateway.problem.Problem.FieldProblem;
import io.sluice.gateway.problem.ProblemAnswers;
import io.sluice.gateway.upstream.Upstreams;

/** Queues each batch by itself: one that is refused does not keep the others out. */
@ApplicationScoped
class QueueImports {

    private static final Logger AUDIT = Logger.getLogger("audit");

    private final Upstreams upstreams;
    private final SecurityIdentity identity;
    private final ProblemAnswers problems;

    QueueImports(Upstreams upstreams, SecurityIdentity identity, ProblemAnswers problems) {
        this.upstreams = upstreams;
        this.identity = identity;
        this.problems = problems;
    }

    /** 202 with one result a batch when at least one was queued; else the problem that has every reason. */
    Response queue(ImportRequest wanted) {
        List<QueuedImportRepresentation> results = ask(wanted);
        List<ImportJobRepresentation> jobs = results.stream()
                .flatMap(result -> result.job() == null
                        ? java.util.stream.Stream.empty()
                        : java.util.stream.Stream.of(result.job()))
                .toList();
        if (jobs.isEmpty()) {
            return refused(wanted, results);
        }
        return Response.accepted(new QueuedRepresentation(results))
                .location(java.net.URI.create("operations/" + jobs.getFirst().id()))
                .build();
    }

    private List<QueuedImportRepresentation> ask(ImportRequest wanted) {
        String by = identity.getPrincipal().getName();
        QueueImportsRequest.Builder request = QueueImportsRequest.newBuilder()
                .addAllSyncIds(wanted.batches().stream().distinct().toList())
                .setForce(Boolean.TRUE.equals(wanted.force()))
                .setRequestedBy(by);
        if (wanted.priority() != null) {
            request.setPriority(wanted.priority());
        }
        AUDIT.infof(
                "imports asked for by=%s batches=%s priority=%s force=%s",
                by, wanted.batches(), wanted.priority(), request.getForce());
        return upstreams.imports(ingest -> ingest.queueImports(request.build())).getImportsList().stream()
                .map(QueuedImportRepresentation::of)
                .toList();
    }

    private Response refused(ImportRequest wanted, List<QueuedImportRepresentation> results) {
        List<FieldProblem> errors = results.stream()
                .map(result -> new FieldProblem(
                        "/batches/" + wanted.batches().indexOf(result.syncId()),
                        null,
                        result.code(),
                        String.valueOf(result.reason())))
                .toList();
        String detail = results.size() == 1
                ? String.valueOf(results.getFirst().reason())
                : "None of the " + results.size() + " batches was queued; \"errors\" says why, batch by batch.";
        return problems.of(codeOf(results), detail, errors);
    }

    /** What all were refused for when it is one thing, and a conflict at that. */
    private static ErrorCode codeOf(List<QueuedImportRepresentation> results) {
        List<ErrorCode> codes = results.stream()
                .map(result -> ErrorCode.of(String.valueOf(result.code())))
                .distinct()
                .toList();
        return codes.size() == 1 && codes.getFirst().httpStatus() == ErrorCode.CONFLICT.httpStatus()
                ? codes.getFirst()
                : ErrorCode.CONFLICT;
    }
}
