package io.sluice.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.gateway.world.EventClient;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** The library is looked at again because something was told, not because time went by. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class LiveConsoleIT extends InTheBrowser {

    private static final int CHANGES = 6;
    /** Without events the page looks every 8 s when nothing is being made. */
    private static final Duration ALL_WITHOUT_EVENTS = Duration.ofSeconds(8 * (CHANGES - 1));

    @Test
    void theHealthOfALibraryIsShownAsItChanges() {
        EventClient.awaitReady();
        world.picture(3, Instant.parse("2024-07-14T12:00:00Z"));
        openAt("");
        assertThat(tiles()).hasCount(1);
        Locator health = page.locator("sluice-libraries button", new Page.LocatorOptions().setHasText("Pictures"));
        assertThat(health).containsText("online");
        long began = System.nanoTime();
        for (int change = 0; change < CHANGES; change++) {
            boolean away = change % 2 == 0;
            world.library(
                    World.PICTURES,
                    "Pictures",
                    "pictures",
                    away ? HealthState.HEALTH_STATE_STALE : HealthState.HEALTH_STATE_ONLINE,
                    away ? "The disk is not mounted. Plug it in." : "");
            assertThat(health).containsText(away ? "Plug it in" : "online", soon());
            if (!away) {
                assertThat(health).not().containsText("Plug it in");
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(ALL_WITHOUT_EVENTS);
    }

    private static LocatorAssertions.ContainsTextOptions soon() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(15_000);
    }
}
