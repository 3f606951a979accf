package io.sluice.gateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.messaging.v1.DeadLetter;
import io.sluice.gateway.world.FakeOperations;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Three lists as one. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class DeadLettersIT {

    private static final List<String> SERVICES = List.of("scanner", "ingest", "media");

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private World world;
    private int made;

    @BeforeEach
    void emptyWorld() {
        world = World.empty();
    }

    @Test
    void aLetterIsToldWithItsCause() {
        world.mediaOperations.deadLetter(letter("media", "work", "child_died"));
        JsonNode letter = rest.get("/api/v1/dead-letters").json().get("items").get(0);
        assertThat(letter.get("service").asText()).isEqualTo("media");
        assertThat(letter.get("source").asText()).isEqualTo("work");
        assertThat(letter.get("origin").asText()).isEqualTo("image");
        assertThat(letter.get("key").asText()).isEqualTo("key 0");
        assertThat(letter.get("error_code").asText()).isEqualTo("child_died");
        assertThat(letter.get("error_kind").asText()).isEqualTo("transient");
        assertThat(letter.get("cause").asText()).isEqualTo("It died.");
        assertThat(letter.get("attempts").asInt()).isEqualTo(4);
        assertThat(letter.get("value_bytes").asInt()).isEqualTo(3);
        assertThat(letter.get("partition").isNull()).isTrue();
        assertThat(letter.get("cure").asText()).contains("memory", "redrive");
        assertThat(letter.get("state").asText()).isEqualTo("open");
        assertThat(letter.get("closed_at").isNull()).isTrue();
        assertThat(letter.get("closed_by").isNull()).isTrue();
    }

    @Test
    void everyLetterComesOnceNewestFirstWhateverThePageSize() {
        List<String> ids = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            int owner = Math.min(2, random.nextInt(4));
            DeadLetter letter = letter(SERVICES.get(owner), "work", "child_died");
            operations(owner).deadLetter(letter);
            ids.add(letter.getId());
        }
        ids.sort(Comparator.reverseOrder());
        for (int limit : new int[] {1, 7, 20, 60, 500}) {
            assertThat(readAll("limit=" + limit)).as("limit " + limit).containsExactlyElementsOf(ids);
        }
    }

    @Test
    void lettersThatArriveInBetweenDoNotDisturb() {
        List<String> old = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            DeadLetter letter = letter("media", "work", "child_died");
            operations(i % 3).deadLetter(letter);
            old.add(letter.getId());
        }
        old.sort(Comparator.reverseOrder());
        List<String> read = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = page("limit=4", cursor);
            page.get("items").forEach(item -> read.add(item.get("id").asText()));
            cursor = page.get("next_cursor").asText("");
            for (int i = 0; i < 5; i++) {
                operations(i % 3).deadLetter(letter("ingest", "work", "child_died"));
            }
        } while (!cursor.isEmpty() && !cursor.equals("null"));
        assertThat(read).containsExactlyElementsOf(old);
    }

    @Test
    void theFilterReachesAllAndBindsTheCursor() {
        for (int i = 0; i < 6; i++) {
            operations(i % 3).deadLetter(letter("media", "work", i < 3 ? "child_died" : "worker_lost"));
        }
        assertThat(readAll("limit=2&error_code=worker_lost")).hasSize(3);
        String cursor = rest.get("/api/v1/dead-letters?limit=2&error_code=worker_lost")
                .json()
                .get("next_cursor")
                .asText();
        assertThat(rest.get("/api/v1/dead-letters?limit=2&cursor=" + cursor).status())
                .isEqualTo(400);
        assertThat(rest.get("/api/v1/dead-letters?error_code=worker_lost&limit=2&cursor=" + cursor)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void filtersAreThoseOfTheOwnersAndBindTheCursor() {
        for (int i = 0; i < 6; i++) {
            operations(i % 3).deadLetter(letter(SERVICES.get(i % 3), "work", "child_died"));
        }
        assertThat(readAll("limit=2&service=media")).hasSize(2);
        assertThat(readAll("limit=2&origin=image")).hasSize(6);
        assertThat(readAll("origin=video")).isEmpty();
        String id = readAll("service=ingest").getFirst();
        rest.post("/api/v1/dead-letters/" + id + "/acknowledge", null);
        assertThat(readAll("limit=2")).hasSize(5).doesNotContain(id);
        assertThat(readAll("state=acknowledged")).containsExactly(id);
        assertThat(readAll("limit=2&state=all")).hasSize(6);
        String cursor = page("limit=1&service=media", "").get("next_cursor").asText();
        assertThat(rest.get("/api/v1/dead-letters?limit=1&service=ingest&cursor=" + cursor)
                        .status())
                .isEqualTo(400);
        assertThat(rest.get("/api/v1/dead-letters?service=kitchen").status()).isEqualTo(400);
        assertThat(rest.get("/api/v1/dead-letters?state=lost").status()).isEqualTo(400);
    }

    @Test
    void aSilentServiceIsNamed() {
        world.ingestOperations.deadLetter(letter("ingest", "work", "child_died"));
        world.stopMedia();
        try {
            JsonNode page = rest.get("/api/v1/dead-letters").json();
            assertThat(page.get("items")).hasSize(1);
            assertThat(page.get("degraded").get(0).get("service").asText()).isEqualTo("media");
        } finally {
            world.startMedia();
        }
    }

    private List<String> readAll(String query) {
        List<String> read = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = page(query, cursor);
            page.get("items").forEach(item -> read.add(item.get("id").asText()));
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : page.get("next_cursor").asText();
        } while (!cursor.isEmpty());
        return read;
    }

    private JsonNode page(String query, String cursor) {
        return rest.get("/api/v1/dead-letters?" + query + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                .json();
    }

    private FakeOperations operations(int owner) {
        return List.of(world.scannerOperations, world.ingestOperations, world.mediaOperations)
                .get(owner);
    }

    private DeadLetter letter(String service, String source, String errorCode) {
        return Letters.letter(made++, service, source, errorCode);
    }
}
