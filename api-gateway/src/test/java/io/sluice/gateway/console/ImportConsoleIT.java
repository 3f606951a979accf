package io.sluice.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.DecisionTally;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.contract.ingest.v1.JobMoved;
import io.sluice.contract.ingest.v1.LedgerEntry;
import io.sluice.gateway.world.Bundles;
import io.sluice.gateway.world.EventClient;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.ImportScene;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** The pages about imports in a real browser. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class ImportConsoleIT extends InTheBrowser {

    /** Longer than an event takes, shorter than the console would wait to look by itself. */
    private static final double BY_EVENT_MS = 5_000;

    @BeforeEach
    void eventsFlow() {
        EventClient.awaitReady();
    }

    @Test
    void twoBatchesAreQueuedAndTheirProgressMovesWithoutReloading() {
        ImportScene.bundles(world);
        openAt("#/import");
        assertThat(page.getByText("Queue cloud-sync handover batches and monitor worker runs."))
                .isVisible();
        assertThat(rows().first()).hasAttribute("data-batch", Bundles.BROKEN);
        assertThat(page.getByText("Needs a hand:")).isVisible();
        assertThat(row(Bundles.REFERENCE)).containsText("14.58 GB");
        assertThat(page.getByLabel("Select " + Bundles.WAITING)).isDisabled();
        visit.screenshot("import-light", true);
        page.getByText("Help: how an import works").click();
        page.getByText("Deeper dive").click();
        assertThat(page.getByText("Sentinel protocol")).isVisible();
        visit.screenshot("import-help", true);

        page.evaluate("window.sameDocument = true");
        page.getByLabel("Select " + Bundles.REFERENCE).click();
        page.getByLabel("Select " + Bundles.SECOND).click();
        page.getByLabel("Priority").fill("10");
        page.getByText("Queue selected (2)").click();
        assertThat(page.getByText("2 batches queued")).isVisible();
        assertThat(row(Bundles.REFERENCE)).containsText("queued");
        assertThat(world.imports.lastQueue().getPriority()).isEqualTo(10);
        assertThat(world.imports.lastQueue().getSyncIdsList())
                .containsExactlyInAnyOrder(Bundles.REFERENCE, Bundles.SECOND);

        page.locator("nav").getByText("Import Tasks").click();
        ImportJob job = jobOf(Bundles.REFERENCE);
        Locator task = page.locator("tr[data-job='" + job.getJobId() + "']");
        assertThat(task).containsText("waits for a worker");
        for (int done : new int[] {10, 43, 77}) {
            world.imports.put(job.toBuilder()
                    .setState("running")
                    .setWorker("vultr/pid:410888")
                    .setHeartbeatAt(Bundles.ago(Duration.ofSeconds(2)))
                    .setStep(done < 50 ? "primaries" : "covers")
                    .setItemsDone(done)
                    .setTally(DecisionTally.newBuilder().setCreated(done))
                    .build());
            tell(Bundles.entry(Bundles.REFERENCE, "job_progress")
                    .setJob(JobMoved.newBuilder().setJobId(job.getJobId()).setItemsDone(done)));
            assertThat(task).containsText(done + "/89", byEvent());
            assertThat(((Number) task.locator("progress").evaluate("bar => bar.value")).intValue())
                    .isEqualTo(done);
        }
        assertThat(task).containsText("vultr/pid:410888");
        page.waitForTimeout(400);
        visit.screenshot("tasks", true);
        page.getByLabel("Cancel the job of " + Bundles.SECOND).click();
        assertThat(page.locator("tr[data-job='" + jobOf(Bundles.SECOND).getJobId() + "']"))
                .containsText("cancelled");
        assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
        page.getByTitle("Light or dark").click();
        page.locator("nav").getByText("Import Media").click();
        assertThat(row(Bundles.REFERENCE)).containsText("importing");
        assertThat(row(Bundles.REFERENCE)).containsText("77/89");
        page.waitForTimeout(400);
        visit.screenshot("import-dark", true);
    }

    @Test
    void theErrorOfABatchLeadsToItsFailedItemAndTargetsToWhatTheyAre() {
        ImportScene.bundles(world);
        openAt("#/batch/" + Bundles.BROKEN);
        assertThat(page.getByText("Batch " + Bundles.BROKEN)).isVisible();
        assertThat(page.getByText("Status: partial; action: import")).isVisible();
        assertThat(page.getByText("9f2c5a1d7e3b4860...")).isVisible();
        assertThat(page.getByText("8370")).isVisible();
        assertThat(page.locator("tr[data-position]")).hasCount(12);
        visit.screenshot("batch", true);

        page.getByText("Show the failed item").click();
        Locator first = page.locator("tr[data-position]").first();
        assertThat(first).containsText("The file is not in the payload folder.");
        assertThat(first).containsText("payload_missing");
        assertThat(page.locator("tr[data-position]")).hasCount(2);
        assertThat(first).isFocused();
        assertThat(first).isInViewport();
        visit.screenshot("batch-failed-item");

        page.getByLabel("Decision").selectOption("");
        page.getByText("gallery:Harbour at dusk").click();
        assertThat(page.getByText("gallery, 1 of 2 members are here")).isVisible();
        assertThat(page.locator("sluice-tile img.shown")).hasCount(1);
        page.waitForTimeout(400);
        visit.screenshot("gallery");
        page.goBack();
        assertThat(page.locator("tr[data-position]")).hasCount(2);
        page.getByLabel("Decision").selectOption("");
        page.locator("tr[data-position='0'] a").click();
        assertThat(page.locator("sluice-viewer h2").first()).hasText("0007.jpg");
    }

    @Test
    void withoutEventsThePageLooksByItself() {
        ImportScene.handover(world);
        page.route("**/api/v1/events", route -> route.abort());
        openAt("#/import");
        assertThat(page.getByText("No bundles yet")).isVisible();
        visit.screenshot("import-empty", true);
        world.imports.put(Bundles.discovered(Bundles.REFERENCE));
        assertThat(row(Bundles.REFERENCE)).isVisible();
    }

    @Test
    void whoMayOnlyLookSeesEverythingAndNoCommand() {
        ImportScene.bundles(world);
        openAt("#/import", viewerKey());
        assertThat(row(Bundles.REFERENCE)).isVisible();
        for (String command : new String[] {"Queue selected", "Scan now"}) {
            assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(command)))
                    .hasCount(0);
        }
        assertThat(page.getByLabel("Select " + Bundles.REFERENCE)).hasCount(0);
        visit.screenshot("import-viewer", true);
        page.navigate(Rest.url() + "/#/batch/" + Bundles.REFERENCE);
        assertThat(page.getByText("Batch " + Bundles.REFERENCE)).isVisible();
        assertThat(page.getByText("Run pre-flight")).hasCount(0);
    }

    @Test
    void aRefusalSaysWhyBatchByBatch() {
        ImportScene.bundles(world);
        openAt("#/import");
        page.getByLabel("Select " + ImportScene.DONE).click();
        page.getByText("Queue selected (1)").click();
        assertThat(page.getByText("1 batch was not queued:")).isVisible();
        assertThat(page.getByText("This batch is imported. Queue it with force to do it again."))
                .isVisible();
        page.getByLabel("Select " + ImportScene.DONE).click();
        page.getByLabel("Force").click();
        page.getByText("Queue selected (1)").click();
        assertThat(page.getByText("1 batch queued")).isVisible();
        page.getByText("Scan now").click();
        assertThat(page.getByText("Looking at every bundle now")).isVisible();
        assertThat(world.scanner.asked().getLibraryId()).isEqualTo(World.CLOUD);
    }

    private Locator rows() {
        return page.locator("tr[data-batch]");
    }

    private Locator row(String syncId) {
        return page.locator("tr[data-batch='" + syncId + "']");
    }

    private ImportJob jobOf(String syncId) {
        return world.imports.jobs().stream()
                .filter(job -> job.getSyncId().equals(syncId))
                .findFirst()
                .orElseThrow();
    }

    private static LocatorAssertions.ContainsTextOptions byEvent() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(BY_EVENT_MS);
    }

    private static void tell(LedgerEntry.Builder entry) {
        SluiceInfra.topics()
                .produce(new ProducerRecord<>(
                        Topics.INGEST_LEDGER.name(),
                        entry.getSubject().getBytes(UTF_8),
                        entry.build().toByteArray()));
    }
}
