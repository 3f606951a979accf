package io.sluice.gateway.world;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.uuid.Generators;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.sluice.contract.ingest.v1.BatchDetail;
import io.sluice.contract.ingest.v1.BatchItem;
import io.sluice.contract.ingest.v1.BatchView;
import io.sluice.contract.ingest.v1.DecisionTally;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.contract.ingest.v1.LedgerEntry;
import io.sluice.contract.ingest.v1.ManifestSummary;

/** Batches and what belongs to them, as ingest would tell them of bundles like the reference one. */
public final class Bundles {

    public static final String REFERENCE = "37e428d2-a4f6-4a31-bacf-0c835fb24084";
    public static final String SECOND = "5b0c7f16-2d0e-4f63-9a51-7c1d2e3f4a5b";
    public static final String BROKEN = "8d1f5a70-93c4-4b8e-b2d6-60a7e9c3f1d2";
    public static final String WAITING = "c2a9e4b8-7f13-4d05-8e62-1b3c5d7f9a0e";

    /** Of the manifest in the tests' bundles. */
    public static final String SHA = "9f2c5a1d7e3b48604c8d1f0a6b2e9c75d3f8407a1b5c6e9d2a4f8b0c7e1d3a59";

    private Bundles() {}

    /** A bundle that can be imported, as it stands right after a scan. */
    public static BatchDetail discovered(String syncId) {
        return BatchDetail.newBuilder()
                .setBatch(BatchView.newBuilder()
                        .setSyncId(syncId)
                        .setLibraryId(World.CLOUD)
                        .setLibraryName("Cloud sync")
                        .setState("discovered")
                        .setVerdict("consumable")
                        .setSyncType("gallery")
                        .setAction("import")
                        .setItemCount(89)
                        .setTotalBytes(15_655_459_226L)
                        .setSourceHost("flux-1")
                        .setManifestSha256(ByteString.fromHex(SHA))
                        .setSeenAt(ago(Duration.ofMinutes(4)))
                        .setStateSince(ago(Duration.ofMinutes(4))))
                .setManifest(ManifestSummary.newBuilder()
                        .setCreatedAt(ago(Duration.ofHours(2)))
                        .setCompletedAt(ago(Duration.ofMinutes(90)))
                        .setVerificationPassed(true)
                        .setVerificationTotalFiles(8370))
                .build();
    }

    public static BatchDetail imported(String syncId) {
        BatchDetail detail = discovered(syncId);
        return detail.toBuilder()
                .setBatch(detail.getBatch().toBuilder()
                        .setState("imported")
                        .setStartedAt(ago(Duration.ofHours(1)))
                        .setCompletedAt(ago(Duration.ofHours(1).minusSeconds(73)))
                        .setTally(DecisionTally.newBuilder().setCreated(89)))
                .setItems(89)
                .setJobs(1)
                .build();
    }

    /** Two of its items failed; a person should look. */
    public static BatchDetail partial(String syncId) {
        BatchDetail detail = imported(syncId);
        return detail.toBuilder()
                .setBatch(detail.getBatch().toBuilder()
                        .setState("partial")
                        .setNeedsHand(true)
                        .setLastError("2 items failed: photos/6fbe0523d2184f9f.jpg is not in the payload folder."
                                + " Have the sender deliver it again, then queue the batch once more.")
                        .setTally(DecisionTally.newBuilder()
                                .setCreated(85)
                                .setDeferred(2)
                                .setFailed(2)))
                .build();
    }

    public static BatchDetail waiting(String syncId) {
        BatchDetail detail = discovered(syncId);
        return detail.toBuilder()
                .clearManifest()
                .setBatch(detail.getBatch().toBuilder()
                        .setState("waiting")
                        .setVerdict("not_released")
                        .setReason("The manifest is there, its .ready file is not: the sender has not released it yet.")
                        .clearManifestSha256())
                .build();
    }

    /** An item of the reference bundle: photo at even positions, its cover at the next one. */
    public static BatchItem item(int position, String decision) {
        boolean photo = position % 2 == 0;
        BatchItem.Builder item = BatchItem.newBuilder()
                .setPosition(position)
                .setAssetType(photo ? "photo" : "cover")
                .setExternalHash(hash(position))
                .setPath(ByteString.copyFromUtf8((photo ? "photos/" : "covers/") + hash(position) + ".jpg"))
                .setBytes(photo ? 3_145_728 : 81_920)
                .setMime("image/jpeg")
                .setDecision(decision)
                .setDecidedBy("import")
                .setAttempts(1)
                .setUpdatedAt(ago(Duration.ofMinutes(59)));
        if (photo) {
            item.setCoverHash(hash(position + 1)).setTitle("Harbour at dusk, no. " + (position / 2 + 1));
        } else {
            item.setParentHash(hash(position - 1));
        }
        if (decision.equals("failed")) {
            item.setErrorCode("payload_missing")
                    .setLastError("The file is not in the payload folder. Have the sender deliver the bundle again.");
        } else if (decision.equals("deferred")) {
            item.setErrorCode("parent_unknown")
                    .setLastError("The photo it belongs to is not in the library yet; it is tried again.");
        } else {
            item.getTargetBuilder()
                    .setAssetId(hash(photo ? position : position - 1).repeat(2));
        }
        return item.build();
    }

    /** 32 hex digits that tell positions apart. */
    public static String hash(int position) {
        return "%08x".formatted(0x991584e1 * (position + 1)) + "82799730e1c55d0b0a7f6c1e";
    }

    public static ImportJob job(String syncId, String state, int done) {
        ImportJob.Builder job = ImportJob.newBuilder()
                .setJobId(Generators.timeBasedEpochGenerator().generate().toString())
                .setSyncId(syncId)
                .setState(state)
                .setPriority(50)
                .setRequestedBy("bootstrap")
                .setQueuedAt(ago(Duration.ofMinutes(2)))
                .setItemsDone(done)
                .setItemsTotal(89)
                .setTally(DecisionTally.newBuilder().setCreated(done));
        if (!state.equals("queued")) {
            job.setClaimedAt(ago(Duration.ofMinutes(2).minusSeconds(5)))
                    .setHeartbeatAt(ago(Duration.ofSeconds(3)))
                    .setWorker("vultr/pid:410888");
        }
        if (state.equals("running")) {
            job.setStep("primaries");
        } else if (!state.equals("queued")) {
            job.setFinishedAt(ago(Duration.ofSeconds(58)));
        }
        return job.build();
    }

    public static LedgerEntry.Builder entry(String syncId, String eventType) {
        return LedgerEntry.newBuilder()
                .setEntryId(Generators.timeBasedEpochGenerator().generate().toString())
                .setSubject(syncId)
                .setEventType(eventType)
                .setLibraryId(World.CLOUD)
                .setCreatedAt(ago(Duration.ZERO));
    }

    public static Timestamp ago(Duration age) {
        return Timestamps.fromMillis(Instant.now().minus(age).toEpochMilli());
    }
}
