package io.sluice.search.query;

import static io.sluice.search.Told.asset;
import static io.sluice.search.Told.hash;
import static io.sluice.search.Told.hashes;
import static io.sluice.search.Told.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.google.protobuf.util.Timestamps;

import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.search.v1.Facet;
import io.sluice.contract.search.v1.FacetCount;
import io.sluice.contract.search.v1.FacetName;
import io.sluice.contract.search.v1.SearchFilter;
import io.sluice.contract.search.v1.SearchHit;
import io.sluice.contract.search.v1.SearchMode;
import io.sluice.contract.search.v1.SearchReason;
import io.sluice.contract.search.v1.SearchRequest;
import io.sluice.contract.search.v1.SearchResponse;
import io.sluice.contract.search.v1.SnippetSpan;
import io.sluice.search.Told;
import io.sluice.search.index.WrittenIndex;

/** What is found, why, and in which order. */
class SearchTest {

    private static final String ALPS = "c-alps";

    private final WrittenIndex index = new WrittenIndex();

    @BeforeEach
    void threeAssets() {
        index.tell(
                record(Told.gallery(ALPS, 1, "Wandern in den Alpen")),
                record(asset(1, 1, "2024/Zürich/IMG_1234_MyHolidayPhoto.JPG")
                        .setHeader(Told.camera("Canon", "Canon EOS R5", "RF24-105mm F4 L").toBuilder()
                                .setGpsLatitude(47)
                                .setGpsLongitude(8))
                        .addContainerIds(ALPS)),
                record(asset(2, 1, "films/harbour at dusk.mp4", "copies/harbour.mp4")
                        .setKind(MediaKind.MEDIA_KIND_VIDEO)
                        .setMediaType("video/mp4")),
                record(asset(3, 1, "scans/letter.png").setHeader(Told.camera("SONY", "ILCE-7M3", ""))),
                Told.text(
                        3, 1, "photo.analysis", "An old letter from Müller.\nThe harbour stands on its stamp, in red."),
                Told.facts(2, 1, "h264"),
                Told.ready(1, 1, "thumbnail"));
    }

    @AfterEach
    void close() {
        index.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "img_1234 | 1",
                "IMG_1234_MyHolidayPhoto.JPG | 1",
                "1234 | 1",
                "holiday | 1",
                "myholidayphoto | 1",
                "MyHolidayPhoto | 1",
                "myholi | 1",
                "img_12 | 1",
                "zürich | 1",
                "Zuerich | 1",
                "zurich | 1",
                "alpen | 1",
                "wandern alpen | 1",
                "\"in den Alpen\" | 1",
                "\"Alpen den in\" | ''",
                "eos r5 | 1",
                "canon | 1",
                "RF24-105mm | 1",
                "sony | 3",
                "Mueller | 3",
                "letter -harbour | ''",
                "harbour -letter | 2",
                "harbour -\"at dusk\" | 3",
                "\"harbour at dusk | 2",
                "mp4 | 2",
                "h264 | 2",
                "video | 2",
                "July 2024 canon | 1",
                "juli sony | 3",
                "2024-07-14 letter | 3",
                "sunday canon | 1",
                "harbour xyzzy | ''",
                "!!! | ''",
            })
    void aWordIsFoundAsPeopleTypeIt(String query, String number) {
        assertThat(index.find(query)).isEqualTo(number.isEmpty() ? List.of() : List.of(hash(Long.parseLong(number))));
    }

    @Test
    void aNameIsBetterThanAText() {
        assertThat(index.find("harbour")).isEqualTo(hashes(2, 3));
        assertThat(index.find("")).as("everything, the newest first").isEqualTo(hashes(3, 2, 1));
        assertThat(index.find("-sony")).isEqualTo(hashes(2, 1));
    }

    @Test
    void aHitSaysWhereAndWhy() {
        SearchHit hit = only("stamp red");
        assertThat(hit.getReasonsList()).extracting(SearchReason::getField).containsExactly("text");
        assertThat(marked(hit.getReasons(0))).contains("[stamp]").contains("[red]");
        hit = only("harbour copies");
        assertThat(hit.getPath().toStringUtf8()).isEqualTo("copies/harbour.mp4");
        hit = only("alpen img");
        assertThat(hit.getReasonsList()).extracting(SearchReason::getField).containsExactly("name", "title");
        assertThat(marked(hit.getReasons(1))).isEqualTo("Wandern in den [Alpen]");
        assertThat(hit.getReadyRenditionsList()).containsExactly("thumbnail");
        assertThat(hit.getLibraryId()).isEqualTo(Told.LIBRARY);
    }

    @Test
    void filtersLetThroughWhatTheyName() {
        assertThat(filtered(SearchFilter.newBuilder().setKind(MediaKind.MEDIA_KIND_VIDEO)))
                .isEqualTo(hashes(2));
        assertThat(filtered(SearchFilter.newBuilder().setContainerId(ALPS))).isEqualTo(hashes(1));
        assertThat(filtered(SearchFilter.newBuilder().setCamera("SONY ILCE-7M3")))
                .isEqualTo(hashes(3));
        assertThat(filtered(SearchFilter.newBuilder().setHasGps(true))).isEqualTo(hashes(1));
        assertThat(filtered(SearchFilter.newBuilder().setHasGps(false))).isEqualTo(hashes(3, 2));
        assertThat(filtered(SearchFilter.newBuilder().setSizeMin(1_002).setSizeMax(1_002)))
                .isEqualTo(hashes(2));
        assertThat(filtered(SearchFilter.newBuilder().setLibraryId("another"))).isEmpty();
        assertThat(filtered(SearchFilter.newBuilder()
                        .setTakenFrom(Timestamps.parseUnchecked("2024-07-14T12:00:02Z"))
                        .setTakenTo(Timestamps.parseUnchecked("2024-07-14T12:00:03Z"))))
                .isEqualTo(hashes(2));
    }

    @Test
    void facetsCountAllThatFits() {
        SearchResponse answer = index.search(SearchRequest.newBuilder()
                .setLimit(1)
                .addFacets(FacetName.FACET_NAME_KIND)
                .addFacets(FacetName.FACET_NAME_GALLERY)
                .addFacets(FacetName.FACET_NAME_YEAR)
                .addFacets(FacetName.FACET_NAME_HAS_GPS)
                .build());
        assertThat(answer.getTotal()).isEqualTo(3);
        assertThat(answer.getTotalIsExact()).isTrue();
        assertThat(counts(answer.getFacets(0))).containsExactly("image=2", "video=1");
        assertThat(counts(answer.getFacets(1))).containsExactly(ALPS + "=1");
        assertThat(answer.getFacets(1).getCounts(0).getLabel()).isEqualTo("Wandern in den Alpen");
        assertThat(counts(answer.getFacets(2))).containsExactly("2024=3");
        assertThat(counts(answer.getFacets(3))).containsExactly("false=2", "true=1");
    }

    @Test
    void anotherTitleReachesTheMembersAndOldNewsDoNot() {
        index.tell(record(Told.gallery(ALPS, 3, "Ski")));
        assertThat(index.find("ski")).isEqualTo(hashes(1));
        assertThat(index.find("alpen")).isEmpty();
        index.tell(record(Told.gallery(ALPS, 2, "Wandern")));
        assertThat(index.find("wandern")).isEmpty();
        index.tell(Told.purge(Topics.INGEST_CONTAINER, ALPS));
        assertThat(index.find("ski")).isEmpty();
        assertThat(index.find("canon")).isEqualTo(hashes(1));
    }

    @Test
    void onlyLiveAssetsAreShownAndTheirPartsAreKept() {
        index.tell(record(asset(3, 2).setLifecycle(AssetLifecycle.ASSET_LIFECYCLE_TOMBSTONED)));
        assertThat(index.find("letter")).isEmpty();
        assertThat(index.counts().hidden()).isEqualTo(1);
        index.tell(
                Told.text(3, 2, "photo.analysis", "A new text"), Told.text(9, 1, "photo.analysis", "before its asset"));
        assertThat(index.find("text")).isEmpty();
        index.tell(record(asset(3, 1, "scans/old.png")));
        assertThat(index.find("old")).as("an older version").isEmpty();
        index.tell(record(asset(3, 3, "scans/letter.png")), record(asset(9, 1, "nine.png")));
        assertThat(index.find("text letter")).isEqualTo(hashes(3));
        assertThat(index.find("before nine")).isEqualTo(hashes(9));
        index.tell(
                Told.purge(Topics.INGEST_ASSET, hash(9)), Told.purge(Topics.INGEST_TEXT, hash(9) + "/photo.analysis"));
        assertThat(index.counts().live() + index.counts().hidden()).isEqualTo(3);
    }

    @Test
    void whatCannotBeReadIsKeptUntilItCan() {
        byte[] key = hash(1).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        index.tell(
                new org.apache.kafka.clients.producer.ProducerRecord<>(
                        Topics.INGEST_ASSET.name(), key, new byte[] {1, 2, 3}),
                new org.apache.kafka.clients.producer.ProducerRecord<>(
                        Topics.MEDIA_FACTS.name(), "no hash".getBytes(java.nio.charset.StandardCharsets.UTF_8), key));
        assertThat(index.counts().unreadable()).isEqualTo(2);
        assertThat(index.find("canon")).isEqualTo(hashes(1));
        index.tell(record(asset(1, 2, "readable.jpg")));
        assertThat(index.counts().unreadable()).isEqualTo(1);
        assertThat(index.find("readable")).isEqualTo(hashes(1));
    }

    @Test
    void withoutAModelMeaningsAreNotCompared() {
        SearchResponse semantic = index.search(SearchRequest.newBuilder()
                .setQuery("canon")
                .setMode(SearchMode.SEARCH_MODE_SEMANTIC)
                .build());
        assertThat(semantic.getHitsList()).isEmpty();
        assertThat(semantic.getNotes(0).getCode()).isEqualTo("no_model");
        SearchResponse hybrid =
                index.search(SearchRequest.newBuilder().setQuery("canon").build());
        assertThat(hybrid.getHitsCount()).isEqualTo(1);
        assertThat(hybrid.getNotes(0).getCode()).isEqualTo("no_model");
    }

    private SearchHit only(String query) {
        SearchResponse answer = index.search(SearchRequest.newBuilder()
                .setQuery(query)
                .setMode(SearchMode.SEARCH_MODE_TEXT)
                .build());
        assertThat(answer.getHitsCount()).as(query).isEqualTo(1);
        return answer.getHits(0);
    }

    private List<String> filtered(SearchFilter.Builder filter) {
        return WrittenIndex.hashes(
                index.search(SearchRequest.newBuilder().setFilter(filter).build()));
    }

    private static List<String> counts(Facet facet) {
        return facet.getCountsList().stream()
                .map((FacetCount count) -> count.getValue() + "=" + count.getCount())
                .toList();
    }

    private static String marked(SearchReason reason) {
        StringBuilder text = new StringBuilder(reason.getSnippet());
        for (SnippetSpan span : reason.getSpansList().reversed()) {
            text.insert(span.getEnd(), ']').insert(span.getStart(), '[');
        }
        return text.toString();
    }
}
