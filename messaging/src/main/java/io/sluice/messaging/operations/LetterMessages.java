package io.sluice.messaging.operations;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.apache.kafka.common.header.Header;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.messaging.v1.DeadLetter;
import io.sluice.contract.messaging.v1.DeadLetterCommand;
import io.sluice.contract.messaging.v1.DeadLetterCommandResult;
import io.sluice.contract.messaging.v1.DeadLetterRefusal;
import io.sluice.contract.messaging.v1.DeadLetterSummary;
import io.sluice.messaging.deadletter.CloseDeadLetters;
import io.sluice.messaging.deadletter.LetterLists;

/** Dead letters as they go over the wire. */
final class LetterMessages {

    private LetterMessages() {}

    static DeadLetter message(String service, LetterLists.Kept kept) {
        io.sluice.messaging.deadletter.DeadLetter letter = kept.letter();
        DeadLetter.Builder message = DeadLetter.newBuilder()
                .setId(kept.id().toString())
                .setService(service)
                .setSource(letter.source())
                .setOrigin(letter.origin())
                .setKey(ByteString.copyFrom(letter.key()))
                .setErrorCode(letter.code().code())
                .setErrorKind(letter.code().kind().name().toLowerCase(Locale.ROOT))
                .setCause(letter.cause())
                .setAttempts(letter.attempts())
                .setCreatedAt(timestamp(kept.createdAt()))
                .setState(kept.state());
        if (kept.closedAt() != null) {
            message.setClosedAt(timestamp(kept.closedAt()));
        }
        if (kept.closedBy() != null) {
            message.setClosedBy(kept.closedBy());
        }
        if (letter.record() != null) {
            message.setPartition(letter.record().partition())
                    .setOffset(letter.record().offset());
        }
        if (letter.value() != null) {
            message.setValue(ByteString.copyFrom(letter.value()));
        }
        for (Header header : letter.headers()) {
            message.putHeaders(
                    header.key(), header.value() == null ? ByteString.EMPTY : ByteString.copyFrom(header.value()));
        }
        return message.build();
    }

    static DeadLetterSummary summary(String service, LetterLists.Counted counted) {
        return DeadLetterSummary.newBuilder()
                .setService(service)
                .setSource(counted.source())
                .setOrigin(counted.origin())
                .setErrorCode(counted.code().code())
                .setCount(counted.count())
                .setOldestAt(timestamp(counted.oldestAt()))
                .setNewestAt(timestamp(counted.newestAt()))
                .setCause(counted.cause())
                .build();
    }

    /** @throws CodedException {@code INVALID_REQUEST} when an id is none */
    static CloseDeadLetters.Wanted wanted(DeadLetterCommand command) {
        List<String> ids = command.getIdsList().stream().map(LetterMessages::id).toList();
        Instant before = command.hasCreatedBefore()
                ? Instant.ofEpochSecond(
                        command.getCreatedBefore().getSeconds(),
                        command.getCreatedBefore().getNanos())
                : null;
        return new CloseDeadLetters.Wanted(ids, command.getOrigin(), command.getErrorCode(), before);
    }

    static DeadLetterCommandResult result(CloseDeadLetters.Closed closed) {
        DeadLetterCommandResult.Builder result =
                DeadLetterCommandResult.newBuilder().setClosed(closed.closed()).setMore(closed.more());
        closed.refused()
                .forEach((id, why) -> result.addRefused(DeadLetterRefusal.newBuilder()
                        .setId(id)
                        .setErrorCode(why.code().code())
                        .setReason(why.reason())));
        return result.build();
    }

    /** @throws CodedException {@code INVALID_REQUEST} */
    static String id(String text) {
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException none) {
            throw new CodedException(ErrorCode.INVALID_REQUEST, "\"" + text + "\" is no id of a dead letter", none);
        }
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
