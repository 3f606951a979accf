package io.sluice.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;

/** What all tests of the console have: an empty world, a page of nobody, and at the end a browser without complaints. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InTheBrowser {

    World world;
    ConsoleBrowser.Visit visit;
    Page page;

    private ConsoleBrowser browser;

    @BeforeAll
    void openBrowser() {
        browser = new ConsoleBrowser();
    }

    @AfterAll
    void closeBrowser() {
        browser.close();
    }

    @BeforeEach
    void openPage() {
        world = World.empty();
        visit = browser.visit();
        page = visit.page();
    }

    @AfterEach
    void nothingWasWrong() {
        visit.context().close();
        assertThat(visit.complaints()).isEmpty();
    }

    /** @param place address after the host, e.g. {@code #/tasks}; empty for the library */
    void openAt(String place) {
        openAt(place, World.bootstrapKey());
    }

    void openAt(String place, String key) {
        page.navigate(Rest.url() + "/" + place);
        visit.logIn(key);
    }

    void logIn() {
        visit.logIn(World.bootstrapKey());
    }

    Locator tiles() {
        return page.locator("sluice-tile");
    }

    void screenshot(String name) {
        visit.screenshot(name);
    }

    /** The key of somebody who may look and not command. */
    static String viewerKey() {
        return Rest.withKey(World.bootstrapKey())
                .post("/api/v1/api-keys", "{\"name\":\"wall %s\",\"role\":\"viewer\"}".formatted(UUID.randomUUID()))
                .json()
                .get("key")
                .asText();
    }
}
