package io.sluice.gateway.world;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.grpc.stub.StreamObserver;
import io.sluice.contract.messaging.v1.DeadLetter;
import io.sluice.contract.messaging.v1.ListDeadLettersRequest;
import io.sluice.contract.messaging.v1.ListDeadLettersResponse;
import io.sluice.contract.messaging.v1.ListStateLinesRequest;
import io.sluice.contract.messaging.v1.OperationsServiceGrpc.OperationsServiceImplBase;
import io.sluice.contract.messaging.v1.StateLines;
import io.sluice.contract.messaging.v1.SummarizeWorkRequest;
import io.sluice.contract.messaging.v1.SummarizeWorkResponse;
import io.sluice.contract.messaging.v1.WorkSummary;

/** The part that all services have alike, over lists in memory. */
public final class FakeOperations extends OperationsServiceImplBase {

    private final NavigableMap<String, DeadLetter> deadLetters = new ConcurrentSkipListMap<>(Comparator.reverseOrder());
    private final List<WorkSummary> work = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public void deadLetter(DeadLetter letter) {
        deadLetters.put(letter.getId(), letter);
    }

    public void clearDeadLetters() {
        deadLetters.clear();
    }

    public void work(WorkSummary... summaries) {
        work.clear();
        work.addAll(List.of(summaries));
    }

    public void lines(List<String> stateLines) {
        lines.clear();
        lines.addAll(stateLines);
    }

    @Override
    public void summarizeWork(SummarizeWorkRequest request, StreamObserver<SummarizeWorkResponse> answer) {
        answer.onNext(SummarizeWorkResponse.newBuilder()
                .addAllWork(work)
                .setDeadLetters(deadLetters.size())
                .build());
        answer.onCompleted();
    }

    @Override
    public void listDeadLetters(ListDeadLettersRequest request, StreamObserver<ListDeadLettersResponse> answer) {
        List<DeadLetter> rest = (request.getCursor().isEmpty()
                        ? deadLetters
                        : deadLetters.tailMap(request.getCursor(), false))
                .values().stream()
                        .filter(letter -> request.getErrorCode().isEmpty()
                                || letter.getErrorCode().equals(request.getErrorCode()))
                        .toList();
        List<DeadLetter> page = rest.stream().limit(request.getLimit()).toList();
        answer.onNext(ListDeadLettersResponse.newBuilder()
                .addAllDeadLetters(page)
                .setNextCursor(page.size() < rest.size() ? page.getLast().getId() : "")
                .build());
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
