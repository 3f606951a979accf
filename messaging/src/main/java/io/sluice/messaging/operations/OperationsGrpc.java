package io.sluice.messaging.operations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import jakarta.enterprise.inject.Instance;

import org.jspecify.annotations.Nullable;

import com.google.protobuf.Timestamp;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.messaging.v1.DeadLetterCommand;
import io.sluice.contract.messaging.v1.DeadLetterCommandResult;
import io.sluice.contract.messaging.v1.DeferredSummary;
import io.sluice.contract.messaging.v1.ListDeadLettersRequest;
import io.sluice.contract.messaging.v1.ListDeadLettersResponse;
import io.sluice.contract.messaging.v1.ListStateLinesRequest;
import io.sluice.contract.messaging.v1.OperationsServiceGrpc;
import io.sluice.contract.messaging.v1.PauseWorkRequest;
import io.sluice.contract.messaging.v1.ResumeWorkRequest;
import io.sluice.contract.messaging.v1.ResumeWorkResponse;
import io.sluice.contract.messaging.v1.StateLines;
import io.sluice.contract.messaging.v1.SummarizeDeadLettersRequest;
import io.sluice.contract.messaging.v1.SummarizeDeadLettersResponse;
import io.sluice.contract.messaging.v1.SummarizeWorkRequest;
import io.sluice.contract.messaging.v1.SummarizeWorkResponse;
import io.sluice.contract.messaging.v1.WorkPause;
import io.sluice.contract.messaging.v1.WorkSummary;
import io.sluice.messaging.Backlog;
import io.sluice.messaging.command.CommandsOnce;
import io.sluice.messaging.deadletter.CloseDeadLetters;
import io.sluice.messaging.deadletter.LetterFilter;
import io.sluice.messaging.deadletter.LetterLists;
import io.sluice.messaging.grpc.GrpcAnswers;
import io.sluice.messaging.work.WorkPauses;

/** Answers what an operator asks a service that owns work. */
@GrpcService
public class OperationsGrpc extends OperationsServiceGrpc.OperationsServiceImplBase {

    private static final int MAX_PAGE = 500;
    private static final int LINES_PER_MESSAGE = 500;
    private static final long FULL_PIPE_PAUSE_NANOS = 1_000_000;

    private final io.sluice.messaging.Instance instance;
    private final Backlog backlog;
    private final LetterLists letters;
    private final CloseDeadLetters closeDeadLetters;
    private final WorkPauses pauses;
    private final CommandsOnce once;
    private final Instance<StateLineSource> stateLines;

    OperationsGrpc(
            io.sluice.messaging.Instance instance,
            Backlog backlog,
            LetterLists letters,
            CloseDeadLetters closeDeadLetters,
            WorkPauses pauses,
            CommandsOnce once,
            Instance<StateLineSource> stateLines) {
        this.instance = instance;
        this.backlog = backlog;
        this.letters = letters;
        this.closeDeadLetters = closeDeadLetters;
        this.pauses = pauses;
        this.once = once;
        this.stateLines = stateLines;
    }

    @Override
    public void summarizeWork(SummarizeWorkRequest request, StreamObserver<SummarizeWorkResponse> answer) {
        GrpcAnswers.answer(answer, this::summary);
    }

    private SummarizeWorkResponse summary() {
        Backlog.Snapshot snapshot = backlog.recent();
        SummarizeWorkResponse.Builder summary = SummarizeWorkResponse.newBuilder()
                .setOutboxWaiting(snapshot.outboxWaiting())
                .setDeadLetters(snapshot.deadLetters());
        if (snapshot.outboxOldestSeconds() != null) {
            summary.setOutboxOldestSeconds(snapshot.outboxOldestSeconds());
        }
        snapshot.work()
                .forEach(work -> summary.addWork(WorkSummary.newBuilder()
                        .setWorkClass(work.workClass())
                        .setLane(work.lane())
                        .setState(work.state())
                        .setCount(work.count())
                        .setOldestSeconds(work.oldestSeconds())
                        .setLastErrorCode(work.lastErrorCode())
                        .setLastError(work.lastError())));
        snapshot.deferred()
                .forEach(deferred -> summary.addDeferredMessages(DeferredSummary.newBuilder()
                        .setTopic(deferred.topic())
                        .setCount(deferred.count())
                        .setOldestSeconds(deferred.oldestSeconds())
                        .setLastErrorCode(deferred.lastErrorCode())
                        .setLastError(deferred.lastError())));
        snapshot.pauses().forEach(pause -> summary.addPauses(message(pause)));
        return summary.build();
    }

    @Override
    public void pauseWork(PauseWorkRequest request, StreamObserver<WorkPause> answer) {
        GrpcAnswers.answer(
                answer,
                () -> once.answer(
                        request,
                        WorkPause.parser(),
                        tx -> message(pauses.pause(
                                tx, request.getWorkClass(), request.getReason(), request.getRequestedBy()))));
    }

    @Override
    public void resumeWork(ResumeWorkRequest request, StreamObserver<ResumeWorkResponse> answer) {
        GrpcAnswers.answer(
                answer,
                () -> once.answer(request, ResumeWorkResponse.parser(), tx -> ResumeWorkResponse.newBuilder()
                        .setResumed(pauses.resume(tx, request.getWorkClass(), expected(request)))
                        .build()));
    }

    private static @Nullable Instant expected(ResumeWorkRequest request) {
        Timestamp at = request.getExpectedPausedAt();
        return request.hasExpectedPausedAt() ? Instant.ofEpochSecond(at.getSeconds(), at.getNanos()) : null;
    }

    private static WorkPause message(WorkPauses.Pause pause) {
        return WorkPause.newBuilder()
                .setWorkClass(pause.workClass())
                .setReason(pause.reason())
                .setPausedBy(pause.pausedBy())
                .setPausedAt(Timestamp.newBuilder()
                        .setSeconds(pause.pausedAt().getEpochSecond())
                        .setNanos(pause.pausedAt().getNano()))
                .build();
    }

    @Override
    public void listDeadLetters(ListDeadLettersRequest request, StreamObserver<ListDeadLettersResponse> answer) {
        GrpcAnswers.answer(answer, () -> page(request));
    }

    private ListDeadLettersResponse page(ListDeadLettersRequest request) {
        int limit = request.getLimit();
        if (limit < 1 || limit > MAX_PAGE) {
            throw new CodedException(ErrorCode.INVALID_REQUEST, "limit must be 1 to " + MAX_PAGE + ", not " + limit);
        }
        String cursor = request.getCursor().isEmpty() ? "" : LetterMessages.id(request.getCursor());
        LetterFilter filter = new LetterFilter(request.getState(), request.getOrigin(), request.getErrorCode());
        List<LetterLists.Kept> page = letters.page(filter, limit + 1, cursor);
        ListDeadLettersResponse.Builder response = ListDeadLettersResponse.newBuilder();
        if (page.size() > limit) {
            page = page.subList(0, limit);
            response.setNextCursor(page.getLast().id().toString());
        }
        page.forEach(kept -> response.addDeadLetters(LetterMessages.message(instance.service(), kept)));
        return response.build();
    }

    @Override
    public void summarizeDeadLetters(
            SummarizeDeadLettersRequest request, StreamObserver<SummarizeDeadLettersResponse> answer) {
        GrpcAnswers.answer(answer, () -> SummarizeDeadLettersResponse.newBuilder()
                .addAllSummaries(letters.summary().stream()
                        .map(counted -> LetterMessages.summary(instance.service(), counted))
                        .toList())
                .build());
    }

    @Override
    public void redriveDeadLetters(DeadLetterCommand command, StreamObserver<DeadLetterCommandResult> answer) {
        close(CloseDeadLetters.End.REDRIVEN, command, answer);
    }

    @Override
    public void acknowledgeDeadLetters(DeadLetterCommand command, StreamObserver<DeadLetterCommandResult> answer) {
        close(CloseDeadLetters.End.ACKNOWLEDGED, command, answer);
    }

    private void close(
            CloseDeadLetters.End end, DeadLetterCommand command, StreamObserver<DeadLetterCommandResult> answer) {
        GrpcAnswers.answer(
                answer,
                () -> once.answer(
                        command,
                        DeadLetterCommandResult.parser(),
                        tx -> LetterMessages.result(closeDeadLetters.close(
                                tx, end, LetterMessages.wanted(command), command.getRequestedBy()))));
    }

    @Override
    public void listStateLines(ListStateLinesRequest request, StreamObserver<StateLines> answer) {
        ServerCallStreamObserver<StateLines> call = (ServerCallStreamObserver<StateLines>) answer;
        GrpcAnswers.stream(answer, () -> sendAll(call));
    }

    private void sendAll(ServerCallStreamObserver<StateLines> call) {
        if (stateLines.isResolvable()) {
            List<String> lines = new ArrayList<>(LINES_PER_MESSAGE);
            stateLines.get().forEachLine(line -> {
                lines.add(line);
                if (lines.size() == LINES_PER_MESSAGE) {
                    send(call, lines);
                }
            });
            send(call, lines);
        }
    }

    /** Waits while the pipe is full, so that a library of any size passes through in little memory. */
    private static void send(ServerCallStreamObserver<StateLines> call, List<String> lines) {
        while (!call.isReady()) {
            if (call.isCancelled()) {
                throw new CodedException(ErrorCode.INTERRUPTED, "the caller went away");
            }
            LockSupport.parkNanos(FULL_PIPE_PAUSE_NANOS);
        }
        call.onNext(StateLines.newBuilder().addAllLines(lines).build());
        lines.clear();
    }
}
