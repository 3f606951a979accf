package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.messaging.v1.DeadLetter;
import io.sluice.contract.messaging.v1.DeadLetterCommand;
import io.sluice.contract.messaging.v1.DeadLetterCommandResult;
import io.sluice.contract.messaging.v1.ListDeadLettersRequest;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.ingest.header.ExifJpeg;
import io.sluice.ingest.world.IngestClient;
import io.sluice.ingest.world.Ingested;
import io.sluice.ingest.world.Surroundings;
import io.sluice.ingest.world.ToldLibrary;
import io.sluice.testsupport.SluiceInfra;

/** Work of ingest that was given up on: files are hashed once they were mended, items point to their batch. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class RedriveIT {

    private final IngestClient client = new IngestClient();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void unreadableFileIsRegisteredOnceItWasMendedAndRedriven() throws IOException {
        ToldLibrary library = ToldLibrary.online("mended");
        library.write("inside/a.jpg", new ExifJpeg().colour(0x123456).bytes());
        FileObservation seen = library.see("inside/a.jpg");
        Path directory = library.file("inside");
        Path aside = library.file("aside");
        Files.move(directory, aside);
        Files.createSymbolicLink(directory, directory);
        library.tell(seen);

        Ingested.await("given up").until(() -> {
            SluiceInfra.database()
                    .execute("UPDATE work SET due_at = NOW(6) WHERE work_key = ? AND state = 'deferred'", key(seen));
            return "failed".equals(Ingested.row(seen).get("hash_state"));
        });
        assertThat(Ingested.row(seen)).containsEntry("error_code", "file_unreadable");
        DeadLetter letter = letterOf(seen);
        assertThat(letter.getOrigin()).isEqualTo("hash");

        Files.delete(directory);
        Files.move(aside, directory);
        DeadLetterCommandResult answer = client.operations()
                .redriveDeadLetters(DeadLetterCommand.newBuilder()
                        .addIds(letter.getId())
                        .setRequestedBy("alice")
                        .build());
        assertThat(answer.getClosed()).isEqualTo(1);
        AssetState asset = Ingested.told(Ingested.hash(seen), told -> told.getLocationCount() == 1);
        assertThat(asset.getSize()).isEqualTo(seen.getStat().getSize());
        assertThat(Ingested.row(seen)).containsEntry("hash_state", "hashed").containsEntry("error_code", null);
        assertThat(Ingested.database().number("SELECT COUNT(*) FROM work WHERE work_key = ?", key(seen)))
                .isZero();
    }

    @Test
    void itemIsRefusedWithTheWayThatWorks() {
        String id = UUID.randomUUID().toString();
        String item = UUID.randomUUID() + "/3";
        SluiceInfra.database()
                .execute(
                        "INSERT INTO work (work_class, work_key, state, lane, priority, due_at)"
                                + " VALUES ('item', ?, 'given_up', 1, 50, NOW(6))",
                        item);
        SluiceInfra.database()
                .execute(
                        "INSERT INTO dead_letter (id, source, origin, record_key, error_code, cause, attempts, headers)"
                                + " VALUES (?, 'work', 'item', ?, 'file_unreadable', 'x', 4, X'00000000')",
                        id,
                        item);
        DeadLetterCommandResult answer = client.operations()
                .redriveDeadLetters(DeadLetterCommand.newBuilder()
                        .addIds(id)
                        .setRequestedBy("alice")
                        .build());
        assertThat(answer.getClosed()).isZero();
        assertThat(answer.getRefusedList()).singleElement().satisfies(refused -> {
            assertThat(refused.getErrorCode()).isEqualTo("conflict");
            assertThat(refused.getReason()).contains("queue an import of their batch again");
        });
        assertThat(Ingested.database()
                        .number("SELECT COUNT(*) FROM work WHERE work_key = ? AND state = 'given_up'", item))
                .isEqualTo(1);
        SluiceInfra.database().execute("DELETE FROM work WHERE work_key = ?", item);
    }

    private DeadLetter letterOf(FileObservation seen) {
        List<DeadLetter> open = client.operations()
                .listDeadLetters(ListDeadLettersRequest.newBuilder()
                        .setLimit(500)
                        .setOrigin("hash")
                        .build())
                .getDeadLettersList();
        return open.stream()
                .filter(letter -> letter.getKey().toStringUtf8().equals(key(seen)))
                .findFirst()
                .orElseThrow();
    }

    private static String key(FileObservation seen) {
        return seen.getLibraryId() + "/" + seen.getFileId();
    }
}
