package io.sluice.ingest.importjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.BatchDetail;
import io.sluice.contract.ingest.v1.CancelJobRequest;
import io.sluice.contract.ingest.v1.GetBatchRequest;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.contract.ingest.v1.PreflightBatchRequest;
import io.sluice.contract.ingest.v1.QueueImportsRequest;
import io.sluice.contract.ingest.v1.QueueImportsResponse;
import io.sluice.ingest.world.HandoverMount;
import io.sluice.ingest.world.IngestClient;
import io.sluice.ingest.world.Ingested;
import io.sluice.ingest.world.Surroundings;
import io.sluice.ingest.world.ToldLibrary;
import io.sluice.messaging.grpc.GrpcErrors;
import io.sluice.testsupport.SluiceInfra;

/** Commands of imports that are sent again with their key, and those that ask for the version that the caller saw. */
@QuarkusTest
@TestProfile(ClaimJobsIT.NoCoordinators.class)
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class RepeatedCommandsIT {

    private final String key = UUID.randomUUID().toString();
    private IngestClient client;

    @BeforeEach
    void connect() {
        client = new IngestClient();
        Ingested.database().execute("DELETE FROM import_job_lease");
        Ingested.database().execute("DELETE FROM import_job");
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void queueingAgainIsTheSameJobEvenWhenThatIsOver() {
        QueueImportsRequest request = queueing(handedBundle(), handedBundle());
        QueueImportsResponse first = client.imports(key).queueImports(request);
        assertThat(first.getImportsList()).hasSize(2).allMatch(queued -> queued.hasJob());
        cancel(first.getImports(0).getJob(), null);

        assertThat(client.imports(key).queueImports(request)).isEqualTo(first);
        assertThat(jobs()).isEqualTo(2);
        assertThat(client.imports("new " + key)
                        .queueImports(request)
                        .getImports(0)
                        .getJob()
                        .getJobId())
                .isNotEqualTo(first.getImports(0).getJob().getJobId());
        refused(ErrorCode.IDEMPOTENCY_KEY_REUSED, () -> client.imports(key)
                .queueImports(request.toBuilder().setForce(true).build()));
    }

    @Test
    void manyAtOnceWithOneKeyQueueEachBatchOnce() throws Exception {
        QueueImportsRequest request = queueing(handedBundle(), handedBundle(), handedBundle());
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<QueueImportsResponse> asking = () -> client.imports(key).queueImports(request);
            List<QueueImportsResponse> answers = callers.invokeAll(Collections.nCopies(12, asking)).stream()
                    .map(answer -> answer.resultNow())
                    .toList();
            assertThat(answers).containsOnly(answers.getFirst());
        }
        assertThat(jobs()).isEqualTo(3);
    }

    @Test
    void whatWasRefusedForAllIsNotRemembered() {
        HandedBundle late = new HandedBundle(ToldLibrary.online("late"));
        late.photo("a");
        QueueImportsRequest request = queueing(late);
        assertThat(client.imports(key).queueImports(request).getImports(0).getErrorCode())
                .isEqualTo("not_found");
        late.handOver();
        assertThat(client.imports(key).queueImports(request).getImports(0).hasJob())
                .isTrue();
    }

    @Test
    void cancellingAgainIsAnsweredAsBefore() {
        ImportJob job = queued(handedBundle());
        CancelJobRequest request = CancelJobRequest.newBuilder()
                .setJobId(job.getJobId())
                .setExpectedVersion(job.getVersion())
                .build();
        ImportJob cancelled = client.imports(key).cancelJob(request);
        assertThat(cancelled.getState()).isEqualTo("cancelled");
        assertThat(cancelled.getVersion()).isGreaterThan(job.getVersion());
        assertThat(client.imports(key).cancelJob(request)).as("with its key").isEqualTo(cancelled);
        refused(ErrorCode.PRECONDITION_FAILED, () -> client.imports().cancelJob(request));
    }

    @Test
    void jobThatIsNotAsTheCallerSawItStaysAsItIs() {
        ImportJob job = queued(handedBundle());
        refused(ErrorCode.PRECONDITION_FAILED, () -> cancel(job, job.getVersion() + 1));
        assertThat(Ingested.database().strings("SELECT state FROM import_job")).containsExactly("queued");
        assertThat(cancel(job, job.getVersion()).getState()).isEqualTo("cancelled");
    }

    @Test
    void preflightSentAgainIsOneAndAsksForTheVersionThatTheCallerSaw() {
        HandoverMount mount = HandoverMount.online("preflight again");
        String id = UUID.randomUUID().toString();
        mount.tell(mount.deliverPhotos(id, 2));
        mount.awaitVerdict(id, "consumable");
        long seen = client.imports()
                .getBatch(GetBatchRequest.newBuilder().setSyncId(id).build())
                .getBatch()
                .getVersion();
        PreflightBatchRequest request = PreflightBatchRequest.newBuilder()
                .setSyncId(id)
                .setExpectedVersion(seen)
                .build();
        BatchDetail first = client.imports(key).preflightBatch(request);
        assertThat(first.getBatch().getVersion()).isGreaterThan(seen);
        assertThat(client.imports(key).preflightBatch(request)).isEqualTo(first);
        assertThat(HandoverMount.ledger(id)).as("told once").containsExactly("scan", "preflight");
        refused(ErrorCode.PRECONDITION_FAILED, () -> client.imports().preflightBatch(request));
        assertThat(HandoverMount.ledger(id)).containsExactly("scan", "preflight");
    }

    private ImportJob queued(HandedBundle bundle) {
        return client.imports().queueImports(queueing(bundle)).getImports(0).getJob();
    }

    private ImportJob cancel(ImportJob job, Long version) {
        CancelJobRequest.Builder request = CancelJobRequest.newBuilder().setJobId(job.getJobId());
        if (version != null) {
            request.setExpectedVersion(version);
        }
        return client.imports().cancelJob(request.build());
    }

    private static QueueImportsRequest queueing(HandedBundle... bundles) {
        QueueImportsRequest.Builder request = QueueImportsRequest.newBuilder().setRequestedBy("tester");
        for (HandedBundle bundle : bundles) {
            request.addSyncIds(bundle.syncId());
        }
        return request.build();
    }

    private static HandedBundle handedBundle() {
        HandedBundle bundle = new HandedBundle(ToldLibrary.online("repeated"));
        bundle.photo("a");
        bundle.handOver();
        return bundle;
    }

    private static long jobs() {
        return Ingested.database().number("SELECT COUNT(*) FROM import_job");
    }

    private static void refused(ErrorCode code, Runnable command) {
        assertThatThrownBy(command::run).isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
            CodedException coded = GrpcErrors.toCoded(refusal);
            assertThat(coded.code()).isEqualTo(code);
        });
    }
}
