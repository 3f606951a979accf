package io.sluice.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** A video that is played on a page: its pictures move on. */
final class PlayingVideo {

    /** Seconds of it that were shown, then it plays. */
    private static final double ENOUGH = 0.6;

    private PlayingVideo() {}

    /** Presses the button of the console's player first. */
    static void startedBy(Page page, String name) {
        Locator play =
                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Play( now)?$")));
        assertThat(play.first()).isVisible();
        play.first().click();
        of(page, name);
    }

    /** Waits until it plays. */
    static void of(Page page, String name) {
        Locator video = page.locator("video");
        Awaitility.await(name + " plays")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    assertThat((Number) video.evaluate("video => video.currentTime"))
                            .extracting(Number::doubleValue)
                            .satisfies(seconds -> assertThat(seconds).isGreaterThan(ENOUGH));
                    assertThat((Number) video.evaluate("video => video.videoWidth"))
                            .extracting(Number::intValue)
                            .satisfies(width -> assertThat(width).isPositive());
                    assertThat(video.evaluate("video => video.error")).isNull();
                });
    }
}
