package io.sluice.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotCaret;

import io.sluice.gateway.world.Rest;

/** A real Chromium that lists what it complains about. Screenshots lie in target/console. */
final class ConsoleBrowser implements AutoCloseable {

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser = playwright
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

    /** A page of nobody, with what went wrong in it. */
    record Visit(BrowserContext context, Page page, List<String> complaints) {

        void logIn(String key) {
            page.getByLabel("Your key").fill(key);
            page.keyboard().press("Enter");
            assertThat(page.getByText("Log out")).isVisible();
        }

        void screenshot(String name) {
            screenshot(name, false);
        }

        /** @param whole also what one would have to scroll to */
        void screenshot(String name, boolean whole) {
            // Hiding the caret would need an inline style, which the page refuses.
            page.screenshot(new Page.ScreenshotOptions()
                    .setCaret(ScreenshotCaret.INITIAL)
                    .setFullPage(whole)
                    .setPath(Path.of("target/console/" + name + ".png")));
        }
    }

    Visit visit() {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(1360, 860).setColorScheme(ColorScheme.LIGHT));
        List<String> complaints = new ArrayList<>();
        Page page = context.newPage();
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
        return new Visit(context, page, complaints);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
