package io.sluice.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.search.v1.SearchResponse;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** A client of the system before gets the successor's answer under the old name, with the word that the name goes away. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class FormerNamesIT {

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private World world;

    @BeforeEach
    void emptyWorld() {
        world = World.empty();
    }

    @Test
    void anOldSearchIsTheNewOne() {
        world.search.answers(
                SearchResponse.newBuilder().setTotal(7).setTotalIsExact(true).build());
        Rest.Answer old = rest.get("/photos/search?q=a%20%22b%22&limit=3&threshold=0.20&library=Pictures");
        assertThat(old.status()).isEqualTo(200);
        assertThat(old.json().get("total").asInt()).isEqualTo(7);
        assertThat(old.header("Deprecation")).matches("@[0-9]+");
        assertThat(old.header("Link")).isEqualTo("</api/v1/search>; rel=\"successor-version\"");
        assertThat(world.search.last().getQuery()).isEqualTo("a \"b\"");
        assertThat(world.search.last().getLimit()).isEqualTo(3);
        assertThat(world.search.last().getFilter().getLibraryId()).isEqualTo(World.PICTURES);
        assertThat(rest.get("/api/v1/search").header("Deprecation"))
                .as("the new name stays")
                .isNull();
    }

    @Test
    void oldCountsOfStreamsAreTheNewOnes() {
        Rest.Answer old = rest.get("/hls/stats");
        assertThat(old.status()).isEqualTo(200);
        assertThat(old.json()).isEqualTo(rest.get("/api/v1/hls/stats").json());
        assertThat(old.header("Deprecation")).isNotNull();
    }

    @Test
    void anOldNameAsksWhoYouAreAndWhatIsWrongIsSaidAsEverywhere() {
        assertThat(Rest.anonymous().get("/photos/search?q=x").status()).isEqualTo(401);
        Rest.Answer wrong = rest.get("/photos/search?q=x&threshold=loud");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().get("detail").asText()).startsWith("threshold");
        assertThat(wrong.header("Deprecation")).isNotNull();
    }
}
