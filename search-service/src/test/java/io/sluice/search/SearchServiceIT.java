package io.sluice.search;

import static io.sluice.search.Told.asset;
import static io.sluice.search.Told.hashes;
import static io.sluice.search.Told.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.Topics;
import io.sluice.contract.search.v1.GetIndexStateRequest;
import io.sluice.contract.search.v1.GetIndexStateResponse;
import io.sluice.contract.search.v1.IndexPhase;
import io.sluice.contract.search.v1.SearchRequest;
import io.sluice.contract.search.v1.SearchServiceGrpc;
import io.sluice.contract.search.v1.SearchServiceGrpc.SearchServiceBlockingStub;
import io.sluice.testsupport.SluiceInfra;

/** The service as it is deployed: ready when it has caught up, asked by gRPC with the token, without a database. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
class SearchServiceIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void itIsReadyOnceItHasReadWhatIsThere() throws Exception {
        ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", url("").getPort())
                .usePlaintext()
                .build();
        try {
            SearchServiceBlockingStub stranger = SearchServiceGrpc.newBlockingStub(channel);
            SearchServiceBlockingStub search =
                    stranger.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(token()));
            assertThat(status("/q/health/live")).isEqualTo(200);
            assertThat(status("/q/health/ready")).as("no topics yet").isEqualTo(503);
            assertThatThrownBy(() -> search.search(SearchRequest.getDefaultInstance()))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("still being made");
            assertThatThrownBy(() -> stranger.search(SearchRequest.getDefaultInstance()))
                    .hasMessageContaining("sluice-token");

            SluiceInfra.topics().create(Told.TOPICS);
            SluiceInfra.topics().produceAll(List.of(record(asset(1, 1, "one.jpg")), record(asset(2, 1, "two.jpg"))));
            Awaitility.await("ready").atMost(LIMIT).until(() -> status("/q/health/ready") == 200);
            Awaitility.await("both are found")
                    .atMost(LIMIT)
                    .until(() -> search.search(SearchRequest.newBuilder()
                                            .setQuery("jpg")
                                            .build())
                                    .getHitsCount()
                            == 2);
            GetIndexStateResponse state = search.getIndexState(GetIndexStateRequest.getDefaultInstance());
            assertThat(state.getPhase()).isEqualTo(IndexPhase.INDEX_PHASE_READY);
            assertThat(state.getLiveAssets()).isEqualTo(2);
            assertThat(state.getPositionsCount()).isEqualTo(60);

            SluiceInfra.topics()
                    .produceAll(List.of(
                            new ProducerRecord<>(Topics.MEDIA_FACTS.name(), new byte[] {7}, new byte[] {1}),
                            record(asset(3, 1, "three.jpg"))));
            Awaitility.await("a new one within a second, with room for a slow machine")
                    .atMost(Duration.ofSeconds(5))
                    .until(() ->
                            search
                                    .search(SearchRequest.newBuilder()
                                            .setQuery("three")
                                            .build())
                                    .getHitsList()
                                    .stream()
                                    .map(hit -> Told.hex(hit.getContentHash()))
                                    .toList()
                                    .equals(hashes(3)));
            Awaitility.await("what cannot be read is told with its reason")
                    .atMost(LIMIT)
                    .until(() -> search.getIndexState(GetIndexStateRequest.getDefaultInstance())
                                    .getUnreadable()
                            == 1);
            assertThat(search.getIndexState(GetIndexStateRequest.getDefaultInstance())
                            .getUnreadableRecords(0)
                            .getReason())
                    .contains("Its bytes are no message");
            assertThat(text("/q/metrics"))
                    .contains("sluice_search_behind 0.0")
                    .contains("sluice_search_documents_written_total")
                    .contains("sluice_search_searches_seconds_count");
        } finally {
            channel.shutdownNow();
        }
    }

    private static Metadata token() {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("sluice-token", Metadata.ASCII_STRING_MARSHALLER), "it-token");
        return headers;
    }

    private static int status(String path) throws IOException, InterruptedException {
        return get(path).statusCode();
    }

    private static String text(String path) throws IOException, InterruptedException {
        return get(path).body();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(url(path)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static URI url(String path) {
        URI base = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        return URI.create("http://127.0.0.1:" + base.getPort() + path);
    }
}
