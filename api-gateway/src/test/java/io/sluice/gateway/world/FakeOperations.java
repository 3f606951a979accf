package io.sluice.gateway.world;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.google.protobuf.util.Timestamps;

import io.grpc.stub.StreamObserver;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.messaging.v1.DeadLetter;
import io.sluice.contract.messaging.v1.DeadLetterCommand;
import io.sluice.contract.messaging.v1.DeadLetterCommandResult;
import io.sluice.contract.messaging.v1.DeadLetterRefusal;
import io.sluice.contract.messaging.v1.DeadLetterSummary;
import io.sluice.contract.messaging.v1.DeferredSummary;
import io.sluice.contract.messaging.v1.ListDeadLettersRequest;
import io.sluice.contract.messaging.v1.ListDeadLettersResponse;
import io.sluice.contract.messaging.v1.ListStateLinesRequest;
import io.sluice.contract.messaging.v1.OperationsServiceGrpc.OperationsServiceImplBase;
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
import io.sluice.testsupport.SluiceInfra;

/** The part that all services have alike, over lists in memory. */
public final class FakeOperations extends OperationsServiceImplBase {

    private final NavigableMap<String, DeadLetter> deadLetters = new ConcurrentSkipListMap<>(Comparator.reverseOrder());
    private final Map<String, DeadLetterRefusal> refusals = new ConcurrentHashMap<>();
    private volatile int most = 500;
    private final List<WorkSummary> work = new CopyOnWriteArrayList<>();
    private final List<DeferredSummary> deferred = new CopyOnWriteArrayList<>();
    private final NavigableMap<String, WorkPause> pauses = new ConcurrentSkipListMap<>();
    private volatile boolean asksTheDatabase;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public void deadLetter(DeadLetter letter) {
        deadLetters.put(letter.getId(), letter);
    }

    /** No dead letters, and nothing is paused. */
    public void clear() {
        pauses.clear();
        deadLetters.clear();
        refusals.clear();
        most = 500;
    }

    /** The owner will not redrive it. */
    public void refuse(String id, ErrorCode code, String reason) {
        refusals.put(
                id,
                DeadLetterRefusal.newBuilder()
                        .setId(id)
                        .setErrorCode(code.code())
                        .setReason(reason)
                        .build());
    }

    /** Closes no more than that at once. */
    public void closesAtOnce(int letters) {
        most = letters;
    }

    public DeadLetter deadLetterOf(String id) {
        return Objects.requireNonNull(deadLetters.get(id));
    }

    public void work(WorkSummary... summaries) {
        work.clear();
        work.addAll(List.of(summaries));
    }

    /** Its answer to what waits, while the real database of this test run is asked first, as a service asks its own. */
    public void asksTheDatabase(boolean asks) {
        asksTheDatabase = asks;
    }

    public void deferred(DeferredSummary... summaries) {
        deferred.clear();
        deferred.addAll(List.of(summaries));
    }

    public void lines(List<String> stateLines) {
        lines.clear();
        lines.addAll(stateLines);
    }

    @Override
    public void summarizeWork(SummarizeWorkRequest request, StreamObserver<SummarizeWorkResponse> answer) {
        if (asksTheDatabase) {
            try {
                SluiceInfra.database().rows("SELECT 1");
            } catch (RuntimeException | AssertionError down) {
                answer.onError(FakeServer.coded(
                        ErrorCode.DATABASE_UNAVAILABLE, "The database cannot be reached: " + down.getMessage()));
                return;
            }
        }
        answer.onNext(SummarizeWorkResponse.newBuilder()
                .addAllWork(work)
                .addAllDeferredMessages(deferred)
                .addAllPauses(pauses.values())
                .setDeadLetters(deadLetters.size())
                .build());
        answer.onCompleted();
    }

    @Override
    public void pauseWork(PauseWorkRequest request, StreamObserver<WorkPause> answer) {
        if (!request.getWorkClass().equals("image")) {
            answer.onError(FakeServer.coded(ErrorCode.NOT_FOUND, "This service has no such class. It has: image."));
            return;
        }
        pauses.putIfAbsent(
                request.getWorkClass(),
                WorkPause.newBuilder()
                        .setWorkClass(request.getWorkClass())
                        .setReason(request.getReason())
                        .setPausedBy(request.getRequestedBy())
                        .setPausedAt(Timestamps.now())
                        .build());
        FakeServer.tell(answer, pauses.get(request.getWorkClass()));
    }

    @Override
    public void resumeWork(ResumeWorkRequest request, StreamObserver<ResumeWorkResponse> answer) {
        boolean was = pauses.remove(request.getWorkClass()) != null;
        FakeServer.tell(answer, ResumeWorkResponse.newBuilder().setResumed(was).build());
    }

    @Override
    public void listDeadLetters(ListDeadLettersRequest request, StreamObserver<ListDeadLettersResponse> answer) {
        List<DeadLetter> rest = (request.getCursor().isEmpty()
                        ? deadLetters
                        : deadLetters.tailMap(request.getCursor(), false))
                .values().stream()
                        .filter(letter -> fits(letter, request.getErrorCode(), request.getOrigin()))
                        .filter(letter -> request.getState().equals("all")
                                || stateOf(letter).equals(request.getState().isEmpty() ? "open" : request.getState()))
                        .toList();
        List<DeadLetter> page = rest.stream().limit(request.getLimit()).toList();
        answer.onNext(ListDeadLettersResponse.newBuilder()
                .addAllDeadLetters(page)
                .setNextCursor(page.size() < rest.size() ? page.getLast().getId() : "")
                .build());
        answer.onCompleted();
    }

    private static boolean fits(DeadLetter letter, String errorCode, String origin) {
        return (errorCode.isEmpty() || letter.getErrorCode().equals(errorCode))
                && (origin.isEmpty() || letter.getOrigin().equals(origin));
    }

    private static String stateOf(DeadLetter letter) {
        return letter.getState().isEmpty() ? "open" : letter.getState();
    }

    @Override
    public void summarizeDeadLetters(
            SummarizeDeadLettersRequest request, StreamObserver<SummarizeDeadLettersResponse> answer) {
        Map<String, DeadLetterSummary.Builder> lines = new TreeMap<>();
        deadLetters.values().stream()
                .filter(letter -> stateOf(letter).equals("open"))
                .forEach(letter -> {
                    DeadLetterSummary.Builder line = lines.computeIfAbsent(
                            letter.getOrigin() + " " + letter.getErrorCode(), key -> DeadLetterSummary.newBuilder()
                                    .setService(letter.getService())
                                    .setSource(letter.getSource())
                                    .setOrigin(letter.getOrigin())
                                    .setErrorCode(letter.getErrorCode())
                                    .setNewestAt(letter.getCreatedAt())
                                    .setCause(letter.getCause()));
                    line.setCount(line.getCount() + 1).setOldestAt(letter.getCreatedAt());
                });
        answer.onNext(SummarizeDeadLettersResponse.newBuilder()
                .addAllSummaries(lines.values().stream()
                        .map(DeadLetterSummary.Builder::build)
                        .toList())
                .build());
        answer.onCompleted();
    }

    @Override
    public void redriveDeadLetters(DeadLetterCommand command, StreamObserver<DeadLetterCommandResult> answer) {
        close(command, "redriven", refusals, answer);
    }

    @Override
    public void acknowledgeDeadLetters(DeadLetterCommand command, StreamObserver<DeadLetterCommandResult> answer) {
        close(command, "acknowledged", Map.of(), answer);
    }

    private void close(
            DeadLetterCommand command,
            String state,
            Map<String, DeadLetterRefusal> refusing,
            StreamObserver<DeadLetterCommandResult> answer) {
        DeadLetterCommandResult.Builder result = DeadLetterCommandResult.newBuilder();
        List<String> ids = command.getIdsCount() > 0
                ? command.getIdsList()
                : deadLetters.descendingMap().values().stream()
                        .filter(letter -> stateOf(letter).equals("open"))
                        .filter(letter -> fits(letter, command.getErrorCode(), command.getOrigin()))
                        .filter(letter -> !command.hasCreatedBefore()
                                || Timestamps.compare(letter.getCreatedAt(), command.getCreatedBefore()) < 0)
                        .map(DeadLetter::getId)
                        .toList();
        for (String id : ids) {
            DeadLetter letter = deadLetters.get(id);
            if (letter == null) {
                result.addRefused(DeadLetterRefusal.newBuilder()
                        .setId(id)
                        .setErrorCode("not_found")
                        .setReason("This service has no such letter"));
            } else if (stateOf(letter).equals("open") && refusing.containsKey(id)) {
                result.addRefused(refusing.get(id));
            } else if (stateOf(letter).equals("open") && result.getClosed() == most) {
                result.setMore(true);
            } else if (stateOf(letter).equals("open")) {
                deadLetters.put(
                        id,
                        letter.toBuilder()
                                .setState(state)
                                .setClosedBy(command.getRequestedBy())
                                .setClosedAt(Timestamps.fromMillis(1_760_000_500_000L))
                                .build());
                result.setClosed(result.getClosed() + 1);
            }
        }
        answer.onNext(result.build());
        answer.onCompleted();
    }

    @Override
    public void listStateLines(ListStateLinesRequest request, StreamObserver<StateLines> answer) {
        for (int from = 0; from < lines.size(); from += 100) {
            answer.onNext(StateLines.newBuilder()
                    .addAllLines(lines.subList(from, Math.min(lines.size(), from + 100)))
                    .build());
        }
        answer.onCompleted();
    }
}
