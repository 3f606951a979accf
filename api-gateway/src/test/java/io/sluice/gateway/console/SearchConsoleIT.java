package io.sluice.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.gateway.world.FoundPictures;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** The Search page in a real browser: words and filters in, tiles with their reasons out, by keys, by address, and back again. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class SearchConsoleIT extends InTheBrowser {

    private static final Instant NOON = Instant.parse("2024-07-14T12:00:00Z");
    /** A page notes where its reader stands when they have stood there for a moment. */
    private static final double RESTED_MS = 400;

    private static final String BOX = "input[type='search']";

    @Test
    void wordsAreTypedAndWhatIsFoundSaysWhy() {
        world.search.answers(found(12).whole());
        openAt("#/");
        page.keyboard().press("/");
        assertThat(box()).isFocused();
        assertThat(page).hasURL(Rest.url() + "/#/search");
        page.keyboard().type("harbour ev");
        assertThat(page).hasURL(Rest.url() + "/#/search?q=harbour+ev");
        assertThat(hits()).hasCount(12);
        assertThat(page.getByText("12 assets")).isVisible();
        assertThat(hits().first().locator("strong")).hasText("harbour-0001.jpg");
        assertThat(hits().first().locator("mark").first()).hasText("harbour");
        assertThat(page.locator("[data-note='no_model']")).containsText("Only words were compared");
        assertThat(world.search.last().getQuery()).isEqualTo("harbour ev");
        page.keyboard().press("ArrowDown");
        assertThat(hits().first().locator(".open")).isFocused();
        page.keyboard().press("w");
        assertThat(hits().first().locator("dl")).containsText("in its text");
        screenshot("search-light");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        screenshot("search-dark");
        page.keyboard().press("ArrowUp");
        assertThat(box()).isFocused();
    }

    @Test
    void filtersAndFacetsNarrowAndStandInTheAddress() {
        world.search.answers(found(3).whole());
        openAt("#/search?q=harbour&year=2024&camera=Canon+EOS+R5");
        assertThat(hits()).hasCount(3);
        assertThat(box()).hasValue("harbour");
        assertThat(world.search.last().getFilter().getCamera()).isEqualTo("Canon EOS R5");
        assertThat(world.search.last().getFilter().getTakenFrom().getSeconds())
                .isEqualTo(Instant.parse("2024-01-01T00:00:00Z").getEpochSecond());
        assertThat(world.search.last().getFilter().getTakenTo().getSeconds())
                .isEqualTo(Instant.parse("2025-01-01T00:00:00Z").getEpochSecond());
        page.locator("[data-facet='library']").getByText("Pictures").click();
        page.getByLabel("Let go of Library: Pictures").waitFor();
        page.waitForCondition(
                () -> world.search.last().getFilter().getLibraryId().equals(World.PICTURES));
        page.getByLabel("Let go of Camera: Canon EOS R5").click();
        page.locator("input[name='kind'][value='video']").check();
        page.waitForCondition(() -> world.search.last().getFilter().getKind() == MediaKind.MEDIA_KIND_VIDEO);
        assertThat(world.search.last().getFilter().getCamera()).isEmpty();
        assertThat(page).hasURL(Rest.url() + "/#/search?kind=video&library=" + World.PICTURES + "&q=harbour&year=2024");
        page.goBack();
        page.waitForCondition(() -> world.search.last().getFilter().getKind() == MediaKind.MEDIA_KIND_UNSPECIFIED);
        assertThat(box()).hasValue("harbour");
    }

    @Test
    void moreComesWhileScrollingAndWhoComesBackStandsWhereTheyWere() {
        FoundPictures many = bare(150);
        world.search.answers(asked -> many.page(asked.getCursor(), asked.getLimit()));
        openAt("#/search?q=harbour");
        assertThat(hits()).not().hasCount(0);
        page.mouse().move(700, 600);
        page.waitForCondition(() -> {
            page.mouse().wheel(0, 3000);
            return hits().count() == 150;
        });
        Locator far = hits().nth(120);
        far.scrollIntoViewIfNeeded();
        far.locator(".open").click();
        assertThat(name()).hasText("0121.jpg");
        page.keyboard().press("ArrowRight");
        assertThat(name()).hasText("0122.jpg");
        page.keyboard().press("Escape");
        assertThat(page.locator("sluice-viewer dialog").first()).isHidden();
        assertThat(hits().nth(121).locator(".open")).isFocused();
        assertThat(page).hasURL(Rest.url() + "/#/search?q=harbour");
        assertThat(hits().nth(121)).isInViewport();
        page.waitForTimeout(RESTED_MS);
        page.evaluate("location.hash = '#/tasks'");
        page.locator("sluice-tasks").waitFor();
        page.goBack();
        assertThat(hits()).hasCount(150);
        assertThat(hits().nth(121)).isInViewport();
    }

    @Test
    void anAddressOpensAnAssetAndItsSearchStandsBehindIt() {
        FoundPictures three = found(3);
        world.search.answers(three.whole());
        AssetState second = three.assets().get(1);
        openAt("#/search/asset/" + World.hex(second) + "?q=harbour");
        assertThat(name()).hasText("0002.jpg");
        page.keyboard().press("Escape");
        assertThat(hits()).hasCount(3);
        assertThat(page).hasURL(Rest.url() + "/#/search?q=harbour");
    }

    @Test
    void nothingFoundAndWhatIsLackingAreSaid() {
        world.search.answers(FoundPictures.nothing(
                "query_cut",
                "Of more than 32 words the first 32 were looked for.",
                "time_limit",
                "Not all was looked at."));
        openAt("#/search?q=nowhere&kind=video");
        assertThat(page.getByText("Nothing has “nowhere” and fits the filters")).isVisible();
        assertThat(page.locator("[data-note='query_cut']")).containsText("first 32");
        assertThat(page.locator("[data-note='time_limit']")).containsText("Not all");
        screenshot("search-nothing");
        page.getByText("Search without filters").click();
        page.waitForCondition(() -> world.search.last().getFilter().getKind() == MediaKind.MEDIA_KIND_UNSPECIFIED);
        assertThat(page).hasURL(Rest.url() + "/#/search?q=nowhere");
    }

    @Test
    void aSearchThatIsAwayIsSaidWithItsCureAndGoesOnByItself() {
        world.search.answers(found(2).whole());
        world.search.refuses(new CodedException(
                ErrorCode.SERVICE_UNAVAILABLE, "The index is being made again; it answers in about a minute."));
        openAt("#/search?q=harbour");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(page.getByText("Ask again")).isVisible();
        screenshot("search-away");
        world.search.refuses(null);
        assertThat(hits()).hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(15_000));
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
    }

    private FoundPictures found(int count) {
        List<AssetState> assets = new ArrayList<>();
        for (int seed = 1; seed <= count; seed++) {
            assets.add(world.picture(seed, NOON.minusSeconds(seed)));
        }
        return new FoundPictures(assets, true);
    }

    /** Files that nothing is made of. */
    private FoundPictures bare(int count) {
        List<AssetState> assets = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            String name = "%04d.jpg".formatted(number);
            assets.add(world.asset(name, name.getBytes(UTF_8), "image/jpeg", NOON.minusSeconds(number)));
        }
        return new FoundPictures(assets, false);
    }

    private Locator box() {
        return page.locator(BOX);
    }

    private Locator hits() {
        return page.locator("sluice-hits article");
    }

    private Locator name() {
        return page.locator("sluice-viewer h2").first();
    }
}
