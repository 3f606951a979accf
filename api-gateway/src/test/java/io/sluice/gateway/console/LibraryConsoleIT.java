package io.sluice.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** What of the library is shown is chosen, stands in the address and stays when one comes back. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class LibraryConsoleIT extends InTheBrowser {

    private static final Instant JULY = Instant.parse("2024-07-14T12:00:00Z");
    private static final Instant AUGUST = Instant.parse("2024-08-02T12:00:00Z");

    @Test
    void filtersStandInTheAddressAndSurviveReloadAndBack() {
        world.picture(1, JULY);
        world.picture(2, AUGUST);
        world.unshowable(
                "letter.txt",
                RenditionLifecycle.RENDITION_LIFECYCLE_UNSUPPORTED,
                "not_an_image",
                "This is text.",
                JULY);
        openAt("");
        assertThat(tiles()).hasCount(3);
        page.getByRole(AriaRole.RADIO, named("Pictures")).click();
        assertThat(tiles()).hasCount(2);
        assertThat(page).hasURL(Rest.url() + "/#/?kind=image");
        page.getByLabel("From").fill("2024-08-01");
        page.getByLabel("To").fill("2024-08-02");
        assertThat(tiles()).hasCount(1);
        assertThat(page).hasURL(Rest.url() + "/#/?kind=image&from=2024-08-01&to=2024-08-02");
        assertThat(world.ingest.lastList().getKind()).isEqualTo(MediaKind.MEDIA_KIND_IMAGE);

        page.reload();
        assertThat(tiles()).hasCount(1);
        assertThat(page.getByLabel("From")).hasValue("2024-08-01");
        assertThat(page.getByRole(AriaRole.RADIO, named("Pictures"))).isChecked();

        tiles().first().locator("button").click();
        assertThat(page.locator("sluice-viewer h2").first()).hasText("0002.jpg");
        page.goBack();
        assertThat(page.locator("sluice-viewer dialog").first()).isHidden();
        assertThat(tiles()).hasCount(1);
        assertThat(page.getByLabel("To")).hasValue("2024-08-02");
        page.goBack();
        page.goBack();
        assertThat(page).hasURL(Rest.url() + "/#/?kind=image");
        assertThat(tiles()).hasCount(2);

        page.getByText("Clear filters").click();
        assertThat(tiles()).hasCount(3);
        assertThat(page).hasURL(Rest.url() + "/#/");
        assertThat(page.getByText("Clear filters")).hasCount(0);
    }

    @Test
    void aLibraryIsPickedByItsCardAndAnEmptyAnswerLeadsBack() {
        world.picture(1, JULY);
        openAt("");
        assertThat(tiles()).hasCount(1);
        page.getByTitle("Show only Travel disk").click();
        assertThat(page.getByText("Nothing fits these filters")).isVisible();
        assertThat(page).hasURL(Rest.url() + "/#/?library=Travel+disk");
        assertThat(world.ingest.lastList().getLibraryId()).isEqualTo(World.AWAY);
        screenshot("filters-nothing");
        page.getByText("Show everything").click();
        assertThat(tiles()).hasCount(1);
    }

    @Test
    void daysTheWrongWayRoundAndUnknownLibrariesSaySo() {
        world.picture(1, JULY);
        openAt("#/?from=2024-08-01&to=2024-07-01");
        assertThat(page.getByText("Turn them round.")).isVisible();
        page.navigate(Rest.url() + "/#/?library=Nowhere");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Nowhere");
        page.getByText("Clear filters").click();
        assertThat(tiles()).hasCount(1);
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
    }

    @Test
    void onAPhoneNothingIsWiderThanTheScreen() {
        for (int seed = 1; seed <= 6; seed++) {
            world.picture(seed, JULY.minusSeconds(seed));
        }
        page.setViewportSize(390, 844);
        openAt("");
        assertThat(page.locator("sluice-tile img.shown")).hasCount(6);
        for (String place : new String[] {"#/", "#/dead-letters", "#/import", "#/tasks"}) {
            page.navigate(Rest.url() + "/" + place);
            page.waitForTimeout(300);
            assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
                    .as(place)
                    .isLessThanOrEqualTo(390);
            screenshot("phone-" + place.replaceAll("\\W", ""));
        }
    }

    private static Page.GetByTextOptions exactly() {
        return new Page.GetByTextOptions().setExact(true);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
