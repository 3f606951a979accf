package io.sluice.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;

import io.sluice.localstack.LocalStack;
import io.sluice.localstack.demo.BundleWriter;
import io.sluice.localstack.demo.ReferenceBundle;
import io.sluice.localstack.demo.WrittenBundle;

/** Handover bundles from their sentinel to the library, through the API, as an operator imports them. */
class BundleSystemTest {

    private static final LocatorAssertions.ContainsTextOptions IN_TIME =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

    @TempDir
    static Path folder;

    private static LocalStack stack;
    private static SluiceClient client;
    private static Path mount;

    @BeforeAll
    static void start() throws Exception {
        mount = Files.createDirectories(folder.resolve("handover"));
        stack = LocalStack.builder(folder.resolve("stack"))
                .handover("upstream", mount)
                .start();
        client = new SluiceClient(stack.gatewayUrl(), stack.operatorKey());
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void theReferenceBundleEndsImported() {
        WrittenBundle bundle = ReferenceBundle.write(mount);
        Batch batch = new Batch(client, bundle.syncId());
        batch.awaitState("discovered");
        batch.queue();
        JsonNode imported = batch.awaitState("imported");

        assertThat(imported.get("item_count").asInt()).isEqualTo(ReferenceBundle.ITEMS);
        assertThat(batch.decisions()).isEqualTo(Map.of("created", ReferenceBundle.ITEMS));
        assertThat(client.galleries())
                .filteredOn(gallery -> gallery.get("title").asText().startsWith("Demo gallery"))
                .extracting(gallery -> gallery.get("linked_members").asInt())
                .containsExactlyInAnyOrder(14, 15, 14);
        List<String> events = client.batchEvents(bundle.syncId()).stream()
                .map(event -> event.get("event_type").asText())
                .toList();
        assertThat(events.getFirst()).isEqualTo("job_finished");
        assertThat(events)
                .contains("scan", "preflight", "job_queued", "job_claimed", "import_finished")
                .filteredOn("item_created"::equals)
                .hasSize(ReferenceBundle.ITEMS);
        itsCoversAreRenditions();
    }

    private static void itsCoversAreRenditions() {
        Awaitility.await("43 covers")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(client.stateLines())
                        .filteredOn(line -> line.startsWith("rendition ") && line.contains(" cover"))
                        .hasSizeGreaterThanOrEqualTo(43)
                        .allMatch(line -> line.contains(" ready ")));
    }

    @Test
    void importingAgainIsRefusedAndForcedChangesNothing() {
        WrittenBundle bundle = BundleWriter.of(UUID.randomUUID())
                .title("Again")
                .photos(5)
                .galleries(5)
                .write(mount);
        Batch batch = new Batch(client, bundle.syncId());
        batch.awaitState("discovered");
        batch.queue();
        batch.awaitState("imported");
        List<String> before = linesOf(bundle);
        assertThat(before).isNotEmpty();

        assertThat(client.queue(bundle.syncId(), false).statusCode()).isEqualTo(409);
        assertThat(client.queue(bundle.syncId(), true).statusCode()).isEqualTo(202);
        Awaitility.await("the forced run has skipped all")
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(batch.decisions()).isEqualTo(Map.of("skipped", 11)));
        batch.awaitState("imported");
        assertThat(linesOf(bundle)).isEqualTo(before);
    }

    @Test
    void oneBadItemLeavesTheOthersAndIsDoneLaterAlone() throws Exception {
        WrittenBundle bundle = BundleWriter.of(UUID.randomUUID())
                .title("Bad")
                .photos(4)
                .withoutCovers()
                .write(mount);
        Path photo = bundle.photo(2);
        byte[] bytes = Files.readAllBytes(photo);
        Files.delete(photo);
        Batch batch = new Batch(client, bundle.syncId());
        batch.awaitState("discovered");
        batch.queue();
        batch.awaitState("partial");
        assertThat(batch.decisions()).isEqualTo(Map.of("created", 3, "failed", 1));
        assertThat(client.batchItems(bundle.syncId()).get(2).get("last_error").asText())
                .contains("no such file");

        Files.write(photo, bytes);
        batch.queue();
        batch.awaitState("imported");
        assertThat(batch.decisions()).isEqualTo(Map.of("created", 4));
        assertThat(client.batchEvents(bundle.syncId()))
                .filteredOn(event -> event.get("event_type").asText().equals("item_created"))
                .hasSize(4);
    }

    @Test
    void whatIsNotReleasedWaitsAndWhatIsWrongSaysWhy() throws Exception {
        WrittenBundle unreleased =
                BundleWriter.of(UUID.randomUUID()).photos(1).withoutSentinel().write(mount);
        WrittenBundle unverified = BundleWriter.of(UUID.randomUUID())
                .photos(1)
                .head("verification", Map.of("passed", false, "total_files", 1))
                .write(mount);
        assertThat(verdict(unreleased, "waiting")).isEqualTo("not_released");
        assertThat(verdict(unverified, "invalid")).isEqualTo("not_verified");
        assertThat(client.queue(unverified.syncId(), false).statusCode()).isEqualTo(409);

        Files.createFile(unreleased.sentinel());
        assertThat(verdict(unreleased, "discovered")).isEqualTo("consumable");
    }

    @Test
    void twoBundlesAreQueuedWithTheMouseAndTheBadItemIsFoundFromItsBatch() throws Exception {
        WrittenBundle good = BundleWriter.of(UUID.randomUUID())
                .title("Good")
                .photos(120)
                .withoutSources()
                .write(mount);
        WrittenBundle bad = BundleWriter.of(UUID.randomUUID())
                .title("Half")
                .photos(3)
                .withoutCovers()
                .write(mount);
        Files.delete(bad.photo(1));
        new Batch(client, good.syncId()).awaitState("discovered");
        new Batch(client, bad.syncId()).awaitState("discovered");

        try (ConsolePage console = new ConsolePage(stack.gatewayUrl() + "/#/import", stack.operatorKey())) {
            Page page = console.page();
            page.evaluate("window.sameDocument = true");
            page.getByLabel("Select " + good.syncId()).click();
            page.getByLabel("Select " + bad.syncId()).click();
            page.getByText("Queue selected (2)").click();
            assertThat(page.getByText("2 batches queued")).isVisible();

            page.locator("nav").getByText("Import Tasks").click();
            assertThat(task(page, good)).containsText("240/240", IN_TIME);
            assertThat(task(page, good)).containsText("done", IN_TIME);
            assertThat(task(page, bad)).containsText("1 failed", IN_TIME);

            page.locator("nav").getByText("Import Media").click();
            page.locator("a[href='#/batch/" + bad.syncId() + "/failed']").click();
            Locator failed = page.locator("tr[data-position='1']");
            assertThat(failed).containsText("payload_missing", IN_TIME);
            assertThat(failed).isFocused();
            assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
        }
    }

    private static Locator task(Page page, WrittenBundle bundle) {
        return page.locator("tr[data-job]")
                .filter(new Locator.FilterOptions().setHasText(bundle.syncId().toString()));
    }

    private static String verdict(WrittenBundle bundle, String state) {
        return new Batch(client, bundle.syncId())
                .awaitState(state)
                .get("verdict")
                .asText();
    }

    /** What the library holds of a bundle: the locations of its files. */
    private static List<String> linesOf(WrittenBundle bundle) {
        return client.stateLines().stream()
                .filter(line -> line.startsWith("location ")
                        && line.contains(bundle.syncId().toString()))
                .toList();
    }
}
