package io.sluice.ingest.importjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.CancelJobRequest;
import io.sluice.contract.ingest.v1.ContainerKind;
import io.sluice.contract.ingest.v1.ContainerState;
import io.sluice.contract.ingest.v1.GetBatchRequest;
import io.sluice.contract.ingest.v1.GetContainerRequest;
import io.sluice.contract.ingest.v1.GetJobRequest;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.contract.ingest.v1.ListContainerAssetsRequest;
import io.sluice.contract.ingest.v1.ListContainerAssetsResponse;
import io.sluice.contract.ingest.v1.ListContainersRequest;
import io.sluice.contract.ingest.v1.ListContainersResponse;
import io.sluice.contract.ingest.v1.ListJobsRequest;
import io.sluice.contract.ingest.v1.ListJobsResponse;
import io.sluice.contract.ingest.v1.QueueImportsRequest;
import io.sluice.contract.messaging.v1.ListStateLinesRequest;
import io.sluice.ingest.world.HandoverMount;
import io.sluice.ingest.world.IngestClient;
import io.sluice.ingest.world.Ingested;
import io.sluice.ingest.world.Surroundings;
import io.sluice.ingest.world.ToldLibrary;
import io.sluice.testsupport.SluiceInfra;

/** Imports as the gateway asks for them, from a delivered bundle on. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class ImportOverGrpcIT {

    private static IngestClient client;

    @BeforeAll
    static void connect() {
        client = new IngestClient();
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @Test
    void aDeliveredBundleIsPreflightedAndImportedByItsJob() {
        HandoverMount mount = HandoverMount.online("road");
        String id = UUID.randomUUID().toString();
        mount.tell(mount.deliverPhotos(id, 2));
        mount.awaitVerdict(id, "consumable");

        ImportJob job = imported(id);
        assertThat(job.getTally().getCreated()).isEqualTo(job.getItemsTotal()).isEqualTo(4);
        var batch = client.imports()
                .getBatch(GetBatchRequest.newBuilder().setSyncId(id).build());
        assertThat(batch.getBatch().getState()).isEqualTo("imported");
        assertThat(batch.getBatch().hasActiveJob()).isFalse();
        assertThat(batch.getBatch().getTally().getCreated()).isEqualTo(4);
        assertThat(batch.getJobs()).isEqualTo(1);
        ListJobsResponse ofBatch = client.imports()
                .listJobs(ListJobsRequest.newBuilder().setSyncId(id).build());
        assertThat(ofBatch.getJobsList()).containsExactly(job);
        assertThatThrownBy(() -> client.imports()
                        .cancelJob(CancelJobRequest.newBuilder()
                                .setJobId(job.getJobId())
                                .build()))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("nothing to cancel");
    }

    @Test
    void jobsAreListedInPagesWithoutGapsOrDoubles() {
        // Jobs that other tests left running would stand at the top.
        Ingested.database().execute("DELETE FROM import_job_lease");
        Ingested.database().execute("DELETE FROM import_job");
        ToldLibrary library = ToldLibrary.online("pages");
        for (int i = 0; i < 5; i++) {
            HandedBundle bundle = new HandedBundle(library);
            bundle.photo("a");
            bundle.handOver();
            imported(bundle.syncId());
        }
        List<String> paged = new ArrayList<>();
        String cursor = "";
        do {
            ListJobsResponse page = client.imports()
                    .listJobs(ListJobsRequest.newBuilder()
                            .setLimit(2)
                            .setCursor(cursor)
                            .build());
            page.getJobsList().forEach(job -> paged.add(job.getJobId()));
            cursor = page.getNextCursor();
        } while (!cursor.isEmpty());
        assertThat(paged).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(5);
        assertThat(paged)
                .containsExactlyElementsOf(
                        Ingested.database().strings("SELECT id FROM import_job ORDER BY newest, id"));
        assertThat(client.imports()
                        .listJobs(
                                ListJobsRequest.newBuilder().setState("queued").build())
                        .getJobsCount())
                .isZero();
        assertThatThrownBy(() -> client.imports()
                        .listJobs(ListJobsRequest.newBuilder().setState("odd").build()))
                .hasMessageContaining("Unknown job state");
    }

    @Test
    void galleriesAreListedByTitleAndTheirAssetsInOrder() {
        ToldLibrary library = ToldLibrary.online("galleries");
        HandedBundle bundle = new HandedBundle(library);
        String a = bundle.photo("a");
        String b = bundle.photo("b");
        String missing = HandedBundle.hashOf("missing" + library.id());
        bundle.gallery("Zebra " + library.id(), List.of(b, missing, a));
        bundle.gallery("Apple " + library.id(), List.of(a));
        bundle.handOver();
        imported(bundle.syncId());

        List<ContainerState> listed = new ArrayList<>();
        String cursor = "";
        do {
            ListContainersResponse page = client.imports()
                    .listContainers(ListContainersRequest.newBuilder()
                            .setKind(ContainerKind.CONTAINER_KIND_GALLERY)
                            .setLimit(1)
                            .setCursor(cursor)
                            .build());
            listed.addAll(page.getContainersList());
            cursor = page.getNextCursor();
        } while (!cursor.isEmpty());
        List<ContainerState> ours = listed.stream()
                .filter(one -> one.getTitle().endsWith(library.id()))
                .toList();
        assertThat(ours)
                .extracting(one ->
                        one.getTitle().substring(0, 5) + " " + one.getLinkedMembers() + "/" + one.getExpectedMembers())
                .containsExactly("Apple 1/1", "Zebra 2/3");
        String zebra = ours.getLast().getContainerId();
        assertThat(client.imports()
                        .getContainer(GetContainerRequest.newBuilder()
                                .setContainerId(zebra)
                                .build())
                        .getMembersCount())
                .isEqualTo(2);

        List<String> paths = new ArrayList<>();
        cursor = "";
        do {
            ListContainerAssetsResponse page = client.imports()
                    .listContainerAssets(ListContainerAssetsRequest.newBuilder()
                            .setContainerId(zebra)
                            .setLimit(1)
                            .setCursor(cursor)
                            .build());
            page.getAssetsList().forEach(asset -> {
                assertThat(asset.getContainerIdsList()).contains(zebra);
                paths.add(asset.getLocations(0).getPath().toStringUtf8());
            });
            cursor = page.getNextCursor();
        } while (!cursor.isEmpty());
        assertThat(paths).containsExactly(bundle.path("photos/b.jpg"), bundle.path("photos/a.jpg"));
        assertThatThrownBy(() -> client.imports()
                        .getContainer(GetContainerRequest.newBuilder()
                                .setContainerId("none")
                                .build()))
                .isInstanceOf(StatusRuntimeException.class)
                .extracting(e -> ((StatusRuntimeException) e).getStatus().getCode())
                .isEqualTo(Status.Code.NOT_FOUND);

        List<String> lines = new ArrayList<>();
        client.operations()
                .listStateLines(ListStateLinesRequest.getDefaultInstance())
                .forEachRemaining(message -> lines.addAll(message.getLinesList()));
        assertThat(lines).isSorted();
        assertThat(lines)
                .anyMatch(line -> line.startsWith("container ") && line.contains(" gallery 3 Zebra"))
                .anyMatch(line -> line.startsWith("external " + a))
                .anyMatch(line -> line.startsWith("member ") && line.endsWith(" 0000001 " + missing + " -"));
    }

    private static ImportJob imported(String syncId) {
        var queued = client.imports()
                .queueImports(
                        QueueImportsRequest.newBuilder().addSyncIds(syncId).build())
                .getImports(0);
        assertThat(queued.getError()).isEmpty();
        return Ingested.await("import of " + syncId)
                .until(
                        () -> client.imports()
                                .getJob(GetJobRequest.newBuilder()
                                        .setJobId(queued.getJob().getJobId())
                                        .build()),
                        job -> job.getState().equals("done"));
    }
}
