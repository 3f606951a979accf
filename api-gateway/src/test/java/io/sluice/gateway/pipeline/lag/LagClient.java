package io.sluice.gateway.pipeline.lag;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.contract.Topic;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Somebody who looks at the lag, and what they make wait. */
final class LagClient {

    /** Within that a person sees what is wrong. */
    static final Duration SEEN = Duration.ofSeconds(30);

    private final Rest rest = Rest.withKey(World.bootstrapKey());

    JsonNode await(String group, Predicate<JsonNode> wanted) {
        return Awaitility.await(group)
                .atMost(SEEN)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> group(group), wanted);
    }

    JsonNode groups() {
        return rest.get("/api/v1/pipeline/lag").json().get("groups");
    }

    JsonNode group(String name) {
        for (JsonNode group : groups()) {
            if (group.get("group").asText().equals(name)) {
                return group;
            }
        }
        throw new AssertionError("no group " + name);
    }

    static boolean is(JsonNode lag, String state) {
        return lag.get("state").asText().equals(state);
    }

    /** -1 when not known. */
    static long messages(JsonNode lag) {
        return lag.get("messages").isNull() ? -1 : lag.get("messages").asLong();
    }

    static String meters() {
        return Rest.anonymous().get("/q/metrics").text();
    }

    /** Writes so many records and tells when that was done. */
    static Instant produce(Topic topic, int partition, int count) {
        SluiceInfra.topics()
                .produceAll(Stream.generate(() -> new ProducerRecord<>(
                                topic.name(), partition, "key".getBytes(UTF_8), "value".getBytes(UTF_8)))
                        .limit(count)
                        .toList());
        return Instant.now();
    }
}
