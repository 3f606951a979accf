package io.sluice.gateway.importing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.contract.scanner.v1.ScanKind;
import io.sluice.gateway.world.Bundles;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.ImportScene;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Queueing, watching and cancelling imports, and looking for bundles. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class ImportJobsIT {

    private static final String JOBS = "/api/v1/import/jobs";

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private World world;

    @BeforeEach
    void emptyWorld() {
        world = World.empty();
    }

    @Test
    void everyBatchIsQueuedByItselfAndSaysWhatBecameOfIt() {
        world.imports.put(Bundles.discovered(Bundles.REFERENCE));
        world.imports.put(Bundles.waiting(Bundles.WAITING));
        Rest.Answer answer = rest.post(
                JOBS,
                "{\"batches\":[\"%s\",\"%s\",\"%s\"],\"priority\":10}"
                        .formatted(Bundles.WAITING, Bundles.REFERENCE, Bundles.REFERENCE));
        assertThat(answer.status()).isEqualTo(202);
        JsonNode results = answer.json().get("results");
        assertThat(results.findValuesAsText("sync_id")).contains(Bundles.WAITING, Bundles.REFERENCE);
        assertThat(results).as("named twice, queued once").hasSize(2);
        assertThat(results.get(0).get("job").isNull()).isTrue();
        assertThat(results.get(0).get("code").asText()).isEqualTo("batch_not_consumable");
        assertThat(results.get(0).get("reason").asText()).contains("not released it yet");
        JsonNode job = results.get(1).get("job");
        assertThat(job.get("state").asText()).isEqualTo("queued");
        assertThat(job.get("priority").asInt()).isEqualTo(10);
        assertThat(job.get("requested_by").asText()).isEqualTo("bootstrap");
        assertThat(answer.header("Location"))
                .endsWith("/api/v1/operations/" + job.get("id").asText());
        assertThat(rest.get(JOBS + "/" + job.get("id").asText()).json()).isEqualTo(job);
    }

    @Test
    void whatIsNotSaidIsLeftToIngest() {
        world.imports.put(Bundles.discovered(Bundles.REFERENCE));
        rest.header("Idempotency-Key", "first click").post(JOBS, "{\"batches\":[\"%s\"]}".formatted(Bundles.REFERENCE));
        assertThat(world.imports.lastQueue().hasPriority()).isFalse();
        assertThat(world.imports.lastQueue().getForce()).isFalse();
        assertThat(world.imports.lastKey()).isEqualTo("first click");
    }

    @Test
    void askingTwiceIsOneJob() {
        world.imports.put(Bundles.discovered(Bundles.REFERENCE));
        String body = "{\"batches\":[\"%s\"]}".formatted(Bundles.REFERENCE);
        JsonNode first = rest.post(JOBS, body).json();
        assertThat(rest.post(JOBS, body).json()).isEqualTo(first);
        assertThat(world.imports.jobs()).hasSize(1);
    }

    @Test
    void whenNoneIsQueuedEveryReasonIsInTheProblem() {
        world.imports.put(Bundles.imported(Bundles.REFERENCE));
        Rest.Answer answer = rest.post(JOBS, "{\"batches\":[\"%s\",\"nothing\"]}".formatted(Bundles.REFERENCE));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.get("code").asText()).isEqualTo("conflict");
        assertThat(problem.get("errors").findValuesAsText("pointer")).containsExactly("/batches/0", "/batches/1");
        assertThat(problem.get("errors").findValuesAsText("code"))
                .containsExactly("batch_already_imported", "not_found");
        assertThat(problem.at("/errors/0/detail").asText()).contains("Queue it with force");
    }

    @Test
    void oneRefusalIsTheProblemItself() {
        world.imports.put(Bundles.imported(Bundles.REFERENCE));
        String body = "{\"batches\":[\"%s\"]%s}";
        JsonNode problem =
                rest.post(JOBS, body.formatted(Bundles.REFERENCE, "")).json();
        assertThat(problem.get("code").asText()).isEqualTo("batch_already_imported");
        assertThat(problem.get("detail").asText()).contains("Queue it with force");
        assertThat(rest.post(JOBS, body.formatted(Bundles.REFERENCE, ",\"force\":true"))
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"batches":[]}                       | /batches
                    {}                                   | /batches
                    {"batches":["a"," "]}                | /batches/1
                    {"batches":["a"],"priority":1000}    | /priority
                    {"batches":["a"],"priority":-1}      | /priority
                    {"batches":["a"],"priority":"soon"}  | /priority
                    {"batches":["a"],"force":"maybe"}    | /force
                    {"batches":["a"],"forced":true}      | /forced
                    {"batches":"a"}                      | /batches
                    """)
    void aWrongFieldIsPointedAt(String body, String pointer) {
        Rest.Answer answer = rest.post(JOBS, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
    }

    @Test
    void anIdempotencyKeyThatIsTooLongIsRefused() {
        Rest.Answer answer = rest.header("Idempotency-Key", "k".repeat(201)).post(JOBS, "{\"batches\":[\"a\"]}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/parameter").asText()).isEqualTo("idempotency_key");
    }

    @Test
    void jobsThatRunStandAtTheTopAndAreFiltered() {
        world.imports.put(Bundles.discovered(Bundles.REFERENCE));
        ImportJob running = Bundles.job(Bundles.REFERENCE, "running", 43);
        world.imports.put(running);
        world.imports.put(Bundles.job(Bundles.SECOND, "done", 89));
        JsonNode jobs = rest.get(JOBS).json().get("items");
        assertThat(jobs.findValuesAsText("state")).containsExactly("running", "done");
        assertThat(jobs.get(0).get("items_done").asInt()).isEqualTo(43);
        assertThat(jobs.get(0).get("items_total").asInt()).isEqualTo(89);
        assertThat(jobs.get(0).get("worker").asText()).isEqualTo("vultr/pid:410888");
        assertThat(jobs.get(0).get("step").asText()).isEqualTo("primaries");
        assertThat(rest.get(JOBS + "?state=done").json().get("items")).hasSize(1);
        assertThat(rest.get(JOBS + "?state=asleep").status()).isEqualTo(400);
        assertThat(rest.get("/api/v1/import/batches/" + Bundles.REFERENCE + "/jobs")
                        .json()
                        .get("items")
                        .findValuesAsText("id"))
                .containsExactly(running.getJobId());
        assertThat(rest.get(JOBS + "/nothing").status()).isEqualTo(404);
    }

    @Test
    void onlyAQueuedJobIsCancelled() {
        ImportJob queued = Bundles.job(Bundles.REFERENCE, "queued", 0);
        ImportJob running = Bundles.job(Bundles.SECOND, "running", 3);
        world.imports.put(queued);
        world.imports.put(running);
        assertThat(rest.send("POST", JOBS + "/" + queued.getJobId() + "/cancel", null)
                        .json()
                        .get("state")
                        .asText())
                .isEqualTo("cancelled");
        Rest.Answer refused = rest.send("POST", JOBS + "/" + running.getJobId() + "/cancel", null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("code").asText()).isEqualTo("job_not_cancellable");
        assertThat(rest.send("POST", JOBS + "/nothing/cancel", null).status()).isEqualTo(404);
    }

    @Test
    void aScanOfAllHandoverLibrariesIsAnOperation() {
        ImportScene.handover(world);
        for (Rest.Answer answer : new Rest.Answer[] {
            rest.post("/api/v1/import/scans", "{}"),
            rest.send("POST", "/api/v1/import/scans", null),
            rest.post("/api/v1/import/scans", "{\"library\":\"Cloud sync\"}"),
            rest.post("/api/v1/import/scans", "{\"library\":\"" + World.CLOUD + "\"}")
        }) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(202);
            String id = answer.json().at("/operations/0/id").asText();
            assertThat(answer.header("Location")).endsWith("/api/v1/operations/" + id);
            assertThat(world.scanner.asked().getLibraryId()).isEqualTo(World.CLOUD);
            assertThat(world.scanner.asked().getKind()).isEqualTo(ScanKind.SCAN_KIND_FULL);
        }
    }

    @Test
    void aScanWithoutAHandoverLibrarySaysWhatToDo() {
        Rest.Answer none = rest.post("/api/v1/import/scans", "{}");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.json().get("detail").asText()).contains("--handover");
        Rest.Answer other = rest.post("/api/v1/import/scans", "{\"library\":\"Pictures\"}");
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.json().get("detail").asText()).contains("holds files");
        assertThat(rest.post("/api/v1/import/scans", "{\"library\":\"Nowhere\"}")
                        .status())
                .isEqualTo(404);
    }
}
