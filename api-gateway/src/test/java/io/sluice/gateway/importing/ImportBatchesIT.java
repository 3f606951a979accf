package io.sluice.gateway.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.BatchItem;
import io.sluice.contract.ingest.v1.TargetIds;
import io.sluice.gateway.world.Bundles;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Batches, their items and jobs, and preflight. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class ImportBatchesIT {

    private static final String BATCHES = "/api/v1/import/batches";

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private World world;

    @BeforeEach
    void emptyWorld() {
        world = World.empty();
    }

    @Test
    void aBatchSaysWhatItIsWhatItBringsAndWhatBecameOfIt() {
        world.imports.put(Bundles.partial(Bundles.REFERENCE));
        JsonNode batch = rest.get(BATCHES).json().get("items").get(0);
        assertThat(batch.get("sync_id").asText()).isEqualTo(Bundles.REFERENCE);
        assertThat(batch.get("library_name").asText()).isEqualTo("Cloud sync");
        assertThat(batch.get("state").asText()).isEqualTo("partial");
        assertThat(batch.get("verdict").asText()).isEqualTo("consumable");
        assertThat(batch.get("reason").isNull()).isTrue();
        assertThat(batch.get("sync_type").asText()).isEqualTo("gallery");
        assertThat(batch.get("action").asText()).isEqualTo("import");
        assertThat(batch.get("item_count").asInt()).isEqualTo(89);
        assertThat(batch.get("total_bytes").asLong()).isEqualTo(15_655_459_226L);
        assertThat(batch.get("source_host").asText()).isEqualTo("flux-1");
        assertThat(batch.get("manifest_sha256").asText()).isEqualTo(Bundles.SHA);
        assertThat(batch.at("/tally/created").asInt()).isEqualTo(85);
        assertThat(batch.at("/tally/failed").asInt()).isEqualTo(2);
        assertThat(batch.get("needs_hand").asBoolean()).isTrue();
        assertThat(batch.get("last_error").asText()).contains("Have the sender deliver it again");
        assertThat(batch.get("active_job").isNull()).isTrue();
    }

    @Test
    void theDetailHasTheManifestAndIsFlat() {
        world.imports.put(Bundles.imported(Bundles.REFERENCE));
        JsonNode batch = rest.get(BATCHES + "/" + Bundles.REFERENCE).json();
        assertThat(batch.get("state").asText()).isEqualTo("imported");
        assertThat(batch.at("/manifest/verification/passed").asBoolean()).isTrue();
        assertThat(batch.at("/manifest/verification/total_files").asInt()).isEqualTo(8370);
        assertThat(batch.at("/manifest/prior_sync_id").isNull()).isTrue();
        assertThat(batch.get("job_count").asInt()).isEqualTo(1);
        assertThat(batch.get("listed_item_count").asInt()).isEqualTo(89);
        assertThat(batch.get("warnings")).isEmpty();
    }

    @Test
    void whatCannotBeReadYetIsNullNotMadeUp() {
        world.imports.put(Bundles.waiting(Bundles.WAITING));
        JsonNode batch = rest.get(BATCHES + "/" + Bundles.WAITING).json();
        assertThat(batch.get("state").asText()).isEqualTo("waiting");
        assertThat(batch.get("reason").asText()).contains("not released it yet");
        assertThat(batch.get("manifest").isNull()).isTrue();
        assertThat(batch.get("manifest_sha256").isNull()).isTrue();
        assertThat(batch.get("started_at").isNull()).isTrue();
    }

    @Test
    void filtersReachIngestAndPagesComeOnce() {
        for (int i = 0; i < 7; i++) {
            world.imports.put(i % 2 == 0 ? Bundles.partial("batch-" + i) : Bundles.discovered("batch-" + i));
        }
        assertThat(ids(BATCHES + "?needs_hand=true")).hasSize(4);
        assertThat(ids(BATCHES + "?needs_hand=false")).hasSize(7);
        assertThat(ids(BATCHES + "?state=discovered")).containsExactly("batch-1", "batch-3", "batch-5");
        assertThat(ids(BATCHES + "?library=Pictures")).isEmpty();
        List<String> read = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = rest.get(BATCHES + "?limit=3&cursor=" + cursor).json();
            read.addAll(page.get("items").findValuesAsText("sync_id"));
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : page.get("next_cursor").asText();
        } while (!cursor.isEmpty());
        assertThat(read).hasSize(7).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=finished", "needs_hand=maybe", "library=Nowhere", "limit=0"})
    void aFilterThatIsNoneIsRefusedByName(String query) {
        Rest.Answer answer = rest.get(BATCHES + "?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains(query.substring(0, query.indexOf('=')));
    }

    @Test
    void anItemHasFullHashesItsTargetAndItsError() {
        world.imports.put(
                Bundles.partial(Bundles.REFERENCE),
                Bundles.item(0, "created"),
                Bundles.item(1, "created"),
                Bundles.item(2, "failed"),
                BatchItem.newBuilder()
                        .setPosition(3)
                        .setAssetType("gallery_legacy")
                        .setExternalHash(Bundles.hash(3))
                        .setDecision("created")
                        .setTargetTitle("Harbour at dusk")
                        .setTarget(TargetIds.newBuilder().setGalleryId("0199f0c5-0f2d-7e61-a4b7-2d9c6e5f8a13"))
                        .build());
        JsonNode items =
                rest.get(BATCHES + "/" + Bundles.REFERENCE + "/items").json().get("items");
        JsonNode photo = items.get(0);
        String content = Bundles.hash(0).repeat(2);
        assertThat(photo.get("external_hash").asText()).isEqualTo(Bundles.hash(0));
        assertThat(photo.get("cover_hash").asText()).isEqualTo(Bundles.hash(1));
        assertThat(photo.at("/targets/0/label").asText()).isEqualTo("asset:" + content.substring(0, 16));
        assertThat(photo.at("/targets/0/id").asText()).isEqualTo(content);
        assertThat(photo.at("/targets/0/url").asText()).isEqualTo("/api/v1/assets/" + content);
        JsonNode cover = items.get(1);
        assertThat(cover.get("parent_hash").asText()).isEqualTo(Bundles.hash(0));
        assertThat(cover.at("/targets/0/id").asText()).as("its parent").isEqualTo(content);
        JsonNode failed = items.get(2);
        assertThat(failed.get("error_code").asText()).isEqualTo("payload_missing");
        assertThat(failed.get("last_error").asText()).contains("not in the payload folder");
        assertThat(failed.get("targets")).isEmpty();
        JsonNode gallery = items.get(3);
        assertThat(gallery.at("/targets/0/label").asText()).isEqualTo("gallery:Harbour at dusk");
        assertThat(gallery.at("/targets/0/url").asText())
                .isEqualTo("/api/v1/galleries/0199f0c5-0f2d-7e61-a4b7-2d9c6e5f8a13");
        assertThat(gallery.get("path").isNull()).isTrue();
        assertThat(rest.get(BATCHES + "/" + Bundles.REFERENCE + "/items?decision=failed")
                        .json()
                        .get("items"))
                .hasSize(1);
        assertThat(rest.get(BATCHES + "/" + Bundles.REFERENCE + "/items?decision=lost")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/items", "/events", "/jobs"})
    void aBatchThatNobodyKnowsIsNotFound(String below) {
        Rest.Answer answer = rest.get(BATCHES + "/nothing" + below);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("code").asText()).isEqualTo("not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/items", "/events", "/jobs"})
    void aBatchWithoutAnyHasEmptyLists(String below) {
        world.imports.put(Bundles.discovered(Bundles.REFERENCE));
        JsonNode page = rest.get(BATCHES + "/" + Bundles.REFERENCE + below).json();
        assertThat(page.get("items")).isEmpty();
        assertThat(page.get("next_cursor").isNull()).isTrue();
    }

    @Test
    void preflightAnswersTheBatchAsItStandsAfterwards() {
        world.imports.put(Bundles.discovered(Bundles.REFERENCE));
        JsonNode batch = rest.send("POST", BATCHES + "/" + Bundles.REFERENCE + "/preflight", null)
                .json();
        assertThat(batch.get("state").asText()).isEqualTo("preflighted");
        assertThat(world.imports.lastPreflightBy()).isEqualTo("bootstrap");
    }

    @Test
    void aBatchThatCannotBeJudgedSaysWhy() {
        world.imports.put(Bundles.waiting(Bundles.WAITING));
        Rest.Answer answer = rest.send("POST", BATCHES + "/" + Bundles.WAITING + "/preflight", null);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("detail").asText()).contains("not released it yet");
    }

    private List<String> ids(String path) {
        return rest.get(path).json().get("items").findValuesAsText("sync_id");
    }
}
