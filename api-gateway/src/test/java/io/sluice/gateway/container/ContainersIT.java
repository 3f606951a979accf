package io.sluice.gateway.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.ContainerKind;
import io.sluice.contract.ingest.v1.ContainerState;
import io.sluice.gateway.world.Bundles;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Galleries and collections with their members. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class ContainersIT {

    private static final Instant NOON = Instant.parse("2024-07-14T12:00:00Z");

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private World world;

    @BeforeEach
    void emptyWorld() {
        world = World.empty();
    }

    @ParameterizedTest
    @CsvSource({"galleries, GALLERY, collections", "collections, COLLECTION, galleries"})
    void aContainerHasItsCountsAndItsMembersInTheirOrder(String area, String kind, String other) {
        AssetState second = world.picture(2, NOON);
        AssetState first = world.picture(1, NOON.minusSeconds(60));
        world.imports.put(container("c-1", kind, "Harbour at dusk", second), second, first);
        world.imports.put(container("c-2", kind, "Alps", second));

        JsonNode list = rest.get("/api/v1/" + area).json();
        assertThat(list.get("items").findValuesAsText("title")).containsExactly("Alps", "Harbour at dusk");
        JsonNode one = rest.get("/api/v1/" + area + "/c-1").json();
        assertThat(one).isEqualTo(list.get("items").get(1));
        assertThat(one.get("kind").asText()).isEqualToIgnoringCase(kind);
        assertThat(one.get("external_hash").asText()).isEqualTo(Bundles.hash(88));
        assertThat(one.get("expected_members").asInt()).isEqualTo(3);
        assertThat(one.get("linked_members").asInt()).isEqualTo(2);
        assertThat(one.get("missing_members").asInt()).isEqualTo(1);
        assertThat(one.get("cover").asText()).isEqualTo(World.hex(second));

        JsonNode members = rest.get(one.get("assets_url").asText() + "?limit=1").json();
        assertThat(members.at("/items/0/content_hash").asText()).isEqualTo(World.hex(second));
        assertThat(members.at("/items/0/renditions")).as("what media made").hasSize(2);
        members = rest.get(one.get("assets_url").asText() + "?limit=1&cursor="
                        + members.get("next_cursor").asText())
                .json();
        assertThat(members.at("/items/0/content_hash").asText()).isEqualTo(World.hex(first));
        assertThat(members.get("next_cursor").isNull()).isTrue();

        for (String below : new String[] {"/c-1", "/c-1/assets", "/nothing", "/nothing/assets"}) {
            assertThat(rest.get("/api/v1/" + other + below).status()).as(below).isEqualTo(404);
        }
        assertThat(rest.get("/api/v1/" + other).json().get("items")).isEmpty();
    }

    private static ContainerState container(String id, String kind, String title, AssetState cover) {
        return ContainerState.newBuilder()
                .setContainerId(id)
                .setKind(ContainerKind.valueOf("CONTAINER_KIND_" + kind))
                .setTitle(title)
                .setExternalHash(ByteString.fromHex(Bundles.hash(88)))
                .setExpectedMembers(3)
                .setLinkedMembers(2)
                .setMissingMembers(1)
                .setCover(cover.getContentHash())
                .build();
    }
}
