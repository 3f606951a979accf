package io.sluice.ingest.importjob;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import com.google.protobuf.InvalidProtocolBufferException;

import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.ContainerState;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.contract.ingest.v1.LedgerEntry;
import io.sluice.contract.ingest.v1.QueueImportsRequest;
import io.sluice.contract.ingest.v1.QueuedImport;
import io.sluice.ingest.world.Ingested;
import io.sluice.messaging.Transactions;
import io.sluice.testsupport.SluiceInfra;

/** What tests ask of imports. */
final class Imports {

    private Imports() {}

    static QueuedImport queue(QueueImports queue, HandedBundle bundle, boolean force) {
        return queue.queue(QueueImportsRequest.newBuilder()
                        .addSyncIds(bundle.syncId())
                        .setForce(force)
                        .setRequestedBy("tester")
                        .build())
                .getImports(0);
    }

    /** Queues, and waits until the job is over. */
    static ImportJob run(
            QueueImports queue, JobViews views, Transactions transactions, HandedBundle bundle, boolean force) {
        QueuedImport queued = queue(queue, bundle, force);
        if (!queued.hasJob()) {
            throw new IllegalStateException(queued.getErrorCode() + ": " + queued.getError());
        }
        String job = queued.getJob().getJobId();
        return Ingested.await("import of " + bundle.syncId())
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> transactions.read(handle -> views.known(handle, job)),
                        view -> List.of("done", "failed", "cancelled").contains(view.getState()));
    }

    static Map<String, Object> batch(HandedBundle bundle) {
        return Ingested.database()
                .rows("SELECT * FROM ingest_batch WHERE sync_id = ?", bundle.syncId())
                .getFirst();
    }

    static long items(HandedBundle bundle, String decision) {
        return Ingested.database()
                .number(
                        "SELECT COUNT(*) FROM ingest_batch_item i JOIN ingest_batch b ON b.id = i.batch_id"
                                + " WHERE b.sync_id = ? AND i.decided_by = 'import' AND i.decision = ?",
                        bundle.syncId(),
                        decision);
    }

    /** What the library's own tables hold: nothing of it may change when nothing is to change. */
    static List<Map<String, Object>> libraryRows() {
        return Ingested.database().rows("""
                SELECT (SELECT MD5(GROUP_CONCAT(CONCAT(HEX(content_hash), version, location_count) ORDER BY content_hash))
                            FROM asset) AS assets,
                    (SELECT MD5(GROUP_CONCAT(CONCAT(id, sequence, HEX(COALESCE(content_hash, ''))) ORDER BY id))
                            FROM file_location) AS locations,
                    (SELECT MD5(GROUP_CONCAT(CONCAT(id, version, expected) ORDER BY id)) FROM container) AS containers,
                    (SELECT COUNT(*) FROM container_member WHERE content_hash IS NOT NULL) AS members,
                    (SELECT COUNT(*) FROM asset_provided) AS provided, (SELECT COUNT(*) FROM external_hash) AS externals,
                    (SELECT COUNT(*) FROM asset_ai_run) AS runs, (SELECT COUNT(*) FROM asset_source) AS sources""");
    }

    /** The ledger of a bundle as the topic tells it, in order. */
    static List<LedgerEntry> ledger(HandedBundle bundle) {
        return SluiceInfra.topics().read(Topics.INGEST_LEDGER.name()).stream()
                .map(record -> parse(record.value()))
                .filter(entry -> entry.getSubject().equals(bundle.syncId()))
                .toList();
    }

    static List<LedgerEntry> ledgerUntil(HandedBundle bundle, String lastType, long times) {
        return Ingested.await(lastType + " of " + bundle.syncId())
                .until(
                        () -> ledger(bundle),
                        entries -> entries.stream()
                                        .filter(entry -> entry.getEventType().equals(lastType))
                                        .count()
                                >= times);
    }

    /** The last that was told of the container that the upstream gives that hash. */
    static ContainerState container(String externalHash, int linked) {
        return Ingested.await("container " + externalHash + " with " + linked)
                .until(
                        () -> SluiceInfra.topics().read(Topics.INGEST_CONTAINER.name()).stream()
                                .map(record -> container(record.value()))
                                .filter(state -> HexFormat.of()
                                        .formatHex(state.getExternalHash().toByteArray())
                                        .equals(externalHash))
                                .max(java.util.Comparator.comparingLong(ContainerState::getVersion)),
                        last -> last.filter(state -> state.getLinkedMembers() == linked)
                                .isPresent())
                .orElseThrow();
    }

    private static LedgerEntry parse(byte[] value) {
        try {
            return LedgerEntry.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ContainerState container(byte[] value) {
        try {
            return ContainerState.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
