package io.sluice.ingest.ledger;

import java.time.Instant;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import com.google.protobuf.Timestamp;

import io.sluice.contract.ingest.v1.BatchPreflighted;
import io.sluice.contract.ingest.v1.BundleScanned;
import io.sluice.contract.ingest.v1.ContainerLinked;
import io.sluice.contract.ingest.v1.ImportFinished;
import io.sluice.contract.ingest.v1.ItemDecided;
import io.sluice.contract.ingest.v1.JobFinished;
import io.sluice.contract.ingest.v1.JobMoved;
import io.sluice.contract.ingest.v1.LedgerEntry;

/** Makes entries: each with an id of its own and the time of now, in microseconds as the table keeps them. */
public final class LedgerEntries {

    private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

    private LedgerEntries() {}

    public static LedgerEntry scan(LedgerSubject subject, BundleScanned scan) {
        return entry(subject, EventType.SCAN).setScan(scan).build();
    }

    public static LedgerEntry preflight(LedgerSubject subject, BatchPreflighted preflight) {
        return entry(subject, EventType.PREFLIGHT).setPreflight(preflight).build();
    }

    /** @param type one of {@code ITEM_*} */
    public static LedgerEntry item(LedgerSubject subject, EventType type, ItemDecided item) {
        return entry(subject, type).setItem(item).build();
    }

    public static LedgerEntry container(LedgerSubject subject, ContainerLinked container) {
        return entry(subject, EventType.ITEM_UPDATED).setContainer(container).build();
    }

    public static LedgerEntry importFinished(LedgerSubject subject, ImportFinished finished) {
        return entry(subject, EventType.IMPORT_FINISHED)
                .setImportFinished(finished)
                .build();
    }

    /** @param type one of {@code JOB_*} but {@code JOB_FINISHED} */
    public static LedgerEntry job(LedgerSubject subject, EventType type, JobMoved job) {
        return entry(subject, type).setJob(job).build();
    }

    public static LedgerEntry jobFinished(LedgerSubject subject, JobFinished finished) {
        return entry(subject, EventType.JOB_FINISHED).setJobFinished(finished).build();
    }

    private static LedgerEntry.Builder entry(LedgerSubject subject, EventType type) {
        Instant now = Instant.now();
        return LedgerEntry.newBuilder()
                .setEntryId(IDS.generate().toString())
                .setSubject(subject.id())
                .setLibraryId(subject.libraryId())
                .setEventType(type.word())
                .setCreatedAt(Timestamp.newBuilder()
                        .setSeconds(now.getEpochSecond())
                        .setNanos(now.getNano() / 1_000 * 1_000));
    }
}
