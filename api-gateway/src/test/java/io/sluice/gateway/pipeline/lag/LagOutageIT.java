package io.sluice.gateway.pipeline.lag;

import static io.sluice.gateway.pipeline.lag.LagClient.SEEN;
import static io.sluice.gateway.pipeline.lag.LagClient.is;
import static io.sluice.gateway.pipeline.lag.LagClient.meters;
import static io.sluice.gateway.pipeline.lag.LagClient.produce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Law 10 while broker or database are killed: what cannot be measured is unknown, what waits for them is said to, and then all is right. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class LagOutageIT {

    private final LagClient lags = new LagClient();
    private World world;

    @Inject
    LagBoard board;

    @BeforeEach
    void topicsThere() {
        world = World.empty();
        SluiceInfra.topics().create(Topics.all().toArray(Topic[]::new));
    }

    @Test
    void anOwnerWithoutItsDatabaseIsSaidToWaitForIt() {
        world.ingestOperations.asksTheDatabase(true);
        try (GroupMember member = GroupMember.reading("ingest.library", Topics.SCANNER_LIBRARY.name())) {
            lags.await("ingest.library", lag -> is(lag, "ok"));
            SluiceInfra.killDatabase();
            // Nobody can be asked who he is now: the meters tell it, and the board behind the door.
            Awaitility.await()
                    .atMost(SEEN)
                    .until(() -> line("ingest.library").state() instanceof LagState.DependencyDown);
            assertThat(line("ingest.library").state().reason())
                    .contains("ingest")
                    .contains("database");
            assertThat(line("ingest.work.hash").state()).isInstanceOf(LagState.DependencyDown.class);
            assertThat(meters())
                    .contains("sluice_lag_state{group=\"ingest.library\",state=\"dependency_down\"")
                    .contains(
                            "sluice_lag_messages{group=\"ingest.work.hash\",topic=\"sluice.ingest.work.hash.v1\"} NaN");
        } finally {
            SluiceInfra.restartDatabase();
            world.ingestOperations.asksTheDatabase(false);
        }
    }

    @Test
    void withoutTheBrokerAllIsUnknownAndThenRightAgain() {
        Instant first = produce(Topics.INGEST_WORK_ITEM, 7, 3);
        lags.await("ingest.work.item", lag -> lag.get("topic_messages").asLong(-1) == 3);
        SluiceInfra.killBroker();
        try {
            Awaitility.await().atMost(SEEN).untilAsserted(() -> assertThat(lags.groups())
                    .allSatisfy(lag -> assertThat(lag.get("state").asText()).isEqualTo("unknown")));
            JsonNode unknown = lags.group("ingest.file");
            assertThat(unknown.get("reason").asText()).contains("broker");
            assertThat(unknown.get("messages").isNull()).isTrue();
            assertThat(unknown.get("seconds").isNull()).isTrue();
            assertThat(unknown.get("partitions").isNull()).isTrue();
            assertThat(meters())
                    .contains("sluice_lag_messages{group=\"ingest.file\",topic=\"sluice.scanner.file.v1\"} NaN")
                    .contains("sluice_lag_state{group=\"ingest.file\",state=\"unknown\"");
        } finally {
            SluiceInfra.restartBroker();
        }
        JsonNode again =
                lags.await("ingest.work.item", lag -> lag.get("topic_messages").asLong(-1) == 3);
        assertThat(again.get("state").asText()).isEqualTo("no_consumer");
        assertThat(again.get("partitions").get(7).get("seconds").asDouble())
                .isCloseTo(Duration.between(first, Instant.now()).toMillis() / 1000.0, within(1.0));
    }

    private LagPicture.Line line(String group) {
        return board.now().lines().stream()
                .filter(line -> line.target().group().equals(group))
                .findFirst()
                .orElseThrow();
    }
}
