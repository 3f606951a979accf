package io.sluice.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import com.google.protobuf.ByteString;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.media.v1.RedoRenditionRequest;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.VideoScene;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** One asset is looked at closely: by keys, with everything that is known of it, and what is wrong with it is mended. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class ViewerConsoleIT extends InTheBrowser {

    private static final Instant NOON = Instant.parse("2024-07-14T12:00:00Z");

    @Test
    void keysTurnPagesShowDetailsAndHelpAndLeadBack() {
        for (int seed = 1; seed <= 3; seed++) {
            world.picture(seed, NOON.minusSeconds(seed));
        }
        openAt("#/");
        tiles().first().locator("button").press("Enter");
        assertThat(name()).hasText("0001.jpg");
        page.keyboard().press("ArrowRight");
        assertThat(name()).hasText("0002.jpg");
        page.keyboard().press("ArrowLeft");
        assertThat(name()).hasText("0001.jpg");
        page.keyboard().press("i");
        assertThat(page.getByText("Where it lies")).isVisible();
        page.keyboard().press("ArrowRight");
        assertThat(page.getByText("Pictures / 0002.jpg")).isVisible();
        screenshot("viewer-details");
        page.keyboard().press("?");
        assertThat(page.getByRole(AriaRole.DIALOG, named("Keyboard"))).isVisible();
        page.keyboard().press("ArrowRight");
        screenshot("viewer-keys");
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.DIALOG, named("Keyboard"))).isHidden();
        assertThat(name()).hasText("0002.jpg");
        page.keyboard().press("f");
        page.waitForCondition(() -> (boolean) page.evaluate("document.fullscreenElement !== null"));
        page.keyboard().press("f");
        page.waitForCondition(() -> (boolean) page.evaluate("document.fullscreenElement === null"));
        page.keyboard().press("Escape");
        assertThat(page.locator("sluice-viewer dialog").first()).isHidden();
        assertThat(tiles().nth(1).locator("button")).isFocused();
        assertThat(page).hasURL(Rest.url() + "/#/");
    }

    @Test
    void anAddressOpensAnAssetWithItsPlacesAndAnUnknownOneSaysSo() {
        AssetState picture = world.picture(7, NOON);
        AssetState.Builder spread = picture.toBuilder();
        for (int copy = 1; copy <= 60; copy++) {
            spread.addLocations(picture.getLocations(0).toBuilder()
                    .setLibraryId(World.AWAY)
                    .setPath(ByteString.copyFromUtf8("copies/%02d/0007.jpg".formatted(copy)))
                    .setPresent(copy % 2 == 0));
        }
        world.ingest.put(spread.setLocationCount(61).setSubtype("photo_print").build());
        openAt("#/asset/" + World.hex(picture));
        assertThat(name()).hasText("0007.jpg");
        page.keyboard().press("i");
        assertThat(page.getByText("Where it lies: 61 places")).isVisible();
        assertThat(page.getByText("photo_print")).isVisible();
        assertThat(page.getByText("Travel disk / copies/49/0007.jpg")).isVisible();
        assertThat(page.getByText("not there at the last look").first()).isVisible();
        page.getByText("Show more places").click();
        assertThat(page.getByText("Travel disk / copies/60/0007.jpg")).isVisible();
        assertThat(page.getByText("Show more places")).hasCount(0);
        assertThat(page.getByLabel("Download the original"))
                .hasAttribute("href", "/api/v1/assets/" + World.hex(picture) + "/original");
        page.getByLabel("Close").first().click();
        assertThat(page).hasURL(Rest.url() + "/#/");

        page.navigate(Rest.url() + "/#/asset/" + "ab".repeat(32));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("There is no asset with this content hash");
        screenshot("viewer-unknown");
    }

    @Test
    void aRenditionIsRedoneOnceAndItsStateFollows() {
        AssetState video = new VideoScene(world)
                .ended(
                        "cut.mp4",
                        RenditionLifecycle.RENDITION_LIFECYCLE_UNSUPPORTED,
                        "video_damaged",
                        "The video is cut off: 12 of 61 seconds could be read. Deliver it again.",
                        NOON);
        openAt("#/asset/" + World.hex(video));
        page.getByText("Details and redo").click();
        Locator stream = page.locator("[data-rendition='hls']");
        assertThat(stream).containsText("unsupported");
        assertThat(stream).containsText("12 of 61 seconds could be read");
        assertThat(stream).containsText("video_damaged");
        screenshot("viewer-redo");
        List<Route> held = new CopyOnWriteArrayList<>();
        page.route("**/redo", held::add);
        Locator redo = page.getByLabel("Make the Stream again");
        redo.dblclick();
        assertThat(redo).isDisabled();
        page.waitForCondition(() -> !held.isEmpty());
        assertThat(held).hasSize(1);
        held.getFirst().resume();
        assertThat(stream).containsText("pending");
        assertThat(redo).hasCount(0);
        assertThat(page.getByText("Play now")).isVisible();
        assertThat(world.media.redone())
                .extracting(RedoRenditionRequest::getName)
                .containsExactly("hls");
    }

    @Test
    void whoMayOnlyLookSeesNoCommand() {
        AssetState video = new VideoScene(world)
                .ended(
                        "cut.mp4",
                        RenditionLifecycle.RENDITION_LIFECYCLE_FAILED,
                        "child_died",
                        "ffmpeg died on this file four times.",
                        NOON);
        openAt("#/asset/" + World.hex(video), viewerKey());
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("ffmpeg died");
        page.keyboard().press("i");
        assertThat(page.locator("[data-rendition]")).hasCount(3);
        assertThat(page.getByText("Redo")).hasCount(0);
    }

    @Test
    void aSessionThatEndsAsksForTheKeyAndGoesOnWhereItWas() {
        AssetState picture = world.picture(3, NOON);
        openAt("#/asset/" + World.hex(picture));
        assertThat(name()).hasText("0003.jpg");
        visit.context().clearCookies();
        page.getByText("Your session has ended.").waitFor();
        assertThat(page.getByText("what you were looking at")).isVisible();
        screenshot("login-ended");
        logIn();
        assertThat(name()).hasText("0003.jpg");
        assertThat(page).hasURL(Rest.url() + "/#/asset/" + World.hex(picture));
    }

    private Locator name() {
        return page.locator("sluice-viewer h2").first();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
