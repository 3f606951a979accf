package io.sluice.gateway.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.time.Instant;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.search.v1.Facet;
import io.sluice.contract.search.v1.FacetCount;
import io.sluice.contract.search.v1.FacetName;
import io.sluice.contract.search.v1.SearchHit;
import io.sluice.contract.search.v1.SearchMode;
import io.sluice.contract.search.v1.SearchNote;
import io.sluice.contract.search.v1.SearchReason;
import io.sluice.contract.search.v1.SearchRequest;
import io.sluice.contract.search.v1.SearchResponse;
import io.sluice.contract.search.v1.SnippetSpan;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** What a client asks of search and is told. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class SearchIT {

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private World world;

    @BeforeEach
    void emptyWorld() {
        world = World.empty();
    }

    @Test
    void aHitIsToldWithWhereAndWhy() {
        String hash = "0a".repeat(32);
        world.search.answers(SearchResponse.newBuilder()
                .addHits(SearchHit.newBuilder()
                        .setContentHash(ByteString.fromHex(hash))
                        .setScore(2.5)
                        .setLibraryId(World.PICTURES)
                        .setPath(ByteString.copyFromUtf8("2024/harbour.jpg"))
                        .setKind(MediaKind.MEDIA_KIND_IMAGE)
                        .setTakenAt(Timestamps.fromMillis(
                                Instant.parse("2024-07-14T12:00:00Z").toEpochMilli()))
                        .addReadyRenditions("thumbnail")
                        .addReasons(SearchReason.newBuilder()
                                .setField("name")
                                .setSnippet("harbour.jpg")
                                .addSpans(SnippetSpan.newBuilder().setEnd(7))))
                .setNextCursor("next")
                .setTotal(12)
                .setTotalIsExact(true)
                .addFacets(Facet.newBuilder()
                        .setName(FacetName.FACET_NAME_LIBRARY)
                        .setAssets(12)
                        .addCounts(
                                FacetCount.newBuilder().setValue(World.PICTURES).setCount(12)))
                .addNotes(SearchNote.newBuilder().setCode("no_model").setDetail("Only words were compared."))
                .build());
        JsonNode page = rest.get("/api/v1/search?q=harbour&facets=library").json();
        JsonNode hit = page.at("/items/0");
        assertThat(hit.get("content_hash").asText()).isEqualTo(hash);
        assertThat(hit.get("library").asText()).isEqualTo("Pictures");
        assertThat(hit.get("path").asText()).isEqualTo("2024/harbour.jpg");
        assertThat(hit.get("score").asDouble()).isEqualTo(2.5);
        assertThat(hit.get("kind").asText()).isEqualTo("image");
        assertThat(hit.at("/reasons/0/field").asText()).isEqualTo("name");
        assertThat(hit.at("/reasons/0/spans/0/end").asInt()).isEqualTo(7);
        assertThat(hit.get("thumbnail_url").asText()).contains(hash);
        assertThat(page.get("next_cursor").asText()).isEqualTo("next");
        assertThat(page.get("total").asInt()).isEqualTo(12);
        assertThat(page.at("/facets/0/counts/0/label").asText()).isEqualTo("Pictures");
        assertThat(page.at("/degraded/0/service").asText()).isEqualTo("search");
        assertThat(page.at("/degraded/0/code").asText()).isEqualTo("no_model");
    }

    @Test
    void everyParameterReachesSearch() {
        assertThat(rest.get(
                                "/api/v1/search?q=a%20%22b%20c%22&mode=text&limit=900&cursor=x&threshold=0.5&model_version=m1"
                                        + "&library=Pictures&kind=video&gallery=g1&taken_from=2024-01-01T00:00:00Z"
                                        + "&taken_to=2025-01-01T00:00:00Z&camera=Canon%20EOS&has_gps=true&size_min=1&size_max=2"
                                        + "&facets=kind,year,has_gps")
                        .status())
                .isEqualTo(200);
        SearchRequest told = world.search.last();
        assertThat(told.getQuery()).isEqualTo("a \"b c\"");
        assertThat(told.getMode()).isEqualTo(SearchMode.SEARCH_MODE_TEXT);
        assertThat(told.getLimit()).isEqualTo(500);
        assertThat(told.getCursor()).isEqualTo("x");
        assertThat(told.getThreshold()).isEqualTo(0.5);
        assertThat(told.getFilter().getLibraryId()).isEqualTo(World.PICTURES);
        assertThat(told.getFilter().getKind()).isEqualTo(MediaKind.MEDIA_KIND_VIDEO);
        assertThat(told.getFilter().getContainerId()).isEqualTo("g1");
        assertThat(told.getFilter().getCamera()).isEqualTo("Canon EOS");
        assertThat(told.getFilter().getHasGps()).isTrue();
        assertThat(told.getFilter().getSizeMax()).isEqualTo(2);
        assertThat(told.getFacetsList())
                .containsExactly(FacetName.FACET_NAME_KIND, FacetName.FACET_NAME_YEAR, FacetName.FACET_NAME_HAS_GPS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode=loud",
                "mode=TEXT",
                "threshold=2",
                "threshold=NaN",
                "kind=unspecified",
                "taken_from=yesterday",
                "taken_to=%2B999999-01-01T00:00:00Z",
                "has_gps=maybe",
                "size_min=-1",
                "size_max=1e3",
                "facets=kind,colour",
                "limit=0",
                "library=nothing"
            })
    void whatIsWrongIsNamed(String parameter) {
        Rest.Answer answer = rest.get("/api/v1/search?q=x&" + parameter);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("code").asText()).isEqualTo("invalid_request");
        assertThat(answer.json().get("detail").asText()).startsWith(parameter.substring(0, parameter.indexOf('=')));
    }

    @Test
    void anyTextIsAQuery() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(60), 0, 0x2fff).forEach(text::appendCodePoint);
            Rest.Answer answer = rest.get("/api/v1/search?q=" + URLEncoder.encode(text.toString(), UTF_8));
            assertThat(answer.status()).as(text.toString()).isEqualTo(200);
        }
    }

    @Test
    void aSilentSearchIsSaidToBeSilent() {
        world.stopSearch();
        try {
            Rest.Answer answer = rest.get("/api/v1/search?q=x");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isNotNull();
            assertThat(answer.json().get("detail").asText()).contains("search service does not answer");
            assertThat(rest.get("/api/v1/assets").status())
                    .as("the rest goes on")
                    .isEqualTo(200);
        } finally {
            world.startSearch();
        }
        world.search.refuses(new CodedException(ErrorCode.INVALID_REQUEST, "cursor: It belongs to another search."));
        assertThat(rest.get("/api/v1/search?cursor=x").status()).isEqualTo(400);
    }
}
