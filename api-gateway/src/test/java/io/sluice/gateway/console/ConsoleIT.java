package io.sluice.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotCaret;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.messaging.v1.WorkSummary;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** The console in a real browser: a person logs in and watches pictures come. Screenshots lie in target/console. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class ConsoleIT {

    private static final Instant NOON = Instant.parse("2024-07-14T12:00:00Z");
    private static final int WAITING = 1000;

    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private World world;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void openBrowser() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    @AfterAll
    static void closeBrowser() {
        playwright.close();
    }

    @BeforeEach
    void openPage() {
        world = World.empty();
        context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(1360, 860).setColorScheme(ColorScheme.LIGHT));
        page = context.newPage();
        page.setDefaultTimeout(20_000);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            // A browser prints every answer of 400 and more; whether those were right is seen on the page.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(Rest.url()) && !request.url().startsWith("data:")) {
                complaints.add("external: " + request.url());
            }
        });
    }

    @AfterEach
    void nothingWasWrong() {
        context.close();
        assertThat(complaints).isEmpty();
    }

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

        page.evaluate("document.querySelector('sluice-console').shadowRoot.querySelector('sluice-grid').shadowRoot"
                + ".querySelectorAll('sluice-tile').forEach(tile => { tile.sameAsBefore = true; })");
        world.finish(waiting, WAITING);
        world.picture(WAITING + 1, NOON.plusSeconds(120));
        world.mediaOperations.work();
        assertThat(tiles()).hasCount(18);
        assertThat(page.locator("sluice-tile img.shown")).hasCount(16);
        assertThat(page.getByText("Everything is done")).isVisible();
        assertThat(((Number)
                                page.evaluate(
                                        "[...document.querySelector('sluice-console').shadowRoot.querySelector('sluice-grid')"
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
        assertThat(page.locator("sluice-viewer strong")).hasText("0002.jpg");
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("sluice-viewer strong")).hasText("0003.jpg");
        page.waitForTimeout(400);
        screenshot("viewer");
        page.keyboard().press("Escape");
        assertThat(page.locator("sluice-viewer dialog")).isHidden();
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

    private Locator tiles() {
        return page.locator("sluice-tile");
    }

    private void logIn() {
        page.getByLabel("Your key").fill(World.bootstrapKey());
        page.keyboard().press("Enter");
        assertThat(page.getByText("Log out")).isVisible();
    }

    private void screenshot(String name) {
        // Hiding the caret would need an inline style, which the page refuses.
        page.screenshot(new Page.ScreenshotOptions()
                .setCaret(ScreenshotCaret.INITIAL)
                .setPath(Path.of("target/console/" + name + ".png")));
    }
}
