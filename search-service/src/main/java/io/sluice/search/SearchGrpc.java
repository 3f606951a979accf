package io.sluice.search;

import com.google.protobuf.util.Timestamps;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.sluice.contract.search.v1.GetIndexStateRequest;
import io.sluice.contract.search.v1.GetIndexStateResponse;
import io.sluice.contract.search.v1.ReadPosition;
import io.sluice.contract.search.v1.SearchRequest;
import io.sluice.contract.search.v1.SearchResponse;
import io.sluice.contract.search.v1.SearchServiceGrpc;
import io.sluice.messaging.grpc.GrpcAnswers;
import io.sluice.search.index.IndexCounts;
import io.sluice.search.index.IndexState;
import io.sluice.search.index.ShownIndex;
import io.sluice.search.query.RunSearch;
import io.sluice.search.query.SearchTurns;

/** Answers searches. */
@GrpcService
class SearchGrpc extends SearchServiceGrpc.SearchServiceImplBase {

    private final ShownIndex shown;
    private final IndexState state;
    private final RunSearch search;
    private final SearchTurns turns;

    SearchGrpc(ShownIndex shown, IndexState state, RunSearch search, SearchTurns turns) {
        this.shown = shown;
        this.state = state;
        this.search = search;
        this.turns = turns;
    }

    @Override
    public void search(SearchRequest request, StreamObserver<SearchResponse> answer) {
        GrpcAnswers.answer(answer, () -> turns.take(() -> shown.ask(reader -> search.search(reader, request))));
    }

    @Override
    public void getIndexState(GetIndexStateRequest request, StreamObserver<GetIndexStateResponse> answer) {
        GrpcAnswers.answer(answer, this::indexState);
    }

    private GetIndexStateResponse indexState() {
        GetIndexStateResponse.Builder told = GetIndexStateResponse.newBuilder()
                .setPhase(state.phase())
                .setReason(state.reason())
                .setAnswers(shown.answers());
        if (shown.answers()) {
            IndexCounts counts = shown.ask(IndexCounts::of);
            told.setLiveAssets(counts.live())
                    .setHiddenAssets(counts.hidden())
                    .setContainers(counts.containers())
                    .setUnreadable(counts.unreadable())
                    .addAllUnreadableRecords(shown.ask(IndexCounts::unreadable));
        }
        var committedAt = state.committedAt();
        if (committedAt != null) {
            told.setCommittedAt(Timestamps.fromMillis(committedAt.toEpochMilli()));
        }
        state.positions().forEach(position -> told.addPositions(position(position)));
        return told.build();
    }

    private static ReadPosition position(IndexState.Position position) {
        ReadPosition.Builder told = ReadPosition.newBuilder()
                .setTopic(position.topic())
                .setPartition(position.partition())
                .setOffset(position.offset());
        position.behind().ifPresent(told::setBehind);
        return told.build();
    }
}
