package io.sluice.gateway.importing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.BundleScanned;
import io.sluice.contract.ingest.v1.ContainerLinked;
import io.sluice.contract.ingest.v1.DecisionTally;
import io.sluice.contract.ingest.v1.ImportFinished;
import io.sluice.contract.ingest.v1.ItemDecided;
import io.sluice.contract.ingest.v1.JobFinished;
import io.sluice.contract.ingest.v1.JobSummary;
import io.sluice.contract.ingest.v1.LedgerEntry;
import io.sluice.contract.ingest.v1.TargetIds;
import io.sluice.gateway.world.Bundles;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** What the ledger's payloads look like from outside, name by name. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class LedgerIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private World world;

    @BeforeEach
    void oneBatch() {
        world = World.empty();
        world.imports.put(Bundles.imported(Bundles.REFERENCE));
    }

    @Test
    void aScanIsTold() throws Exception {
        LedgerEntry.Builder entry = Bundles.entry(Bundles.REFERENCE, "scan")
                .setScan(BundleScanned.newBuilder()
                        .setSource("filesystem")
                        .setManifestSha256(ByteString.fromHex(Bundles.SHA))
                        .setSyncType("gallery")
                        .setAction("import")
                        .setItemCount(89)
                        .setTotalBytes(15_655_459_226L)
                        .setVerdict("consumable")
                        .setScanId("0199f0c2-1d2b-7a01-8f3e-5a9c2b7d4e10"));
        assertThat(payloadOf(entry)).isEqualTo(JSON.readTree("""
                        {"source":"filesystem","manifest_sha256":"%s","sync_type":"gallery","action":"import","item_count":89,
                         "total_bytes":15655459226,"verdict":"consumable","reason":null,
                         "scan_id":"0199f0c2-1d2b-7a01-8f3e-5a9c2b7d4e10"}""".formatted(Bundles.SHA)));
    }

    @Test
    void anItemIsToldWithTheTargetsThatItHas() throws Exception {
        LedgerEntry.Builder entry = Bundles.entry(Bundles.REFERENCE, "item_created")
                .setItem(ItemDecided.newBuilder()
                        .setPhase("item_import")
                        .setHash(Bundles.hash(1))
                        .setType("cover")
                        .setTargetIds(TargetIds.newBuilder()
                                .setAssetId(Bundles.hash(0).repeat(2))
                                .setParentHash(Bundles.hash(0))));
        assertThat(payloadOf(entry)).isEqualTo(JSON.readTree("""
                        {"phase":"item_import","hash":"%s","type":"cover","cover_hash":null,"error_code":null,"error":null,
                         "target_ids":{"asset_id":"%s","parent_hash":"%s"}}""".formatted(
                        Bundles.hash(1), Bundles.hash(0).repeat(2), Bundles.hash(0))));
    }

    @Test
    void aLinkedContainerIsTold() throws Exception {
        LedgerEntry.Builder entry = Bundles.entry(Bundles.REFERENCE, "item_updated")
                .setContainer(ContainerLinked.newBuilder()
                        .setPhase("container_link")
                        .setContainer("gallery")
                        .setExpectedMemberCount(15)
                        .setLinkedMemberCount(15)
                        .setGalleryHash(Bundles.hash(88))
                        .setGalleryId("0199f0c5-0f2d-7e61-a4b7-2d9c6e5f8a13")
                        .setTitle("Harbour at dusk"));
        assertThat(payloadOf(entry)).isEqualTo(JSON.readTree("""
                        {"phase":"container_link","container":"gallery","expected_member_count":15,"linked_member_count":15,
                         "missing_member_count":0,"gallery_hash":"%s","gallery_id":"0199f0c5-0f2d-7e61-a4b7-2d9c6e5f8a13",
                         "title":"Harbour at dusk"}""".formatted(Bundles.hash(88))));
    }

    @Test
    void theEndIsToldWithItsTallyZerosIncluded() throws Exception {
        ImportFinished finished = ImportFinished.newBuilder()
                .setPhase("import")
                .setStatus("imported")
                .setTally(DecisionTally.newBuilder().setCreated(89))
                .build();
        String summary = """
                {"phase":"import","remaining":0,"skipped_terminal":0,"status":"imported",
                 "tally":{"created":89,"linked":0,"updated":0,"skipped":0,"deferred":0,"failed":0}}""";
        assertThat(payloadOf(Bundles.entry(Bundles.REFERENCE, "import_finished").setImportFinished(finished)))
                .isEqualTo(JSON.readTree(summary));
        assertThat(payloadOf(Bundles.entry(Bundles.REFERENCE, "job_finished")
                        .setJobFinished(JobFinished.newBuilder()
                                .setPhase("job_finish")
                                .setJobId("0199f0c3-2b51-7c0e-9d6a-4f2e8b1a7c90")
                                .setSummary(JobSummary.newBuilder()
                                        .setItemsSeen(89)
                                        .setOk(true)
                                        .setStatus("imported")
                                        .setSummary(finished)))))
                .isEqualTo(JSON.readTree("""
                        {"phase":"job_finish","job_id":"0199f0c3-2b51-7c0e-9d6a-4f2e8b1a7c90","error":null,
                         "summary":{"items_seen":89,"ok":true,"status":"imported","summary":%s}}""".formatted(summary)));
    }

    @Test
    void theNewestComesFirstAndAnUnknownPayloadIsEmpty() {
        world.imports.put(Bundles.entry(Bundles.REFERENCE, "scan").build());
        world.imports.put(Bundles.entry(Bundles.REFERENCE, "of_tomorrow").build());
        JsonNode page = rest.get("/api/v1/import/batches/" + Bundles.REFERENCE + "/events?limit=1")
                .json();
        assertThat(page.at("/items/0/event_type").asText()).isEqualTo("of_tomorrow");
        assertThat(page.at("/items/0/payload")).isEmpty();
        assertThat(page.at("/items/0/subject").asText()).isEqualTo(Bundles.REFERENCE);
        assertThat(rest.get("/api/v1/import/batches/" + Bundles.REFERENCE + "/events?limit=1&cursor="
                                + page.get("next_cursor").asText())
                        .json()
                        .at("/items/0/event_type")
                        .asText())
                .isEqualTo("scan");
    }

    private JsonNode payloadOf(LedgerEntry.Builder entry) {
        world.imports.put(entry.build());
        return rest.get("/api/v1/import/batches/" + Bundles.REFERENCE + "/events")
                .json()
                .at("/items/0/payload");
    }
}
