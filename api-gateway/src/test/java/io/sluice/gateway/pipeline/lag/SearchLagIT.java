package io.sluice.gateway.pipeline.lag;

import static io.sluice.gateway.pipeline.lag.LagClient.is;
import static io.sluice.gateway.pipeline.lag.LagClient.messages;
import static io.sluice.gateway.pipeline.lag.LagClient.meters;
import static io.sluice.gateway.pipeline.lag.LagClient.produce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.search.v1.GetIndexStateResponse;
import io.sluice.contract.search.v1.IndexPhase;
import io.sluice.contract.search.v1.ReadPosition;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Search reads without a group: it is asked where it stands, the broker says what is left, and who cannot be asked is never zero. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class SearchLagIT {

    private static final String METER = "sluice_lag_messages{group=\"search.text\",topic=\"sluice.ingest.text.v1\"} ";

    private final LagClient lags = new LagClient();
    private World world;

    @BeforeEach
    void searchHasReadEverything() {
        world = World.empty();
        SluiceInfra.topics().create(Topics.all().toArray(Topic[]::new));
        world.search.stands(at(IndexPhase.INDEX_PHASE_READY, "", 0));
    }

    @Test
    void whatSearchHasNotReadIsCountedWithItsAge() {
        Instant first = produce(Topics.INGEST_TEXT, 4, 3);
        JsonNode behind = lags.await("search.text", lag -> is(lag, "catching_up"));
        assertThat(messages(behind)).isEqualTo(3);
        assertThat(behind.get("kind").asText()).isEqualTo("reader");
        assertThat(behind.get("service").asText()).isEqualTo("search");
        assertThat(behind.get("partitions").get(4).get("messages").asLong()).isEqualTo(3);
        JsonNode again = lags.group("search.text");
        assertThat(again.get("seconds").asDouble())
                .isCloseTo(Duration.between(first, Instant.now()).toMillis() / 1000.0, within(1.0));
        assertThat(meters()).contains(METER + "3.0");
        assertThat(messages(lags.group("search.container"))).as("another topic").isZero();

        world.search.stands(at(IndexPhase.INDEX_PHASE_READY, "", 3));
        JsonNode ok = lags.await("search.text", lag -> is(lag, "ok"));
        assertThat(messages(ok)).isZero();
        assertThat(ok.get("seconds").asDouble()).isZero();
    }

    @Test
    void aSearchThatIsGoneHasNoReaderAndItsNumbersAreNotZero() {
        lags.await("search.asset", lag -> !is(lag, "no_consumer"));
        world.stopSearch();
        try {
            JsonNode gone = lags.await("search.asset", lag -> is(lag, "no_consumer"));
            assertThat(gone.get("messages").isNull()).isTrue();
            assertThat(gone.get("seconds").isNull()).isTrue();
            assertThat(gone.get("partitions").isNull()).isTrue();
            assertThat(gone.get("cure").asText()).contains("Start the search service");
            assertThat(meters()).contains(METER + "NaN");
        } finally {
            world.startSearch();
        }
        lags.await("search.asset", lag -> messages(lag) >= 0);
    }

    @Test
    void aSearchThatDoesNotAnswerIsUnknown() {
        world.search.hangs(true);
        JsonNode mute = lags.await("search.facts", lag -> is(lag, "unknown"));
        assertThat(mute.get("reason").asText()).contains("does not answer");
        assertThat(mute.get("messages").isNull()).isTrue();
        world.search.hangs(false);
        lags.await("search.facts", lag -> messages(lag) == 0);
    }

    @Test
    void aSearchThatWaitsForItsDiskSaysSo() {
        world.search.stands(at(IndexPhase.INDEX_PHASE_WAITING, "Only 3 MB are free on the disk of /data.", 0));
        JsonNode waits = lags.await("search.rendition", lag -> is(lag, "dependency_down"));
        assertThat(waits.get("reason").asText()).contains("Only 3 MB are free");
        world.search.stands(GetIndexStateResponse.newBuilder()
                .setPhase(IndexPhase.INDEX_PHASE_STARTING)
                .setReason("not opened yet")
                .build());
        JsonNode begins = lags.await("search.rendition", lag -> is(lag, "unknown"));
        assertThat(begins.get("reason").asText()).contains("not opened yet");
    }

    /** At the ends of its topics, but for the fifth partition of the texts: there it has read so many. */
    private static GetIndexStateResponse at(IndexPhase phase, String reason, long texts) {
        GetIndexStateResponse.Builder told =
                GetIndexStateResponse.newBuilder().setPhase(phase).setReason(reason);
        for (Topic topic : Topics.all()) {
            for (int partition = 0; topic.readers().contains("search") && partition < topic.partitions(); partition++) {
                told.addPositions(ReadPosition.newBuilder()
                        .setTopic(topic.name())
                        .setPartition(partition)
                        .setOffset(topic.equals(Topics.INGEST_TEXT) && partition == 4 ? texts : 0));
            }
        }
        return told.build();
    }
}
