package io.sluice.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Whatever can raise an alert has an address that opens exactly that, marked: alerts link there. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class DeepLinksConsoleIT extends InTheBrowser {

    @Test
    void aGroupAReaderAndAClassOpenMarked() {
        SluiceInfra.topics().create(Topics.all().toArray(Topic[]::new));
        openAt("#/pipeline?group=search.asset");
        marked("search.asset");
        openSameAt("#/pipeline?group=media.work.image");
        marked("media.work.image");
        screenshot("pipeline-marked");
        openSameAt("#/pipeline?group=nobody.knows");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("There is no group nobody.knows");
        assertThat(page.locator("tr[data-group][aria-current]")).hasCount(0);
    }

    @Test
    void aLibraryOpensPicked() {
        openAt("#/libraries?id=" + World.AWAY);
        Locator picked = page.locator("sluice-libraries button[aria-pressed='true']");
        assertThat(picked).hasCount(1);
        assertThat(picked).containsText("Travel disk");
        assertThat(picked).containsText("The disk is not mounted. Plug it in.");
        openSameAt("#/libraries?id=gone");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("There is no library gone");
    }

    private void marked(String group) {
        Locator row = page.locator("tr[data-group='" + group + "']");
        assertThat(row).hasAttribute("aria-current", "true");
        assertThat(row).isInViewport();
        assertThat(page.locator("tr[data-group][aria-current]")).hasCount(1);
    }

    private void openSameAt(String place) {
        page.evaluate("place => { location.hash = place; }", place);
    }
}
