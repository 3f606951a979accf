package io.sluice.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.messaging.v1.WorkSummary;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.testsupport.SluiceInfra;

/** The console in a real browser: a person logs in and watches pictures come. Screenshots lie in target/console. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class ConsoleIT extends InTheBrowser {

    private static final Instant NOON = Instant.parse("2024-07-14T12:00:00Z");
    private static final int WAITING = 1000;

    @Test
    void aPersonLogsInAndSeesPicturesComeAndReasonsWhereNoneCan() {
        for (int seed = 1; seed <= 14; seed++) {
            world.picture(seed, NOON.minus(Duration.ofHours(seed)));
        }
        AssetState waiting = world.waitingPicture(WAITING, NOON.plusSeconds(60));
        world.unshowable(
                "notes.jpg",
                RenditionLifecycle.RENDITION_LIFECYCLE_UNSUPPORTED,
                "not_an_image",
                "This file is text, not a picture.",
                NOON.minus(Duration.ofHours(3)).plusSeconds(5));
        world.unshowable(
                "bomb.png",
                RenditionLifecycle.RENDITION_LIFECYCLE_FAILED,
                "child_died",
                "The decoder died on this file four times. Look at it before it is tried again.",
                NOON.minus(Duration.ofHours(9)).plusSeconds(5));
        world.mediaOperations.work(
                WorkSummary.newBuilder()
                        .setWorkClass("image")
                        .setLane("fresh")
                        .setState("waiting")
                        .setCount(1840)
                        .build(),
                WorkSummary.newBuilder()
                        .setWorkClass("image")
                        .setLane("fresh")
                        .setState("running")
                        .setCount(2)
                        .build());

        page.navigate(Rest.url());
        page.getByLabel("Your key").fill("slk_wrong");
        screenshot("login");
        page.getByText("Log in", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Copy the whole key");
        logIn();

        assertThat(tiles()).hasCount(17);
        assertThat(page.locator("sluice-tile img.shown")).hasCount(14);
        assertThat(page.getByText("This file is text, not a picture.")).isVisible();
        assertThat(page.getByText("1,840 waiting, 2 running")).isVisible();
        assertThat(page.getByText("The disk is not mounted. Plug it in.")).isVisible();
        assertThat(tiles().first().locator(".waiting")).isVisible();
        page.waitForTimeout(500);
        screenshot("grid-light");

        page.evaluate(
                "document.querySelector('sluice-console').shadowRoot.querySelector('sluice-pictures').shadowRoot.querySelector('sluice-grid').shadowRoot"
                        + ".querySelectorAll('sluice-tile').forEach(tile => { tile.sameAsBefore = true; })");
        world.finish(waiting, WAITING);
        world.picture(WAITING + 1, NOON.plusSeconds(120));
        world.mediaOperations.work();
        assertThat(tiles()).hasCount(18);
        assertThat(page.locator("sluice-tile img.shown")).hasCount(16);
        assertThat(page.getByText("Everything is done")).isVisible();
        assertThat(((Number)
                                page.evaluate(
                                        "[...document.querySelector('sluice-console').shadowRoot"
                                                + ".querySelector('sluice-pictures').shadowRoot.querySelector('sluice-grid')"
                                                + ".shadowRoot.querySelectorAll('sluice-tile')].filter(tile => tile.sameAsBefore).length"))
                        .intValue())
                .as("what was there before was not drawn anew")
                .isEqualTo(17);

        page.getByTitle("Light or dark").click();
        page.waitForTimeout(500);
        screenshot("grid-dark");
    }

    @Test
    void theKeyboardWalksAndOpens() {
        for (int seed = 1; seed <= 12; seed++) {
            world.picture(seed, NOON.minus(Duration.ofHours(seed)));
        }
        page.navigate(Rest.url());
        logIn();
        assertThat(page.locator("sluice-tile img.shown")).hasCount(12);
        tiles().first().locator("button").focus();
        page.keyboard().press("ArrowDown");
        assertThat(tiles().first().locator("button")).not().isFocused();
        // Rows differ in their widths: up again need not lead to where one came from.
        page.keyboard().press("Home");
        page.keyboard().press("ArrowRight");
        assertThat(tiles().nth(1).locator("button")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("sluice-viewer h2").first()).hasText("0002.jpg");
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("sluice-viewer h2").first()).hasText("0003.jpg");
        page.waitForTimeout(400);
        screenshot("viewer");
        page.keyboard().press("Escape");
        assertThat(page.locator("sluice-viewer dialog[open]")).hasCount(0);
        assertThat(tiles().nth(2).locator("button")).isFocused();
    }

    @Test
    void anEmptyLibrarySaysWhatToDoAndLoggingOutEndsIt() {
        page.navigate(Rest.url());
        logIn();
        assertThat(page.getByText("No pictures yet")).isVisible();
        assertThat(page.getByText("Put some into Pictures")).isVisible();
        screenshot("empty");
        page.getByText("Log out").click();
        assertThat(page.getByText("You are logged out.")).isVisible();
        page.reload();
        assertThat(page.getByLabel("Your key")).isVisible();
    }

    @Test
    void aSilentServiceIsSaidAndForgottenWhenItIsBack() {
        world.picture(1, NOON);
        world.stopMedia();
        try {
            page.navigate(Rest.url());
            logIn();
            assertThat(page.getByText("media does not answer: what it has to do is unknown"))
                    .isVisible();
            assertThat(page.getByText("The media service does not answer at the moment."))
                    .isVisible();
            screenshot("degraded");
        } finally {
            world.startMedia();
        }
        assertThat(page.locator("sluice-tile img.shown")).hasCount(1);
        assertThat(page.getByText("does not answer")).hasCount(0);
    }

    @Test
    void aGatewayThatThinksForLongIsWaitedForAndNeverABlankPage() {
        List<Route> held = new CopyOnWriteArrayList<>();
        page.route("**/api/v1/session", held::add);
        page.navigate(Rest.url());
        assertThat(page.getByText("Asking who you are")).isVisible();
        page.waitForTimeout(600);
        screenshot("asking");
        held.getFirst().abort();
        assertThat(page.getByText("The gateway does not answer.")).isVisible();
        assertThat(page.getByLabel("Your key")).isVisible();
        screenshot("unreachable");
    }

    @Test
    void scrollingReadsOn() {
        for (int i = 0; i < 230; i++) {
            world.unshowable(
                    "many/" + i + ".txt",
                    RenditionLifecycle.RENDITION_LIFECYCLE_UNSUPPORTED,
                    "not_an_image",
                    "This is text.",
                    NOON.minusSeconds(i));
        }
        page.navigate(Rest.url());
        logIn();
        tiles().first().waitFor();
        page.evaluate("document.scrollingElement.scrollTo(0, 1e6)");
        page.waitForTimeout(300);
        page.evaluate("document.scrollingElement.scrollTo(0, 1e6)");
        assertThat(tiles()).hasCount(230);
    }
}
