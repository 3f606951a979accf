package io.sluice.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.messaging.v1.WorkSummary;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** The Pipeline page in a real browser: what waits where, why, and what to do. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class PipelineConsoleIT {

    private static final double SEEN_MS = 30_000;

    @Test
    void aClassIsPausedWithItsReasonAndResumed() {
        World world = World.empty();
        SluiceInfra.topics().create(Topics.all().toArray(Topic[]::new));
        world.mediaOperations.work(WorkSummary.newBuilder()
                .setWorkClass("image")
                .setLane("fresh")
                .setState("waiting")
                .setCount(1234)
                .setOldestSeconds(30)
                .build());
        try (ConsoleBrowser browser = new ConsoleBrowser()) {
            ConsoleBrowser.Visit visit = browser.visit();
            Page page = visit.page();
            page.navigate(Rest.url() + "/#/pipeline");
            visit.logIn(World.bootstrapKey());
            Locator images = page.locator("tr[data-group='media.work.image']");
            assertThat(images).containsText("1,234", within());
            assertThat(images).containsText("no consumer", within());
            assertThat(images).containsText("Start the media service");
            assertThat(page.locator("tr[data-group='gateway.library']")).containsText("ok", within());
            visit.screenshot("pipeline-light", true);

            page.getByLabel("Pause image").click();
            page.getByLabel("Why is image paused?").fill("The store is being moved");
            page.keyboard().press("Enter");
            assertThat(page.getByLabel("Resume image")).isVisible(visible());
            page.getByLabel("Resume image").click();
            assertThat(page.getByLabel("Pause image")).isVisible(visible());
            assertThat(visit.complaints()).isEmpty();
        }
    }

    private static LocatorAssertions.ContainsTextOptions within() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(SEEN_MS);
    }

    private static LocatorAssertions.IsVisibleOptions visible() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(SEEN_MS);
    }
}
