package io.sluice.gateway.deadletter;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.google.protobuf.Timestamp;

import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.messaging.v1.DeadLetterCommand;
import io.sluice.contract.messaging.v1.DeadLetterCommandResult;
import io.sluice.contract.messaging.v1.DeadLetterRefusal;
import io.sluice.gateway.deadletter.ClosedDeadLettersRepresentation.Refusal;
import io.sluice.gateway.deadletter.DeadLettersResource.WantedLetters;
import io.sluice.gateway.upstream.Answer;
import io.sluice.gateway.upstream.Degraded;
import io.sluice.gateway.upstream.Upstream;
import io.sluice.gateway.upstream.Upstreams;

/** Has the owners of dead letters end them, and says in the audit log who asked. Asking again changes nothing. */
@ApplicationScoped
class CloseDeadLetters {

    /** How they end. */
    enum End {
        REDRIVE,
        ACKNOWLEDGE
    }

    private static final Logger AUDIT = Logger.getLogger("audit");

    private static final int MOST_IDS = 500;

    private final Upstreams upstreams;
    private final SecurityIdentity identity;

    CloseDeadLetters(Upstreams upstreams, SecurityIdentity identity) {
        this.upstreams = upstreams;
        this.identity = identity;
    }

    /**
     * Ends one; its owner is whoever knows it.
     *
     * @throws CodedException {@code NOT_FOUND} when nobody does; what the owner refuses it with;
     *     {@code SERVICE_UNAVAILABLE} when who is silent may be its owner
     */
    ClosedDeadLettersRepresentation one(End end, String id) {
        ClosedDeadLettersRepresentation told = byIds(end, List.of(id));
        if (!told.refused().isEmpty()) {
            Refusal refusal = told.refused().getFirst();
            throw new CodedException(ErrorCode.of(refusal.code()), refusal.reason());
        }
        return told;
    }

    /** @throws CodedException {@code INVALID_REQUEST}; {@code SERVICE_UNAVAILABLE} when nobody who was asked answers */
    ClosedDeadLettersRepresentation all(End end, WantedLetters wanted) {
        List<String> ids = wanted.ids() == null ? List.of() : wanted.ids();
        boolean filter = wanted.service() != null
                || wanted.origin() != null
                || wanted.errorCode() != null
                || wanted.createdBefore() != null;
        if (filter != ids.isEmpty() || ids.size() > MOST_IDS) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST,
                    "Send either \"ids\" (1 to " + MOST_IDS
                            + ") or a filter of at least one of \"service\", \"origin\", \"error_code\", \"created_before\".");
        }
        return filter ? byFilter(end, wanted) : byIds(end, ids);
    }

    private ClosedDeadLettersRepresentation byFilter(End end, WantedLetters wanted) {
        // Unless it is said, each owner means those that are there when it is asked: what fails again is not meant, and
        // the same request sent again is the same.
        DeadLetterCommand.Builder command = DeadLetterCommand.newBuilder()
                .setOrigin(wanted.origin() == null ? "" : wanted.origin())
                .setErrorCode(wanted.errorCode() == null ? "" : wanted.errorCode())
                .setRequestedBy(by());
        if (wanted.createdBefore() != null) {
            command.setCreatedBefore(Timestamp.newBuilder()
                    .setSeconds(wanted.createdBefore().getEpochSecond())
                    .setNanos(wanted.createdBefore().getNano()));
        }
        audit(end, wanted.toString());
        List<Answer<DeadLetterCommandResult>> answers =
                ask(end, command.build(), ListDeadLetters.ownersOf(wanted.service() == null ? "" : wanted.service()));
        failIfSilent(answers);
        List<DeadLetterCommandResult> told = known(answers);
        return new ClosedDeadLettersRepresentation(
                told.stream().mapToLong(DeadLetterCommandResult::getClosed).sum(),
                told.stream().anyMatch(DeadLetterCommandResult::getMore),
                told.stream()
                        .flatMap(result -> result.getRefusedList().stream())
                        .map(CloseDeadLetters::refusal)
                        .toList(),
                Degraded.notes(answers.toArray(Answer<?>[]::new)));
    }

    private ClosedDeadLettersRepresentation byIds(End end, List<String> asked) {
        Set<String> ids = new LinkedHashSet<>();
        asked.forEach(id -> ids.add(checked(id)));
        audit(end, ids.toString());
        DeadLetterCommand command = DeadLetterCommand.newBuilder()
                .addAllIds(ids)
                .setRequestedBy(by())
                .build();
        List<Answer<DeadLetterCommandResult>> answers = ask(end, command, Upstream.withWork());
        failIfSilent(answers);
        List<DeadLetterCommandResult> told = known(answers);
        List<Refusal> refused = new ArrayList<>();
        for (String id : ids) {
            List<DeadLetterRefusal> refusals = told.stream()
                    .flatMap(result -> result.getRefusedList().stream())
                    .filter(refusal -> refusal.getId().equals(id))
                    .toList();
            Optional<DeadLetterRefusal> owners =
                    refusals.stream().filter(refusal -> !unknown(refusal)).findFirst();
            if (owners.isPresent()) {
                refused.add(refusal(owners.get()));
            } else if (refusals.size() == told.size()) {
                refused.add(ownerless(id, answers)); // else one of them has it, and closed it now or before
            }
        }
        return new ClosedDeadLettersRepresentation(
                told.stream().mapToLong(DeadLetterCommandResult::getClosed).sum(),
                false,
                refused,
                Degraded.notes(answers.toArray(Answer<?>[]::new)));
    }

    private static Refusal ownerless(String id, List<Answer<DeadLetterCommandResult>> answers) {
        return answers.stream()
                .filter(answer -> answer instanceof Answer.Unknown<?>)
                .findFirst()
                .map(silent -> new Refusal(
                        id,
                        ErrorCode.SERVICE_UNAVAILABLE.code(),
                        "A service that may be its owner does not answer; ask again."))
                .orElseGet(() -> new Refusal(id, ErrorCode.NOT_FOUND.code(), "There is no dead letter " + id + "."));
    }

    private static boolean unknown(DeadLetterRefusal refusal) {
        return refusal.getErrorCode().equals(ErrorCode.NOT_FOUND.code());
    }

    private static Refusal refusal(DeadLetterRefusal refusal) {
        return new Refusal(refusal.getId(), refusal.getErrorCode(), refusal.getReason());
    }

    private List<Answer<DeadLetterCommandResult>> ask(End end, DeadLetterCommand command, List<Upstream> owners) {
        return upstreams.together(owners.stream()
                .map(owner -> (Supplier<Answer<DeadLetterCommandResult>>) () -> upstreams.tryAsk(
                        owner,
                        () -> upstreams.operations(
                                owner,
                                operations -> end == End.REDRIVE
                                        ? operations.redriveDeadLetters(command)
                                        : operations.acknowledgeDeadLetters(command))))
                .toList());
    }

    private static List<DeadLetterCommandResult> known(List<Answer<DeadLetterCommandResult>> answers) {
        return answers.stream()
                .<DeadLetterCommandResult>mapMulti((answer, sink) -> {
                    if (answer instanceof Answer.Known<DeadLetterCommandResult>(var told)) {
                        sink.accept(told);
                    }
                })
                .toList();
    }

    private static void failIfSilent(List<Answer<DeadLetterCommandResult>> answers) {
        if (known(answers).isEmpty() && answers.getFirst() instanceof Answer.Unknown<?> silent) {
            throw silent.failure();
        }
    }

    private static String checked(String id) {
        try {
            return UUID.fromString(id).toString();
        } catch (IllegalArgumentException none) {
            throw new CodedException(ErrorCode.INVALID_REQUEST, "ids: \"" + id + "\" is no id of a dead letter.", none);
        }
    }

    private String by() {
        return identity.getPrincipal().getName();
    }

    private void audit(End end, String what) {
        AUDIT.infof("dead letters: %s asked for by=%s what=%s", end, by(), what);
    }
}
