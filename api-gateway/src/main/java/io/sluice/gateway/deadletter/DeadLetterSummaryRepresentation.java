package io.sluice.gateway.deadletter;

import static io.sluice.gateway.web.Wire.instantOrNull;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;
import io.sluice.contract.messaging.v1.DeadLetterSummary;
import io.sluice.gateway.upstream.Degraded;

/**
 * Open dead letters by what they are of and why, the most numerous first.
 *
 * @param total of all of them
 * @param degraded services that did not answer: theirs are not counted, and not known to be none
 */
public record DeadLetterSummaryRepresentation(List<Line> items, long total, List<Degraded> degraded) {

    /**
     * @param origin a work class or a topic
     * @param cause of the newest
     * @param cure what to do about it
     */
    public record Line(
            @Schema(examples = "media") String service,
            @Schema(examples = "work") String source,
            @Schema(examples = "image") String origin,
            @Schema(examples = "child_died") String errorCode,
            @Schema(examples = "transient") String errorKind,
            long count,
            @Nullable Instant oldestAt,
            @Nullable Instant newestAt,
            String cause,
            String cure) {

        static Line of(DeadLetterSummary summary) {
            ErrorCode code = ErrorCode.of(summary.getErrorCode());
            return new Line(
                    summary.getService(),
                    summary.getSource(),
                    summary.getOrigin(),
                    summary.getErrorCode(),
                    code.kind().name().toLowerCase(Locale.ROOT),
                    summary.getCount(),
                    instantOrNull(summary.hasOldestAt(), summary.getOldestAt()),
                    instantOrNull(summary.hasNewestAt(), summary.getNewestAt()),
                    summary.getCause(),
                    Cure.of(code));
        }
    }
}
