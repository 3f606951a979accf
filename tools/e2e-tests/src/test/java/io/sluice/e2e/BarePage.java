package io.sluice.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;

/** A player on somebody else's page: hls.js and an address, no key and no cookie. */
final class BarePage implements AutoCloseable {

    private static final String HLS_JS = "META-INF/resources/webjars/hls.js/";

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final String gateway;
    private final Page page;

    BarePage(String gateway) {
        this.gateway = gateway;
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--no-first-run",
                                "--autoplay-policy=no-user-gesture-required")));
        page = browser.newContext(new Browser.NewContextOptions().setBypassCSP(true))
                .newPage();
        // A resource of the gateway, so that the page has its origin; nobody is logged in there.
        page.navigate(gateway + "/q/health/live");
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(hlsJs()));
    }

    Page page() {
        return page;
    }

    /** @param address of a playlist, below the gateway */
    void play(String address) {
        page.evaluate("""
                address => {
                  document.body.replaceChildren();
                  window.player?.destroy();
                  const video = document.createElement('video');
                  video.muted = true;
                  document.body.append(video);
                  window.player = new Hls();
                  window.player.loadSource(address);
                  window.player.attachMedia(video);
                  window.player.on(Hls.Events.MANIFEST_PARSED, () => video.play());
                }""", gateway + address);
    }

    private static String hlsJs() {
        String version = System.getProperty("sluice.test.hls-js");
        try (InputStream in =
                BarePage.class.getClassLoader().getResourceAsStream(HLS_JS + version + "/dist/hls.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        playwright.close();
    }
}
