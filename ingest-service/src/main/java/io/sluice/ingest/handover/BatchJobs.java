package io.sluice.ingest.handover;

import java.util.Collection;
import java.util.Map;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.ingest.identity.BatchId;

/** What is shown of a batch's jobs; known to those who run them. */
public interface BatchJobs {

    /** Of these batches, the job that is queued or runs. */
    Map<BatchId, ImportJob> active(Handle handle, Collection<BatchId> batches);

    /** How many jobs the batch has had. */
    long count(Handle handle, BatchId batch);
}
