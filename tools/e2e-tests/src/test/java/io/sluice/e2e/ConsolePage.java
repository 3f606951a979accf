package io.sluice.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;

/** The console in a real Chromium, logged in. */
final class ConsolePage implements AutoCloseable {

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Page page;

    ConsolePage(String url, String key) {
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run")));
        page = browser.newPage();
        page.setDefaultTimeout(30_000);
        page.navigate(url);
        page.getByLabel("Your key").fill(key);
        page.keyboard().press("Enter");
        assertThat(page.getByText("Log out")).isVisible();
    }

    Page page() {
        return page;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
