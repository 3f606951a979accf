package io.sluice.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.gateway.world.Film;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.VideoScene;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Videos are played by a real browser out of the gateway's real store. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class PlayerConsoleIT extends InTheBrowser {

    private static final Instant NOON = Instant.parse("2024-07-14T12:00:00Z");

    @Test
    void aWholeStreamPlaysAndIsLetGoOfWhenItIsLeft() {
        VideoScene scene = new VideoScene(world);
        AssetState video = scene.pending("harbour.mp4", NOON);
        scene.finish(video, Film.whole());
        world.picture(1, NOON.minusSeconds(60));
        openAt("");
        assertThat(tiles().first()).containsText("1:01");
        assertThat(tiles().first().locator("button"))
                .hasAttribute("aria-label", "harbour.mp4, video of 1 minute 1 second");
        tiles().first().locator("button").click();
        assertThat(page.getByLabel("Play", exact())).isVisible();
        screenshot("player-still");
        page.keyboard().press("Space");
        awaitTime(1.0);
        assertThat(page.getByLabel("Position")).isVisible();
        screenshot("player-plays");
        page.keyboard().press("Space");
        assertThat(page.getByLabel("Play", exact())).isVisible();
        double paused = time();
        page.keyboard().press("l");
        awaitTime(Math.min(paused + 5, 6));
        assertThat(video().evaluate("film => film.error")).isNull();
        assertThat(world.media.played()).isEmpty();

        Object left = video().evaluateHandle("film => film");
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("sluice-viewer h2").first()).hasText("0001.jpg");
        assertThat(page.evaluate("film => film.getAttribute('src') === null && film.readyState === 0", left))
                .as("nothing goes on behind the next picture")
                .isEqualTo(true);
    }

    @Test
    void whatIsNotMadeYetIsBegunAndPlaysWhileItGrows() {
        VideoScene scene = new VideoScene(world);
        AssetState video = scene.pending("long.mp4", NOON);
        openAt("#/asset/" + World.hex(video));
        assertThat(page.getByText("It is made first when you play it.")).isVisible();
        page.getByText("Play now").click();
        assertThat(page.getByText("Asking for the stream")).isVisible();
        screenshot("player-asked");
        assertThat(world.media.played()).isNotEmpty();

        scene.grow(video, Film.first(2), 400);
        awaitTime(0.5);
        assertThat(time()).as("from its start, not from where it is made").isLessThan(3.9);
        assertThat(page.getByText("40 % made")).isVisible();
        screenshot("player-grows");

        scene.finish(video, Film.whole());
        awaitTime(6);
        assertThat(page.getByText("% made")).hasCount(0);
        assertThat(video().evaluate("film => film.error")).isNull();
    }

    @Test
    void whatCannotBePlayedSaysWhyAndWhatToDo() {
        VideoScene scene = new VideoScene(world);
        AssetState video = scene.ended(
                "broken.mp4",
                RenditionLifecycle.RENDITION_LIFECYCLE_FAILED,
                "child_died",
                "ffmpeg died on this file four times. Look at it before it is tried again.",
                NOON);
        openAt("#/asset/" + World.hex(video));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The stream could not be made");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("ffmpeg died on this file four times.");
        assertThat(page.getByText("Download the original", exactText())).isVisible();
        screenshot("player-failed");

        // As the worker that tries it again does, while the page stands open.
        scene.finish(video, Film.whole());
        page.getByLabel("Play", exact()).click();
        awaitTime(0.3);
    }

    @Test
    void aPartThatIsGoneIsSaidAndPlayingGoesOnWhereItStopped() {
        VideoScene scene = new VideoScene(world);
        AssetState video = scene.pending("gap.mp4", NOON);
        scene.finish(video, Film.whole());
        page.route("**/hls/*.m4s", route -> route.abort());
        openAt("#/asset/" + World.hex(video));
        page.getByLabel("Play", exact()).click();
        assertThat(page.getByRole(AriaRole.ALERT))
                .containsText(
                        "The stream does not arrive",
                        new com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions()
                                .setTimeout(60_000));
        screenshot("player-away");
        page.unroute("**/hls/*.m4s");
        page.getByRole(AriaRole.BUTTON, new com.microsoft.playwright.Page.GetByRoleOptions().setName("Try again"))
                .click();
        awaitTime(0.3);
    }

    private Locator video() {
        return page.locator("sluice-player video");
    }

    private double time() {
        return ((Number) video().evaluate("film => film.currentTime")).doubleValue();
    }

    private void awaitTime(double seconds) {
        page.waitForCondition(() -> time() >= seconds);
    }

    private static com.microsoft.playwright.Page.GetByLabelOptions exact() {
        return new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true);
    }

    private static com.microsoft.playwright.Page.GetByTextOptions exactText() {
        return new com.microsoft.playwright.Page.GetByTextOptions().setExact(true);
    }
}
