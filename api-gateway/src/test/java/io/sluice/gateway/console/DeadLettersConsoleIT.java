package io.sluice.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.messaging.v1.DeadLetter;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.testsupport.SluiceInfra;

/** What was given up on is seen by class and cause, and brought to an end: one, many, all of a cause. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class DeadLettersConsoleIT extends InTheBrowser {

    private int made;

    @Test
    void nothingGivenUpOnIsSaidAndHasNoBadge() {
        openAt("#/dead-letters");
        assertThat(page.getByText("Nothing was given up on")).isVisible();
        assertThat(badge()).hasCount(0);
        screenshot("dead-letters-none");
    }

    @Test
    void lettersAreEndedOneManyAndAllOfACause() {
        for (int i = 0; i < 6; i++) {
            letter("video", "child_died", "ffmpeg died on this file four times.");
        }
        for (int i = 0; i < 3; i++) {
            letter("image", "child_timed_out", "Decoding took longer than 60 s.");
        }
        openAt("#/dead-letters");
        assertThat(badge()).hasText("9 open");
        assertThat(letters()).hasCount(9);
        assertThat(letters().first()).containsText("Decoding took longer than 60 s.");
        assertThat(letters().first()).containsText("See whether the machine was too busy");
        screenshot("dead-letters");

        letters().first().getByText("Redrive", exact()).click();
        assertThat(page.getByText("1 dead letter redriven: their owner tries again."))
                .isVisible();
        assertThat(letters()).hasCount(8);
        assertThat(badge()).hasText("8 open");

        letters().nth(0).getByRole(AriaRole.CHECKBOX).check();
        letters().nth(1).getByRole(AriaRole.CHECKBOX).check();
        page.getByText("Acknowledge selected (2)").click();
        assertThat(page.getByText("2 dead letters acknowledged.")).isVisible();
        assertThat(letters()).hasCount(6);

        page.locator("[data-summary='media video child_died'] a").click();
        assertThat(page).hasURL(Rest.url() + "/#/dead-letters?service=media&origin=video&error_code=child_died");
        Locator all = page.getByLabel("Redrive all video child_died");
        all.click();
        assertThat(page.getByText("Redrive 6 dead letters?")).isVisible();
        page.keyboard().press("Escape");
        assertThat(letters()).hasCount(6);
        assertThat(all).isFocused();
        all.click();
        page.getByRole(AriaRole.DIALOG).getByText("Redrive", exact()).click();
        assertThat(page.getByText("6 dead letters redriven")).isVisible();
        assertThat(page.getByText("Nothing was given up on")).isVisible();
        assertThat(badge()).hasCount(0);

        page.getByText("Look at closed ones").click();
        assertThat(letters()).hasCount(9);
        page.getByLabel("State").selectOption("acknowledged");
        assertThat(letters()).hasCount(2);
        assertThat(letters().first()).containsText("by bootstrap");
        screenshot("dead-letters-closed");
    }

    @Test
    void anAddressOpensAClassAndCauseMarkedWithItsLettersAlone() {
        letter("video", "child_died", "ffmpeg died on this file four times.");
        letter("image", "child_died", "The decoder died on this file four times.");
        letter("image", "child_timed_out", "Decoding took longer than 60 s.");
        openAt("#/dead-letters?service=media&origin=image&error_code=child_died");
        assertThat(letters()).hasCount(1);
        assertThat(letters()).containsText("The decoder died");
        assertThat(page.locator("tr[data-summary][aria-current]")).hasCount(1);
        assertThat(page.locator("[data-summary='media image child_died']")).hasAttribute("aria-current", "true");
    }

    @Test
    void whoMayOnlyLookSeesCausesAndNoCommand() {
        letter("video", "child_died", "ffmpeg died on this file four times.");
        openAt("#/dead-letters", viewerKey());
        assertThat(letters()).hasCount(1);
        assertThat(page.getByText("Redrive all")).hasCount(0);
        assertThat(page.getByText("Acknowledge selected")).hasCount(0);
        assertThat(page.getByRole(AriaRole.CHECKBOX)).hasCount(0);
    }

    private Locator letters() {
        return page.locator("tr[data-letter]");
    }

    private Locator badge() {
        return page.locator("nav .badge");
    }

    private static Locator.GetByTextOptions exact() {
        return new Locator.GetByTextOptions().setExact(true);
    }

    private void letter(String origin, String code, String cause) {
        Instant at = Instant.now().minusSeconds(1000L - made);
        world.mediaOperations.deadLetter(DeadLetter.newBuilder()
                .setId(new UUID(0x0199f0c1_7a3e7000L + made, 0x8000000000000000L).toString())
                .setService("media")
                .setSource("work")
                .setOrigin(origin)
                .setKey(ByteString.copyFromUtf8("%064x".formatted(made++)))
                .setErrorCode(code)
                .setErrorKind("TRANSIENT")
                .setCause(cause)
                .setAttempts(4)
                .setState("open")
                .setCreatedAt(Timestamps.fromMillis(at.toEpochMilli()))
                .build());
    }
}
