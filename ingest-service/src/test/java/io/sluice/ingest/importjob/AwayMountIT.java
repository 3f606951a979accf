package io.sluice.ingest.importjob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.ingest.world.Ingested;
import io.sluice.ingest.world.Surroundings;
import io.sluice.ingest.world.ToldLibrary;
import io.sluice.testsupport.SluiceInfra;

/** Law 7: a mount that is taken away in mid-import leaves an empty folder, and no item fails for that. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class AwayMountIT {

    @Inject
    QueueImports queue;

    @Test
    void itemsWaitForTheMountAndGoOnByThemselves() throws IOException {
        ToldLibrary library = ToldLibrary.online("away");
        HandedBundle bundle = new HandedBundle(library);
        bundle.photo("a");
        bundle.handOver();
        Ingested.database()
                .execute(
                        "UPDATE ingest_batch SET manifest_size = 2, manifest_mtime_ns = 1, manifest_ctime_ns = 1,"
                                + " manifest_inode = 1 WHERE sync_id = ?",
                        bundle.syncId());
        Path payload = library.file(bundle.syncId());
        Path aside = payload.resolveSibling("aside");
        Files.move(payload, aside);

        Imports.queue(queue, bundle, false);
        Ingested.await("the reason at its work").until(() -> waiting() > 0, found -> found);
        assertThat(Imports.batch(bundle)).containsEntry("state", "importing");
        assertThat(Imports.items(bundle, "failed")).isZero();

        Files.move(aside, payload);
        Files.writeString(payload.resolveSibling(bundle.syncId() + ".json"), "{}");
        Ingested.await("the batch is imported")
                .until(() -> Imports.batch(bundle).get("state"), "imported"::equals);
        assertThat(Imports.items(bundle, "created")).isEqualTo(1);
    }

    private static long waiting() {
        return Ingested.database()
                .number("SELECT COUNT(*) FROM work WHERE work_class = 'item' AND error_code = 'library_stale'"
                        + " AND failed = 0");
    }
}
