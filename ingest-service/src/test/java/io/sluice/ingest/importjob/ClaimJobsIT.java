package io.sluice.ingest.importjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.CancelJobRequest;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.contract.ingest.v1.QueueImportsRequest;
import io.sluice.contract.ingest.v1.QueuedImport;
import io.sluice.ingest.handover.Batches;
import io.sluice.ingest.handover.FindDeliverables;
import io.sluice.ingest.header.FileHeader;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.ledger.Ledger;
import io.sluice.ingest.location.FileStat;
import io.sluice.ingest.location.RelativePath;
import io.sluice.ingest.provenance.SourceFiles;
import io.sluice.ingest.world.Ingested;
import io.sluice.ingest.world.Surroundings;
import io.sluice.ingest.world.ToldLibrary;
import io.sluice.messaging.Instance;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.work.ClaimedWork;
import io.sluice.messaging.work.Finished;
import io.sluice.messaging.work.Outcome;
import io.sluice.testsupport.SluiceInfra;

/** Who runs a job, on a real database: the test is the coordinators, the process has none. */
@QuarkusTest
@TestProfile(ClaimJobsIT.NoCoordinators.class)
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class ClaimJobsIT {

    public static class NoCoordinators implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sluice.import.concurrency", "0");
        }
    }

    @Inject
    Transactions transactions;

    @Inject
    QueueImports queue;

    @Inject
    CancelJob cancel;

    @Inject
    JobViews views;

    @Inject
    Jobs jobs;

    @Inject
    Batches batches;

    @Inject
    Ledger ledger;

    @Inject
    FinishJob finish;

    @Inject
    DecideItems decide;

    @Inject
    ReclaimJobs reclaim;

    @BeforeEach
    void nothingWaits() {
        Ingested.database().execute("DELETE FROM import_job_lease");
        Ingested.database().execute("DELETE FROM import_job");
    }

    @Test
    void threeWorkersClaimAHundredJobsInOrder() throws Exception {
        ToldLibrary library = ToldLibrary.online("hundred");
        Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            HandedBundle bundle = new HandedBundle(library);
            bundle.handOver();
            queue(bundle, request -> request.setPriority(random.nextInt(4) * 10));
        }
        List<String> wanted = Ingested.database().strings("SELECT id FROM import_job ORDER BY priority, queued_at, id");

        List<List<String>> claimed = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(3)) {
            List<Future<List<String>>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ClaimJobs worker = worker(Duration.ofSeconds(60));
                running.add(workers.submit(() -> claimAll(worker)));
            }
            for (Future<List<String>> one : running) {
                claimed.add(one.get());
            }
        }
        assertThat(claimed.stream().flatMap(List::stream)).hasSize(100).doesNotHaveDuplicates();
        for (List<String> ofWorker : claimed) {
            assertThat(ofWorker).isSortedAccordingTo(Comparator.comparing(wanted::indexOf));
        }
        // What was better and came later was in the hands of the two others: no more than that.
        List<Integer> order = Ingested.database().strings("SELECT id FROM import_job ORDER BY claimed_at").stream()
                .map(wanted::indexOf)
                .toList();
        for (int i = 0; i < 100; i++) {
            int claimedNow = order.get(i);
            assertThat(order.subList(i, 100).stream().filter(later -> later < claimedNow))
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    private static List<String> claimAll(ClaimJobs worker) {
        List<String> claimed = new ArrayList<>();
        for (Optional<Claim> next = worker.claim(); next.isPresent(); next = worker.claim()) {
            claimed.add(next.get().jobId());
        }
        return claimed;
    }

    @Test
    void aFrozenCoordinatorCannotWriteAfterItsLeaseWasTaken() {
        HandedBundle bundle = bundle("frozen");
        String jobId = queue(bundle).getJob().getJobId();
        Claim frozen = worker(Duration.ofMillis(1)).claim().orElseThrow();
        Ingested.await("the job waits again").until(() -> {
            reclaim.reclaim();
            return state(jobId).equals("queued");
        });
        assertThat(Imports.batch(bundle)).containsEntry("state", "queued");

        Claim next = worker(Duration.ofSeconds(60)).claim().orElseThrow();
        assertThat(next.token()).isGreaterThan(frozen.token());
        assertThatThrownBy(() -> transactions.run(tx -> finish.finish(tx, frozen.lock(tx))))
                .isInstanceOf(CodedException.class)
                .extracting(e -> ((CodedException) e).code())
                .isEqualTo(ErrorCode.LEASE_LOST);
        assertThat(frozen.lost()).isTrue();
        assertThat(state(jobId)).isEqualTo("running");

        transactions.run(tx -> finish.finish(tx, next.lock(tx)));
        assertThat(Imports.ledgerUntil(bundle, "job_finished", 1))
                .extracting(entry -> entry.getEventType())
                .containsExactly(
                        "job_queued", "job_claimed", "job_requeued", "job_claimed", "import_finished", "job_finished");
    }

    @Test
    void fiveVanishedCoordinatorsEndAJob() {
        HandedBundle bundle = bundle("vanished");
        String jobId = queue(bundle).getJob().getJobId();
        for (int i = 0; i < 5; i++) {
            assertThat(worker(Duration.ofMillis(1)).claim()).isPresent();
            Ingested.await("found without its coordinator").until(() -> {
                reclaim.reclaim();
                return !state(jobId).equals("running");
            });
        }
        ImportJob job = transactions.read(handle -> views.known(handle, jobId));
        assertThat(job.getState()).isEqualTo("failed");
        assertThat(job.getLastError()).startsWith("worker_lost");
        assertThat(Imports.batch(bundle)).containsEntry("state", "failed");
    }

    @Test
    void aJobThatIsGivenBackWaitsAndNothingIsCounted() {
        HandedBundle bundle = bundle("given");
        String jobId = queue(bundle).getJob().getJobId();
        ClaimJobs worker = worker(Duration.ofSeconds(60));
        worker.giveBack(worker.claim().orElseThrow(), "It stops");
        assertThat(state(jobId)).isEqualTo("queued");
        assertThat(Ingested.database()
                        .number("SELECT vanished + failed + attempted FROM import_job WHERE id = ?", jobId))
                .isZero();
        assertThat(Imports.batch(bundle)).containsEntry("state", "queued");
        assertThat(worker.claim()).isPresent();
    }

    @Test
    void aJobIsCancelledOnlyWhileItWaitsAndNothingWasTried() {
        HandedBundle bundle = bundle("cancel");
        String jobId = queue(bundle).getJob().getJobId();
        assertThat(cancel(jobId).getState()).isEqualTo("cancelled");
        assertThat(cancel(jobId).getState()).isEqualTo("cancelled");
        assertThat(Imports.batch(bundle)).containsEntry("state", "preflighted");
        assertThat(Imports.ledgerUntil(bundle, "job_cancelled", 1)).hasSize(2);

        String second = queue(bundle).getJob().getJobId();
        assertThat(second).isNotEqualTo(jobId);
        ClaimJobs worker = worker(Duration.ofSeconds(60));
        Claim claim = worker.claim().orElseThrow();
        refusesToCancel(second, "The job runs");
        transactions.run(tx -> jobs.attempted(tx, claim.lock(tx)));
        worker.giveBack(claim, "It stops");
        refusesToCancel(second, "items of it were tried");
        Claim last = worker.claim().orElseThrow();
        transactions.run(tx -> finish.finish(tx, last.lock(tx)));
        refusesToCancel(second, "over (failed)");
        assertThatThrownBy(() -> cancel(UUID.randomUUID().toString()))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("No import job");
    }

    private void refusesToCancel(String jobId, String why) {
        assertThatThrownBy(() -> cancel(jobId))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining(why)
                .extracting(e -> ((CodedException) e).code())
                .isEqualTo(ErrorCode.JOB_NOT_CANCELLABLE);
    }

    @Test
    void queueingIsIdempotent() {
        HandedBundle bundle = bundle("again");
        QueuedImport first = queue(bundle);
        assertThat(queue(bundle).getJob().getJobId()).isEqualTo(first.getJob().getJobId());
        Claim claim = worker(Duration.ofSeconds(60)).claim().orElseThrow();
        transactions.run(tx -> finish.finish(tx, claim.lock(tx)));

        assertThat(queue(bundle).getJob().getJobId())
                .as("without a key, once the first is over")
                .isNotEqualTo(first.getJob().getJobId());
        assertThat(Ingested.database().number("SELECT COUNT(*) FROM import_job"))
                .isEqualTo(2);
        assertThat(queue(new HandedBundle(ToldLibrary.online("nobody"))).getErrorCode())
                .isEqualTo("not_found");
        Ingested.database()
                .execute(
                        "UPDATE ingest_batch SET state = 'invalid', verdict = 'bad_name' WHERE sync_id = ?",
                        bundle("invalid").syncId());
        assertThatThrownBy(() -> queue(bundle, request -> request.setPriority(1000)))
                .hasMessageContaining("priority must be 0");
    }

    @Test
    void whatIsDecidedTwiceOrWithoutItsJobChangesNothing() {
        ToldLibrary library = ToldLibrary.online("twice");
        HandedBundle bundle = new HandedBundle(library);
        bundle.photo("a");
        bundle.handOver();
        String jobId = queue(bundle).getJob().getJobId();
        List<Finished<ItemResult>> finished = List.of(read(library, bundle, jobId));

        List<Map<String, Object>> before = Imports.libraryRows();
        transactions.run(tx -> decide.decide(tx, finished));
        assertThat(Imports.libraryRows()).isEqualTo(before);
        assertThat(Imports.items(bundle, "created")).isZero();

        Claim claim = worker(Duration.ofSeconds(60)).claim().orElseThrow();
        transactions.run(tx -> decide.decide(tx, finished));
        assertThat(Imports.items(bundle, "created")).isEqualTo(1);
        List<Map<String, Object>> after = Imports.libraryRows();
        transactions.run(tx -> decide.decide(tx, finished));
        assertThat(Imports.libraryRows()).isEqualTo(after);
        transactions.run(tx -> finish.finish(tx, claim.lock(tx)));
        assertThat(Imports.ledgerUntil(bundle, "job_finished", 1))
                .filteredOn(entry -> entry.getEventType().startsWith("item_"))
                .hasSize(1);
    }

    private static Finished<ItemResult> read(ToldLibrary library, HandedBundle bundle, String jobId) {
        String path = bundle.path("photos/a.jpg");
        byte[] hash = new byte[32];
        new Random(3).nextBytes(hash);
        ItemResult.Primary photo = new ItemResult.Primary(
                RelativePath.of(path),
                FileStat.of(ToldLibrary.stat(library.file(path))),
                ContentHash.of(hash),
                FileHeader.empty(),
                SourceFiles.NONE,
                FindDeliverables.Found.NOTHING);
        ClaimedWork work = new ClaimedWork(1, jobId + "/0", 1, 1, false, () -> false);
        return new Finished<>(work, new Outcome.Ok<>(photo), 1, true);
    }

    private ImportJob cancel(String jobId) {
        return cancel.cancel(CancelJobRequest.newBuilder()
                .setJobId(jobId)
                .setRequestedBy("tester")
                .build());
    }

    private interface Asked {
        QueueImportsRequest.Builder of(QueueImportsRequest.Builder request);
    }

    private QueuedImport queue(HandedBundle bundle) {
        return queue(bundle, request -> request);
    }

    private QueuedImport queue(HandedBundle bundle, Asked asked) {
        return queue.queue(asked.of(QueueImportsRequest.newBuilder().addSyncIds(bundle.syncId()))
                        .build())
                .getImports(0);
    }

    private static HandedBundle bundle(String name) {
        HandedBundle bundle = new HandedBundle(ToldLibrary.online(name));
        bundle.photo("a");
        bundle.handOver();
        return bundle;
    }

    private ClaimJobs worker(Duration lease) {
        Instance instance = new Instance("ingest", "host/pid:" + UUID.randomUUID(), false, UUID.randomUUID());
        return new ClaimJobs(transactions, jobs, batches, ledger, instance, lease);
    }

    private static String state(String jobId) {
        return Ingested.database().strings("SELECT state FROM import_job WHERE id = ?", jobId).stream()
                .collect(Collectors.joining());
    }
}
