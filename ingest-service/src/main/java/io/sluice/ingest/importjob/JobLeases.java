package io.sluice.ingest.importjob;

import java.util.List;

import org.jdbi.v3.core.Handle;

import io.sluice.messaging.Instance;

/** The table of job leases: kept beside the jobs, so that a heartbeat never waits for items that share a job's row. */
final class JobLeases {

    private JobLeases() {}

    /** @param token of the claim */
    static void begin(Handle tx, String jobId, long token, Instance instance, long micros) {
        tx.createUpdate("""
                        INSERT INTO import_job_lease (job_id, owner, incarnation, token, heartbeat_at, lease_until)
                        VALUES (:job, :owner, :incarnation, :token, NOW(6), NOW(6) + INTERVAL :micros MICROSECOND)
                        ON DUPLICATE KEY UPDATE owner = VALUES(owner), incarnation = VALUES(incarnation),
                            token = VALUES(token), heartbeat_at = VALUES(heartbeat_at), lease_until = VALUES(lease_until)""")
                .bind("job", jobId)
                .bind("owner", instance.name())
                .bind("incarnation", instance.incarnation().toString())
                .bind("token", token)
                .bind("micros", micros)
                .execute();
    }

    /** Lengthens a lease; false when it is not this claim's any more. */
    static boolean renew(Handle tx, Claim claim, Instance instance, long micros) {
        return tx.createUpdate("""
                        UPDATE import_job_lease
                        SET heartbeat_at = NOW(6), lease_until = NOW(6) + INTERVAL :micros MICROSECOND
                        WHERE job_id = :job AND token = :token AND incarnation = :incarnation""")
                        .bind("micros", micros)
                        .bind("job", claim.jobId())
                        .bind("token", claim.token())
                        .bind("incarnation", instance.incarnation().toString())
                        .execute()
                == 1;
    }

    static void end(Handle tx, String jobId) {
        tx.createUpdate("DELETE FROM import_job_lease WHERE job_id = ?")
                .bind(0, jobId)
                .execute();
    }

    /** Jobs whose coordinator is gone: its lease ran out, or an earlier incarnation of this stable instance had it. */
    static List<String> vanished(Handle handle, Instance instance, int limit) {
        return handle.createQuery("SELECT job_id FROM import_job_lease WHERE " + GONE + " LIMIT :limit")
                .bind("stable", instance.stable())
                .bind("owner", instance.name())
                .bind("incarnation", instance.incarnation().toString())
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** Locks that lease if its coordinator is gone; false otherwise. */
    static boolean lockVanished(Handle tx, String jobId, Instance instance) {
        return tx.createQuery("SELECT job_id FROM import_job_lease WHERE job_id = :job AND " + GONE + " FOR UPDATE")
                .bind("job", jobId)
                .bind("stable", instance.stable())
                .bind("owner", instance.name())
                .bind("incarnation", instance.incarnation().toString())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    private static final String GONE =
            "(lease_until <= NOW(6) OR (:stable AND owner = :owner AND incarnation <> :incarnation))";
}
