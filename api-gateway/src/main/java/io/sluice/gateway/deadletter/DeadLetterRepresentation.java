package io.sluice.gateway.deadletter;

import static io.sluice.gateway.web.Wire.instantOrNull;
import static io.sluice.gateway.web.Wire.textOrNull;

import java.time.Instant;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;
import io.sluice.contract.messaging.v1.DeadLetter;
import io.sluice.gateway.web.PathText;

/**
 * Something that was given up on.
 *
 * @param source work, message or outbox
 * @param origin its work class or topic
 * @param key as text; keyB64 has the bytes when they are none
 * @param partition and offset: where a message stood; null for work
 * @param cause for a person
 * @param valueBytes size of what is kept
 * @param cure what to do about it, in one sentence
 * @param state open, redriven (its owner tried again) or acknowledged (dismissed)
 * @param closedBy who had it redriven or acknowledged; null while it is open
 */
public record DeadLetterRepresentation(
        String id,
        @Schema(examples = "media") String service,
        @Schema(examples = "work") String source,
        @Schema(examples = "image") String origin,
        String key,
        @Nullable String keyB64,
        @Nullable Integer partition,
        @Nullable Long offset,
        @Schema(examples = "child_died") String errorCode,
        @Schema(examples = "transient") @Nullable String errorKind,
        String cause,
        int attempts,
        @Nullable Instant createdAt,
        int valueBytes,
        String cure,
        @Schema(examples = "open") String state,
        @Nullable Instant closedAt,
        @Nullable String closedBy) {

    static DeadLetterRepresentation of(DeadLetter letter) {
        PathText key = PathText.of(letter.getKey());
        boolean message = letter.getSource().equals("message");
        return new DeadLetterRepresentation(
                letter.getId(),
                letter.getService(),
                letter.getSource(),
                letter.getOrigin(),
                key.text(),
                key.base64(),
                message ? letter.getPartition() : null,
                message ? letter.getOffset() : null,
                letter.getErrorCode(),
                textOrNull(letter.getErrorKind().toLowerCase(java.util.Locale.ROOT)),
                letter.getCause(),
                letter.getAttempts(),
                instantOrNull(letter.hasCreatedAt(), letter.getCreatedAt()),
                letter.getValue().size(),
                Cure.of(ErrorCode.of(letter.getErrorCode())),
                letter.getState().isEmpty() ? "open" : letter.getState(),
                instantOrNull(letter.hasClosedAt(), letter.getClosedAt()),
                textOrNull(letter.getClosedBy()));
    }
}
