package io.sluice.ingest.importjob;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

import com.google.protobuf.Timestamp;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.ingest.handover.BatchItems;
import io.sluice.ingest.handover.BatchJobs;
import io.sluice.ingest.handover.Tally;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.listing.AsciiId;
import io.sluice.ingest.location.InList;

/** What is shown of jobs: of a finished one as it ended, of one that runs as it stands now. */
@ApplicationScoped
public class JobViews implements BatchJobs {

    static final String COLUMNS = Jobs.COLUMNS + """
            , b.sync_id, l.heartbeat_at,
            (j.state = 'running' AND COALESCE(l.heartbeat_at, j.claimed_at) < NOW(6) - INTERVAL 15 MINUTE)
            OR (j.state = 'queued' AND j.queued_at < NOW(6) - INTERVAL 15 MINUTE
                AND NOT EXISTS (SELECT 1 FROM import_job_lease a WHERE a.lease_until > NOW(6))) AS stuck""";

    static final String TABLES = """
             FROM import_job j %s JOIN ingest_batch b ON b.id = j.batch_id
            LEFT JOIN import_job_lease l ON l.job_id = j.id AND l.token = j.token""";

    /** @param stuck nothing has shown a sign of life for 15 minutes */
    record Shown(Job job, String syncId, @Nullable Instant heartbeat, boolean stuck) {}

    static final RowMapper<Shown> ROW = (row, context) -> new Shown(
            Jobs.read(row), row.getString("sync_id"), Jobs.instant(row, "heartbeat_at"), row.getBoolean("stuck"));

    private final BatchItems items;
    private final JobItems jobItems;

    JobViews(BatchItems items, JobItems jobItems) {
        this.items = items;
        this.jobItems = jobItems;
    }

    /** @throws CodedException {@code NOT_FOUND} with the cure */
    public ImportJob known(Handle handle, String jobId) {
        if (!AsciiId.canBe(jobId)) {
            throw unknown(jobId);
        }
        return handle.createQuery("SELECT " + COLUMNS + TABLES.formatted("") + " WHERE j.id = ?")
                .bind(0, jobId)
                .map(ROW)
                .findOne()
                .map(shown -> view(handle, shown))
                .orElseThrow(() -> unknown(jobId));
    }

    @Override
    public Map<BatchId, ImportJob> active(Handle handle, Collection<BatchId> batches) {
        Map<BatchId, ImportJob> active = new HashMap<>();
        InList.of(batches.stream().map(BatchId::value).sorted().toList()).forEach(list -> list.bind(
                        handle.createQuery("SELECT " + COLUMNS + TABLES.formatted("FORCE INDEX (by_active)")
                                + " WHERE j.active_batch_id IN (" + list.marks() + ")"),
                        0)
                .map(ROW)
                .forEach(shown -> active.put(shown.job().batch(), view(handle, shown))));
        return active;
    }

    @Override
    public long count(Handle handle, BatchId batch) {
        return handle.createQuery("SELECT COUNT(*) FROM import_job FORCE INDEX (by_batch) WHERE batch_id = ?")
                .bind(0, batch.value())
                .mapTo(Long.class)
                .one();
    }

    static CodedException unknown(String jobId) {
        return new CodedException(
                ErrorCode.NOT_FOUND, "No import job has the id " + jobId + ". List jobs to find one.");
    }

    ImportJob view(Handle handle, Shown shown) {
        Job job = shown.job();
        ImportJob.Builder view = ImportJob.newBuilder()
                .setJobId(job.id())
                .setSyncId(shown.syncId())
                .setState(job.state().word())
                .setPriority(job.priority())
                .setForce(job.forced())
                .setRequestedBy(job.requestedBy())
                .setQueuedAt(told(job.queuedAt()))
                .setWorker(job.worker())
                .setLastError(job.lastError())
                .setStep(job.step())
                .setStuck(shown.stuck())
                .setVersion(job.version());
        set(job.claimedAt(), view::setClaimedAt);
        set(job.finishedAt(), view::setFinishedAt);
        set(shown.heartbeat(), view::setHeartbeatAt);
        if (!job.state().active()) {
            return view.setTally(job.tally().told())
                    .setSkippedTerminal(job.skippedTerminal())
                    .setItemsDone(job.itemsDone())
                    .setItemsTotal(job.itemsTotal())
                    .build();
        }
        Tally tally = items.tallyOfJob(handle, job.batch(), job.id());
        long done = job.attempted() ? jobItems.done(handle, job.batch(), job.id()) : 0;
        return view.setTally(tally.told())
                .setSkippedTerminal(Math.max(0, done - tally.decided()))
                .setItemsDone(done)
                .setItemsTotal(job.itemsTotal() > 0 ? job.itemsTotal() : items.count(handle, job.batch()))
                .build();
    }

    private interface Setter {
        Object set(Timestamp time);
    }

    private static void set(@Nullable Instant time, Setter setter) {
        if (time != null) {
            setter.set(told(time));
        }
    }

    private static Timestamp told(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
