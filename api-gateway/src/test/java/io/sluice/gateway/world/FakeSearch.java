package io.sluice.gateway.world;

import io.grpc.stub.StreamObserver;
import io.sluice.contract.CodedException;
import io.sluice.contract.search.v1.SearchRequest;
import io.sluice.contract.search.v1.SearchResponse;
import io.sluice.contract.search.v1.SearchServiceGrpc.SearchServiceImplBase;

/** Answers every search alike, and keeps the last one. */
public final class FakeSearch extends SearchServiceImplBase {

    private volatile SearchResponse answer = SearchResponse.getDefaultInstance();
    private volatile SearchRequest last = SearchRequest.getDefaultInstance();
    private volatile CodedException refusal;

    public void answers(SearchResponse next) {
        answer = next;
    }

    /** With this, from now on. */
    public void refuses(CodedException next) {
        refusal = next;
    }

    public SearchRequest last() {
        return last;
    }

    void clear() {
        answer = SearchResponse.getDefaultInstance();
        refusal = null;
    }

    @Override
    public void search(SearchRequest request, StreamObserver<SearchResponse> told) {
        last = request;
        CodedException refused = refusal;
        if (refused == null) {
            FakeServer.tell(told, answer);
        } else {
            told.onError(FakeServer.coded(refused.code(), refused.getMessage()));
        }
    }
}
