package io.sluice.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.gateway.world.Bundles;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.ImportScene;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** What commands have alike at the door: keys go on to the owner, tags come back, and what is the gateway's own is done once. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class CommandsIT {

    private static final String JOBS = "/api/v1/import/jobs";
    private static final String KEYS = "/api/v1/api-keys";

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private final String key = UUID.randomUUID().toString();
    private World world;

    @BeforeEach
    void emptyWorld() {
        world = World.empty();
    }

    @Test
    void aKeyGoesOnToTheServiceThatOwnsTheEffect() {
        world.imports.put(Bundles.discovered(Bundles.REFERENCE));
        keyed(key).post(JOBS, "{\"batches\":[\"%s\"]}".formatted(Bundles.REFERENCE));
        assertThat(world.imports.lastKey()).isEqualTo(key);
        rest.post(JOBS, "{\"batches\":[\"%s\"]}".formatted(Bundles.REFERENCE));
        assertThat(world.imports.lastKey()).isEmpty();
    }

    @Test
    void aRequestThatBecomesSeveralCommandsGivesEachItsPartOfTheKey() {
        ImportScene.handover(world);
        assertThat(keyed(key).post("/api/v1/import/scans", "{}").status()).isEqualTo(202);
        assertThat(world.scanner.keys().getLast()).isEqualTo(key + "/" + World.CLOUD);
        keyed(key).post("/api/v1/libraries/" + World.PICTURES + "/scans", "{\"kind\":\"full\"}");
        assertThat(world.scanner.keys().getLast()).isEqualTo(key);
    }

    @Test
    void whatIsNoKeyIsRefusedBeforeAnythingIsDone() {
        String before = names();
        for (String bad : new String[] {"k".repeat(201), "tab\there"}) {
            Rest.Answer answer = keyed(bad).post(KEYS, "{\"name\":\"bad " + key + "\",\"role\":\"viewer\"}");
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.json().at("/errors/0/parameter").asText()).isEqualTo("idempotency_key");
            assertThat(answer.json().at("/errors/0/detail").asText()).contains("200 printable ASCII");
        }
        assertThat(names()).isEqualTo(before);
        assertThat(keyed("k".repeat(201)).get(KEYS).status())
                .as("what only reads needs none")
                .isEqualTo(200);
    }

    @Test
    void anApiKeyIsMadeOnceAndItsSecretIsNotShownAgain() {
        String body = "{\"name\":\"wall " + key + "\",\"role\":\"viewer\"}";
        Rest.Answer first = keyed(key).post(KEYS, body);
        assertThat(first.status()).isEqualTo(201);
        String id = first.json().get("id").asText();
        assertThat(Rest.withKey(first.json().get("key").asText())
                        .get("/api/v1/assets")
                        .status())
                .isEqualTo(200);

        Rest.Answer again = keyed(key).post(KEYS, body);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("detail").asText()).contains(id).contains("delete that key");
        assertThat(again.text()).doesNotContain(first.json().get("key").asText());
        Rest.Answer reused = keyed(key).post(KEYS, "{\"name\":\"other " + key + "\",\"role\":\"viewer\"}");
        assertThat(reused.status()).isEqualTo(422);
        assertThat(reused.json().get("code").asText()).isEqualTo("idempotency_key_reused");
        Rest.Answer taken = keyed("new " + key).post(KEYS, body);
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().get("detail").asText()).contains("choose another name");

        assertThat(keyed(key).delete(KEYS + "/" + id).status()).isEqualTo(204);
        assertThat(keyed(key).delete(KEYS + "/" + id).status())
                .as("answered as before")
                .isEqualTo(204);
        assertThat(rest.delete(KEYS + "/" + id).status()).as("without the key").isEqualTo(404);
        assertThat(keyed(key).post(KEYS, body).status())
                .as("deleted since, and still no second key")
                .isEqualTo(409);
        assertThat(names()).doesNotContain(key);
    }

    @Test
    void whoeverHasTheJobAsItIsIsToldSoInFewBytes() {
        ImportJob job = Bundles.job(Bundles.REFERENCE, "queued", 0).toBuilder()
                .setVersion(3)
                .build();
        world.imports.put(job);
        String path = JOBS + "/" + job.getJobId();
        String tag = rest.get(path).header("ETag");
        assertThat(tag).matches("\"3-[0-9a-f]{16}\"");
        Rest.Answer same = rest.header("If-None-Match", tag).get(path);
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.bytes()).isEmpty();
        assertThat(same.header("ETag")).isEqualTo(tag);
        world.imports.put(
                job.toBuilder().setItemsDone(1).setJobId(job.getJobId()).build());
        Rest.Answer gotOn = rest.header("If-None-Match", tag).get(path);
        assertThat(gotOn.status())
                .as("progress is shown, so it is another answer")
                .isEqualTo(200);
        assertThat(gotOn.header("ETag")).startsWith("\"3-").isNotEqualTo(tag);
    }

    @Test
    void aCommandThatAsksForWhatItSawIsRefusedWhenThatHasChanged() {
        ImportJob job = Bundles.job(Bundles.REFERENCE, "queued", 0).toBuilder()
                .setVersion(3)
                .build();
        world.imports.put(job);
        String path = JOBS + "/" + job.getJobId();
        String tag = rest.get(path).header("ETag");
        for (String other : new String[] {tag.replace("\"3-", "\"2-"), "\"nonsense\"", "W/" + tag, tag + ", " + tag}) {
            Rest.Answer refused = rest.header("If-Match", other).send("POST", path + "/cancel", null);
            assertThat(refused.status()).as(other).isEqualTo(412);
            assertThat(refused.json().get("code").asText()).isEqualTo("precondition_failed");
        }
        Rest.Answer cancelled = rest.header("If-Match", tag).send("POST", path + "/cancel", null);
        assertThat(cancelled.json().get("state").asText()).isEqualTo("cancelled");
        assertThat(cancelled.header("ETag")).startsWith("\"4-");
    }

    @Test
    void everyThingThatChangesHasATag() {
        world.imports.put(Bundles.discovered(Bundles.REFERENCE));
        JsonNode queued = rest.post(JOBS, "{\"batches\":[\"%s\"]}".formatted(Bundles.REFERENCE))
                .json();
        for (String path : new String[] {
            "/api/v1/import/batches/" + Bundles.REFERENCE,
            "/api/v1/operations/" + queued.at("/results/0/job/id").asText()
        }) {
            Rest.Answer answer = rest.get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(rest.header("If-None-Match", answer.header("ETag"))
                            .get(path)
                            .status())
                    .isEqualTo(304);
        }
    }

    @Test
    void anImportIsAnOperation() {
        world.imports.put(Bundles.discovered(Bundles.REFERENCE));
        Rest.Answer queued = rest.post(JOBS, "{\"batches\":[\"%s\"]}".formatted(Bundles.REFERENCE));
        String id = queued.json().at("/results/0/job/id").asText();
        assertThat(queued.header("Location")).endsWith("/api/v1/operations/" + id);
        JsonNode operation = rest.get("/api/v1/operations/" + id).json();
        assertThat(operation.get("kind").asText()).isEqualTo("import");
        assertThat(operation.get("state").asText()).isEqualTo("waiting");
        assertThat(operation.get("result").asText()).isEqualTo(JOBS + "/" + id);
    }

    private Rest keyed(String value) {
        return rest.header("Idempotency-Key", value);
    }

    private String names() {
        return rest.get(KEYS).text();
    }
}
