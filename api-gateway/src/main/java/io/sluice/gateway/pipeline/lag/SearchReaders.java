package io.sluice.gateway.pipeline.lag;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GrpcClient;
import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.search.v1.GetIndexStateRequest;
import io.sluice.contract.search.v1.GetIndexStateResponse;
import io.sluice.contract.search.v1.IndexPhase;
import io.sluice.contract.search.v1.ReadPosition;
import io.sluice.contract.search.v1.SearchServiceGrpc;
import io.sluice.contract.search.v1.SearchServiceGrpc.SearchServiceBlockingStub;
import io.sluice.messaging.grpc.GrpcErrors;

/**
 * Where search stands in each topic that it reads: it has no consumer group, so it is asked. Of several instances the one that
 * answers this gateway's searches is asked; the others tell of themselves in their own meters.
 */
@ApplicationScoped
class SearchReaders {

    /** All other lag waits for this answer, which takes milliseconds when all is well. */
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    /** Longer than a new connection takes on one network. */
    private static final Duration RECONNECT = Duration.ofMillis(400);

    /** Readers of one measurement share an answer. */
    private static final Duration ONE_ROUND = Duration.ofSeconds(2);

    private final Channel search;
    private final List<GroupLessReader> readers;
    private @Nullable Function<Topic, GroupLessReader.Place> answer;
    private Instant askedAt = Instant.EPOCH;

    SearchReaders(@GrpcClient("search") Channel search) {
        this.search = search;
        this.readers = Topics.all().stream()
                .filter(topic -> topic.readers().contains("search"))
                .<GroupLessReader>map(OfTopic::new)
                .toList();
    }

    /** One a topic, named after what the topic tells: search.asset. */
    List<GroupLessReader> all() {
        return readers;
    }

    private final class OfTopic implements GroupLessReader {
        private final Topic topic;

        OfTopic(Topic topic) {
            this.topic = topic;
        }

        @Override
        public String name() {
            return "search." + topic.name().split("\\.", -1)[2];
        }

        @Override
        public Topic topic() {
            return topic;
        }

        @Override
        public Place place() {
            return places().apply(topic);
        }
    }

    private synchronized Function<Topic, GroupLessReader.Place> places() {
        Function<Topic, GroupLessReader.Place> known = answer;
        if (known == null || askedAt.isBefore(Instant.now().minus(ONE_ROUND))) {
            known = ask();
            answer = known;
            askedAt = Instant.now();
        }
        return known;
    }

    private Function<Topic, GroupLessReader.Place> ask() {
        try {
            return of(stub(PATIENCE).getIndexState(GetIndexStateRequest.getDefaultInstance()));
        } catch (StatusRuntimeException failure) {
            return GrpcErrors.isUnheard(failure) ? askAgain() : silent(failure);
        }
    }

    /** Between attempts to connect the client waits for up to two minutes; a search that was started is there in seconds. */
    private Function<Topic, GroupLessReader.Place> askAgain() {
        if (search instanceof ManagedChannel managed) {
            managed.resetConnectBackoff();
        }
        try {
            return of(stub(RECONNECT).withWaitForReady().getIndexState(GetIndexStateRequest.getDefaultInstance()));
        } catch (StatusRuntimeException failure) {
            return GrpcErrors.isUnheard(failure) || failure.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED
                    ? topic -> new GroupLessReader.Place.Gone()
                    : silent(failure);
        }
    }

    private SearchServiceBlockingStub stub(Duration patience) {
        return SearchServiceGrpc.newBlockingStub(search).withDeadlineAfter(patience.toMillis(), MILLISECONDS);
    }

    private static Function<Topic, GroupLessReader.Place> silent(StatusRuntimeException failure) {
        String reason =
                switch (failure.getStatus().getCode()) {
                    case DEADLINE_EXCEEDED ->
                        "The search service is there and does not answer: it hangs, or is overloaded.";
                    case UNAUTHENTICATED, PERMISSION_DENIED ->
                        "The search service refuses the gateway's token: sluice.internal.token must be the same in"
                                + " both.";
                    default -> "The search service cannot be asked: " + failure.getStatus();
                };
        return topic -> new GroupLessReader.Place.Nowhere(reason);
    }

    private static Function<Topic, GroupLessReader.Place> of(GetIndexStateResponse told) {
        Instant now = Instant.now();
        return topic -> {
            Map<Integer, Long> next = told.getPositionsList().stream()
                    .filter(position -> position.getTopic().equals(topic.name()))
                    .collect(Collectors.toMap(ReadPosition::getPartition, ReadPosition::getOffset));
            if (next.isEmpty()) {
                return new GroupLessReader.Place.Nowhere(
                        "Search has not begun to read this topic. " + told.getReason());
            }
            return told.getPhase() == IndexPhase.INDEX_PHASE_WAITING
                    ? new GroupLessReader.Place.Waiting(next, told.getReason())
                    : new GroupLessReader.Place.At(next, now);
        };
    }
}
