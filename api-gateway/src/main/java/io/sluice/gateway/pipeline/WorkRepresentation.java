package io.sluice.gateway.pipeline;

import static io.sluice.gateway.web.Wire.textOrNull;

import java.time.Duration;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.messaging.v1.SummarizeWorkResponse;
import io.sluice.contract.messaging.v1.WorkSummary;
import io.sluice.gateway.upstream.Answer;
import io.sluice.gateway.upstream.Upstream;

/** Work by service. */
public record WorkRepresentation(List<ServiceWork> services) {

    /** Work that runs for longer without an end is called stuck. */
    static final Duration STUCK_AFTER = Duration.ofMinutes(5);

    /**
     * What one service has to do.
     *
     * @param state known, or unknown when it does not answer; then everything else is null, never zero
     * @param detail why it is unknown
     * @param outboxWaiting facts that are not published yet
     */
    public record ServiceWork(
            @Schema(examples = "media") String service,
            @Schema(examples = "known") String state,
            @Nullable String detail,
            @Nullable List<WorkEntry> work,
            @Nullable List<DeferredEntry> deferredMessages,
            @Nullable Long outboxWaiting,
            @Nullable Double outboxOldestSeconds,
            @Nullable Long deadLetters) {}

    /**
     * Work rows that are alike.
     *
     * @param lane interactive, fresh or backlog
     * @param state waiting, deferred, released, running or given_up
     * @param oldestSeconds since the oldest came into this state; null when there is none
     * @param stuck whether the oldest has been running for more than five minutes
     */
    public record WorkEntry(
            @Schema(examples = "image") String workClass,
            @Schema(examples = "fresh") String lane,
            @Schema(examples = "waiting") String state,
            long count,
            @Nullable Double oldestSeconds,
            boolean stuck,
            @Nullable String lastErrorCode,
            @Nullable String lastError) {}

    /** Messages that wait for another try. */
    public record DeferredEntry(
            String topic, long count, @Nullable Double oldestSeconds) {}

    static ServiceWork of(Upstream upstream, Answer<SummarizeWorkResponse> answer) {
        return switch (answer) {
            case Answer.Known<SummarizeWorkResponse> known -> known(upstream, known.value());
            case Answer.Unknown<SummarizeWorkResponse> unknown ->
                new ServiceWork(
                        upstream.serviceName(),
                        "unknown",
                        unknown.failure().getMessage(),
                        null,
                        null,
                        null,
                        null,
                        null);
        };
    }

    private static ServiceWork known(Upstream upstream, SummarizeWorkResponse told) {
        return new ServiceWork(
                upstream.serviceName(),
                "known",
                null,
                told.getWorkList().stream().map(WorkRepresentation::entry).toList(),
                told.getDeferredMessagesList().stream()
                        .map(deferred -> new DeferredEntry(
                                deferred.getTopic(),
                                deferred.getCount(),
                                deferred.hasOldestSeconds() ? deferred.getOldestSeconds() : null))
                        .toList(),
                told.getOutboxWaiting(),
                told.hasOutboxOldestSeconds() ? told.getOutboxOldestSeconds() : null,
                told.getDeadLetters());
    }

    private static WorkEntry entry(WorkSummary summary) {
        boolean stuck = summary.getState().equals("running")
                && summary.hasOldestSeconds()
                && summary.getOldestSeconds() > STUCK_AFTER.toSeconds();
        return new WorkEntry(
                summary.getWorkClass(),
                summary.getLane(),
                summary.getState(),
                summary.getCount(),
                summary.hasOldestSeconds() ? summary.getOldestSeconds() : null,
                stuck,
                textOrNull(summary.getLastErrorCode()),
                textOrNull(summary.getLastError()));
    }
}
