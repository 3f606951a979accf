package io.sluice.gateway.world;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.grpc.stub.StreamObserver;
import io.sluice.contract.CodedException;
import io.sluice.contract.search.v1.GetIndexStateRequest;
import io.sluice.contract.search.v1.GetIndexStateResponse;
import io.sluice.contract.search.v1.SearchRequest;
import io.sluice.contract.search.v1.SearchResponse;
import io.sluice.contract.search.v1.SearchServiceGrpc.SearchServiceImplBase;

/** Answers searches as it is told to, and keeps the last one. */
public final class FakeSearch extends SearchServiceImplBase {

    private volatile Function<SearchRequest, SearchResponse> answer = asked -> SearchResponse.getDefaultInstance();
    private volatile GetIndexStateResponse standing = GetIndexStateResponse.getDefaultInstance();
    private volatile boolean hanging;
    private volatile SearchRequest last = SearchRequest.getDefaultInstance();
    private volatile @Nullable CodedException refusal;

    public void answers(SearchResponse next) {
        answer = asked -> next;
    }

    /** Each question its own. */
    public void answers(Function<SearchRequest, SearchResponse> next) {
        answer = next;
    }

    /** With this, from now on; null: no more. */
    public void refuses(@Nullable CodedException next) {
        refusal = next;
    }

    public SearchRequest last() {
        return last;
    }

    /** How far its index is. */
    public void stands(GetIndexStateResponse where) {
        standing = where;
    }

    /** Takes questions for its state and never answers them, as a process that is stopped. */
    public void hangs(boolean now) {
        hanging = now;
    }

    void clear() {
        standing = GetIndexStateResponse.getDefaultInstance();
        hanging = false;
        answer = asked -> SearchResponse.getDefaultInstance();
        refusal = null;
    }

    @Override
    public void getIndexState(GetIndexStateRequest request, StreamObserver<GetIndexStateResponse> told) {
        if (!hanging) {
            FakeServer.tell(told, standing);
        }
    }

    @Override
    public void search(SearchRequest request, StreamObserver<SearchResponse> told) {
        last = request;
        CodedException refused = refusal;
        if (refused == null) {
            FakeServer.tell(told, answer.apply(request));
        } else {
            told.onError(FakeServer.coded(refused.code(), refused.getMessage()));
        }
    }
}
