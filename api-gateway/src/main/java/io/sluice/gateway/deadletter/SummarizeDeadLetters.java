package io.sluice.gateway.deadletter;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.messaging.v1.SummarizeDeadLettersRequest;
import io.sluice.contract.messaging.v1.SummarizeDeadLettersResponse;
import io.sluice.gateway.deadletter.DeadLetterSummaryRepresentation.Line;
import io.sluice.gateway.upstream.Answer;
import io.sluice.gateway.upstream.Degraded;
import io.sluice.gateway.upstream.Upstream;
import io.sluice.gateway.upstream.Upstreams;

/** Puts the counts of the services together. */
@ApplicationScoped
class SummarizeDeadLetters {

    private final Upstreams upstreams;

    SummarizeDeadLetters(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    DeadLetterSummaryRepresentation summary() {
        List<Answer<SummarizeDeadLettersResponse>> answers = upstreams.together(Upstream.withWork().stream()
                .map(upstream -> (Supplier<Answer<SummarizeDeadLettersResponse>>) () -> ask(upstream))
                .toList());
        List<Line> lines = answers.stream()
                .flatMap(answer -> answer instanceof Answer.Known<SummarizeDeadLettersResponse>(var told)
                        ? told.getSummariesList().stream()
                        : Stream.empty())
                .map(Line::of)
                .sorted(Comparator.comparingLong(Line::count).reversed().thenComparing(Line::origin))
                .toList();
        return new DeadLetterSummaryRepresentation(
                lines, lines.stream().mapToLong(Line::count).sum(), Degraded.notes(answers.toArray(Answer<?>[]::new)));
    }

    private Answer<SummarizeDeadLettersResponse> ask(Upstream upstream) {
        return upstreams.tryAsk(
                upstream,
                () -> upstreams.operations(
                        upstream,
                        operations ->
                                operations.summarizeDeadLetters(SummarizeDeadLettersRequest.getDefaultInstance())));
    }
}
