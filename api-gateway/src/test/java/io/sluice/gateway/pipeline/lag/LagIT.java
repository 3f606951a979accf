package io.sluice.gateway.pipeline.lag;

import static io.sluice.gateway.pipeline.lag.LagClient.SEEN;
import static io.sluice.gateway.pipeline.lag.LagClient.is;
import static io.sluice.gateway.pipeline.lag.LagClient.messages;
import static io.sluice.gateway.pipeline.lag.LagClient.meters;
import static io.sluice.gateway.pipeline.lag.LagClient.produce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.messaging.v1.DeferredSummary;
import io.sluice.contract.messaging.v1.WorkSummary;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Law 10: each state is caused on the real broker and database, and seen with its reason within half a minute. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class LagIT {

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private final LagClient lags = new LagClient();
    private World world;

    @BeforeEach
    void topicsThere() {
        world = World.empty();
        SluiceInfra.topics().create(Topics.all().toArray(Topic[]::new));
    }

    @Test
    void nobodyReadsAndTheAgeIsThatOfTheOldestRecord() {
        Instant first = produce(Topics.SCANNER_FILE, 0, 1);
        produce(Topics.SCANNER_FILE, 3, 2);
        JsonNode group = lags.await("ingest.file", lag -> is(lag, "no_consumer") && messages(lag) == 3);
        assertThat(group.get("members").asInt()).isZero();
        assertThat(group.get("estimated").asBoolean()).isFalse();
        assertThat(group.get("reason").asText())
                .contains("Nobody reads for ingest.file")
                .contains("3 wait");
        assertThat(group.get("cure").asText()).contains("Start the ingest service");
        JsonNode again = lags.group("ingest.file");
        assertThat(again.get("seconds").asDouble())
                .isCloseTo(Duration.between(first, Instant.now()).toMillis() / 1000.0, within(1.0));
        JsonNode third = again.get("partitions").get(3);
        assertThat(third.get("messages").asInt()).isEqualTo(2);
        assertThat(third.get("state").asText()).isEqualTo("no_consumer");
        assertThat(again.get("partitions").get(1).get("state").asText()).isEqualTo("ok");
        assertThat(meters())
                .contains(
                        "sluice_lag_messages{group=\"ingest.file\",topic=\"sluice.scanner.file.v1\"} 3.0",
                        "sluice_lag_partition_messages{group=\"ingest.file\",partition=\"3\",topic=\"sluice.scanner.file.v1\"} 2.0",
                        "sluice_lag_state{group=\"ingest.file\",state=\"no_consumer\",topic=\"sluice.scanner.file.v1\"} 1.0");
    }

    @Test
    void markersAndAbortedRecordsAreNotCounted() {
        try (Relay relay = new Relay()) {
            for (int i = 0; i < 5; i++) {
                relay.commit(Topics.INGEST_ASSET, 2, 1);
            }
            relay.abort(Topics.INGEST_ASSET, 2, 4);
        }
        JsonNode partition = lags.await("media.asset", lag -> messages(lag) == 5)
                .get("partitions")
                .get(2);
        assertThat(partition.get("end").asLong() - partition.get("next").asLong())
                .as("offsets: records and markers, and what was taken back")
                .isEqualTo(5 * 2 + 4 + 1);
        assertThat(partition.get("messages").asLong()).isEqualTo(5);
    }

    @Test
    void manyAreEstimatedAndSaidToBe() {
        try (Relay relay = new Relay()) {
            for (int i = 0; i < 40; i++) {
                relay.commit(Topics.MEDIA_WORK_VIDEO, 1, 100);
            }
        }
        JsonNode group =
                lags.await("media.work.video", lag -> lag.get("topic_messages").asLong() > 0);
        JsonNode partition = group.get("partitions").get(1);
        assertThat(partition.get("estimated").asBoolean()).isTrue();
        assertThat(partition.get("messages").asDouble()).isCloseTo(4000, within(80.0));
    }

    @Test
    void whoReadsButNeverCommitsIsStuckUntilItDoes() {
        produce(Topics.SCANNER_SENTINEL, 0, 4);
        try (GroupMember member = GroupMember.frozen("ingest.sentinel", Topics.SCANNER_SENTINEL.name())) {
            Instant frozen = Instant.now();
            JsonNode stuck = lags.await("ingest.sentinel", lag -> is(lag, "stuck"));
            assertThat(Duration.between(frozen, Instant.now())).isLessThan(SEEN);
            assertThat(stuck.get("reason").asText()).contains("4 wait and the committed offset has not moved");
            assertThat(stuck.get("cure").asText()).contains("ingest");
            member.thaw();
            JsonNode ok = lags.await("ingest.sentinel", lag -> is(lag, "ok"));
            assertThat(messages(ok)).isZero();
            assertThat(ok.get("seconds").asDouble()).isZero();
        }
    }

    @Test
    void aPoisonedKeyIsStuckWithItsLastError() {
        try (GroupMember member = GroupMember.reading("media.library", Topics.SCANNER_LIBRARY.name())) {
            world.mediaOperations.deferred(DeferredSummary.newBuilder()
                    .setTopic(Topics.SCANNER_LIBRARY.name())
                    .setCount(2)
                    .setOldestSeconds(6)
                    .setLastErrorCode("file_unreadable")
                    .setLastError("the state names no mount")
                    .build());
            JsonNode stuck = lags.await("media.library", lag -> is(lag, "stuck"));
            assertThat(stuck.get("reason").asText())
                    .contains("2 messages failed")
                    .contains("the state names no mount");
            world.mediaOperations.deferred();
            lags.await("media.library", lag -> is(lag, "ok"));
        }
    }

    @Test
    void rowsAndWindowAreOneNumberAndAPauseIsSeen() {
        world.mediaOperations.work(
                work("waiting", 40, 12), work("deferred", 2, 3), work("released", 10, 2), work("running", 3, 4));
        produce(Topics.MEDIA_WORK_IMAGE, 5, 10);
        try (GroupMember member = GroupMember.frozen("media.work.image", Topics.MEDIA_WORK_IMAGE.name())) {
            JsonNode busy = lags.await("media.work.image", lag -> is(lag, "catching_up"));
            assertThat(messages(busy)).as("each thing once").isEqualTo(52);
            assertThat(busy.get("topic_messages").asLong()).isEqualTo(10);
            assertThat(busy.at("/work/running").asLong()).isEqualTo(3);
            assertThat(busy.at("/work/lanes/0/lane").asText()).isEqualTo("fresh");
            assertThat(busy.at("/work/lanes/0/messages").asLong()).isEqualTo(52);
            assertThat(busy.get("seconds").asDouble()).isBetween(12.0, 20.0);

            Rest.Answer paused =
                    rest.post("/api/v1/pipeline/work/media/image/pause", "{\"reason\":\"The store is being moved\"}");
            assertThat(paused.status()).isEqualTo(200);
            assertThat(rest.post("/api/v1/pipeline/work/media/image/pause", "{\"reason\":\"another\"}")
                            .json())
                    .isEqualTo(paused.json());
            Rest.Answer shown = rest.get("/api/v1/pipeline/work/media/image/pause");
            assertThat(shown.json()).isEqualTo(paused.json());
            assertThat(shown.header("ETag")).isEqualTo(paused.header("ETag"));
            JsonNode seen = lags.await("media.work.image", lag -> is(lag, "paused"));
            assertThat(seen.get("reason").asText())
                    .contains("The store is being moved")
                    .contains("52 wait");
            assertThat(seen.at("/work/pause/paused_by").asText())
                    .isEqualTo(paused.json().get("paused_by").asText());
            JsonNode resumed =
                    rest.post("/api/v1/pipeline/work/media/image/resume", "").json();
            assertThat(resumed.get("paused").asBoolean()).isFalse();
            assertThat(rest.get("/api/v1/pipeline/work/media/image/pause").json())
                    .isEqualTo(resumed);
            assertThat(rest.get("/api/v1/pipeline/work/media/nothing/pause").status())
                    .isEqualTo(404);
            lags.await("media.work.image", lag -> is(lag, "catching_up"));
        }
    }

    @Test
    void aPauseOfNothingIsRefused() {
        String why = "{\"reason\":\"why\"}";
        assertThat(rest.post("/api/v1/pipeline/work/media/nothing/pause", why).status())
                .isEqualTo(404);
        assertThat(rest.post("/api/v1/pipeline/work/nothing/image/pause", why).status())
                .isEqualTo(404);
        Rest.Answer mute = rest.post("/api/v1/pipeline/work/media/image/pause", "{\"reason\":\" \"}");
        assertThat(mute.status()).isEqualTo(400);
        assertThat(mute.text()).contains("Say why");
    }

    @Test
    void aServiceThatIsGoneHasNoConsumerAndItsRowsAreNotZero() {
        world.stopMedia();
        try {
            JsonNode group = lags.await(
                    "media.work.video",
                    lag -> is(lag, "no_consumer") && lag.get("messages").isNull());
            assertThat(group.at("/work/waiting").isNull()).isTrue();
            assertThat(group.get("seconds").isNull()).isTrue();
            try (GroupMember member = GroupMember.reading("media.work.video", Topics.MEDIA_WORK_VIDEO.name())) {
                JsonNode mute = lags.await("media.work.video", lag -> is(lag, "unknown"));
                assertThat(mute.get("reason").asText()).contains("media service does not answer");
            }
        } finally {
            world.startMedia();
        }
    }

    @Test
    void readersWithoutAGroupReportThemselves() {
        for (String name : new String[] {"gateway.library", "gateway.ledger", "gateway.rendition", "gateway.health"}) {
            JsonNode reader = lags.await(name, lag -> is(lag, "ok"));
            assertThat(reader.get("kind").asText()).isEqualTo("reader");
            assertThat(reader.get("members").asInt()).isEqualTo(1);
            assertThat(messages(reader)).isZero();
        }
        JsonNode libraries = lags.group("gateway.library");
        assertThat(IntStream.range(0, 12)
                        .mapToLong(at ->
                                libraries.get("partitions").get(at).get("next").asLong()))
                .as("where it stands, not where the topic begins")
                .anyMatch(next -> next > 0);
    }

    private static WorkSummary work(String state, long count, double oldestSeconds) {
        return WorkSummary.newBuilder()
                .setWorkClass("image")
                .setLane("fresh")
                .setState(state)
                .setCount(count)
                .setOldestSeconds(oldestSeconds)
                .build();
    }
}
