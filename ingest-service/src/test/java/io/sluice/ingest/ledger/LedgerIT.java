package io.sluice.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.BatchPreflighted;
import io.sluice.contract.ingest.v1.BundleScanned;
import io.sluice.contract.ingest.v1.ContainerLinked;
import io.sluice.contract.ingest.v1.DecisionTally;
import io.sluice.contract.ingest.v1.ImportFinished;
import io.sluice.contract.ingest.v1.ItemDecided;
import io.sluice.contract.ingest.v1.JobFinished;
import io.sluice.contract.ingest.v1.JobMoved;
import io.sluice.contract.ingest.v1.JobSummary;
import io.sluice.contract.ingest.v1.LedgerEntry;
import io.sluice.contract.ingest.v1.TargetIds;
import io.sluice.ingest.world.Ingested;
import io.sluice.ingest.world.Surroundings;
import io.sluice.messaging.Transactions;
import io.sluice.testsupport.SluiceInfra;

/** The ledger on a real server: what is appended stays as it is, and its copy says the same. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class LedgerIT {

    @Inject
    Ledger ledger;

    @Inject
    Transactions transactions;

    private final LedgerSubject subject =
            new LedgerSubject(UUID.randomUUID().toString(), UUID.randomUUID().toString());

    @Test
    void everyKindOfEntryIsReadAndToldAsItWasAppended() {
        List<LedgerEntry> appended = oneOfEach();
        transactions.run(tx -> ledger.append(tx, appended));

        List<LedgerEntry> newestFirst = new ArrayList<>(appended);
        Collections.reverse(newestFirst);
        assertThat(page("", 50).entries()).isEqualTo(newestFirst);
        Ingested.await("copies on the topic")
                .untilAsserted(() -> assertThat(told()).isEqualTo(appended));
    }

    @Test
    void payloadsStandInTheTableUnderTheirProtoNames() {
        transactions.run(tx -> ledger.append(tx, oneOfEach()));
        assertThat(SluiceInfra.ledgerAsTheService()
                        .strings(
                                "SELECT payload FROM ingest_event WHERE subject = ? AND event_type = 'import_finished'",
                                subject.id()))
                .singleElement()
                .asString()
                .contains("\"skipped_terminal\":\"3\"", "\"deferred\":\"0\"", "\"created\":\"80\"");
    }

    @Test
    void pagesRunFromTheNewestToTheOldest() {
        List<LedgerEntry> appended = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            appended.add(LedgerEntries.scan(
                    subject, BundleScanned.newBuilder().setItemCount(i).build()));
        }
        transactions.run(tx -> ledger.append(tx, appended));
        List<LedgerEntry> paged = new ArrayList<>();
        String cursor = "";
        do {
            Ledger.Page page = page(cursor, 10);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(10);
            paged.addAll(page.entries());
            cursor = page.nextCursor();
        } while (!cursor.isEmpty());
        Collections.reverse(appended);
        assertThat(paged).isEqualTo(appended);
    }

    @Test
    void aCursorOfAnotherSubjectIsRefused() {
        transactions.run(tx -> ledger.append(tx, oneOfEach()));
        String cursor = page("", 1).nextCursor();
        assertThatThrownBy(() -> transactions.read(handle -> ledger.page(handle, "another", cursor, 1)))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    void whatItsTransactionTakesBackWasNeverWrittenNorTold() {
        assertThatThrownBy(() -> transactions.run(tx -> {
                    ledger.append(tx, oneOfEach());
                    throw new IllegalStateException("taken back");
                }))
                .hasMessage("taken back");
        LedgerEntry kept = LedgerEntries.scan(subject, BundleScanned.getDefaultInstance());
        transactions.run(tx -> ledger.append(tx, List.of(kept)));
        assertThat(page("", 50).entries()).containsExactly(kept);
        Ingested.await("the one copy").untilAsserted(() -> assertThat(told()).containsExactly(kept));
    }

    @Test
    void theServiceCanNeitherChangeNorRemoveAnEntry() {
        transactions.run(tx -> ledger.append(tx, oneOfEach()));
        for (String statement : List.of(
                "UPDATE ingest_event SET payload = '{}'",
                "DELETE FROM ingest_event",
                "TRUNCATE TABLE ingest_event",
                "DROP TABLE ingest_event",
                "ALTER TABLE ingest_event ADD COLUMN x INT",
                "REPLACE INTO ingest_event SELECT * FROM ingest_event LIMIT 1")) {
            assertThatThrownBy(() -> SluiceInfra.ledgerAsTheService().execute(statement))
                    .as(statement)
                    .hasMessageContaining("denied");
        }
        // The very connections that append are refused too.
        String schema =
                SluiceInfra.ledgerAsTheService().strings("SELECT DATABASE()").getFirst();
        assertThatThrownBy(() -> transactions.run(tx -> tx.execute("DELETE FROM " + schema + ".ingest_event")))
                .hasMessageContaining("denied");
        assertThat(page("", 50).entries()).hasSize(oneOfEach().size());
    }

    private List<LedgerEntry> oneOfEach() {
        ImportFinished finished = ImportFinished.newBuilder()
                .setPhase("import")
                .setSkippedTerminal(3)
                .setStatus("imported")
                .setTally(DecisionTally.newBuilder().setCreated(80))
                .build();
        return List.of(
                LedgerEntries.scan(
                        subject,
                        BundleScanned.newBuilder()
                                .setSource("filesystem")
                                .setManifestSha256(ByteString.fromHex("00ff"))
                                .build()),
                LedgerEntries.preflight(
                        subject,
                        BatchPreflighted.newBuilder()
                                .addWarnings("Grüße \uD83D\uDCF7")
                                .build()),
                LedgerEntries.item(
                        subject,
                        EventType.ITEM_CREATED,
                        ItemDecided.newBuilder()
                                .setTargetIds(TargetIds.newBuilder().setAssetId("a"))
                                .build()),
                LedgerEntries.container(
                        subject, ContainerLinked.newBuilder().setTitle("t").build()),
                LedgerEntries.importFinished(subject, finished),
                LedgerEntries.job(
                        subject,
                        EventType.JOB_QUEUED,
                        JobMoved.newBuilder().setPriority(50).build()),
                LedgerEntries.jobFinished(
                        subject,
                        JobFinished.newBuilder()
                                .setSummary(JobSummary.newBuilder().setOk(true).setSummary(finished))
                                .build()));
    }

    private Ledger.Page page(String cursor, int limit) {
        return transactions.read(handle -> ledger.page(handle, subject.id(), cursor, limit));
    }

    private List<LedgerEntry> told() {
        return SluiceInfra.topics().read(Topics.INGEST_LEDGER.name()).stream()
                .map(record -> parse(record.value()))
                .filter(entry -> entry.getSubject().equals(subject.id()))
                .toList();
    }

    private static LedgerEntry parse(byte[] value) {
        try {
            return LedgerEntry.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
