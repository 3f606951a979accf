package io.sluice.gateway.world;

import java.util.List;

import com.google.protobuf.ByteString;

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.search.v1.Facet;
import io.sluice.contract.search.v1.FacetCount;
import io.sluice.contract.search.v1.FacetName;
import io.sluice.contract.search.v1.SearchHit;
import io.sluice.contract.search.v1.SearchNote;
import io.sluice.contract.search.v1.SearchReason;
import io.sluice.contract.search.v1.SearchResponse;
import io.sluice.contract.search.v1.SnippetSpan;

/** What a search for "harbour" answers when these assets fit: each by its name and its text, with what can be picked beside. */
public record FoundPictures(List<AssetState> assets, boolean withThumbnails) {

    /** Nothing fits, and this is lacking: codes, each with its sentence. */
    public static SearchResponse nothing(String... notes) {
        SearchResponse.Builder answer = SearchResponse.newBuilder().setTotal(0).setTotalIsExact(true);
        for (int i = 0; i < notes.length; i += 2) {
            answer.addNotes(SearchNote.newBuilder().setCode(notes[i]).setDetail(notes[i + 1]));
        }
        return answer.build();
    }

    /** All of them. */
    public SearchResponse whole() {
        return page("", assets.size());
    }

    /** A page whose cursor is the index of its first hit. */
    public SearchResponse page(String cursor, int limit) {
        int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
        int to = Math.min(assets.size(), from + limit);
        SearchResponse.Builder answer = SearchResponse.newBuilder()
                .setTotal(assets.size())
                .setTotalIsExact(true)
                .setNextCursor(to < assets.size() ? Integer.toString(to) : "")
                .addNotes(SearchNote.newBuilder()
                        .setCode("no_model")
                        .setDetail("Only words were compared: no model for meanings is installed."));
        for (int i = from; i < to; i++) {
            answer.addHits(hit(assets.get(i), i + 1));
        }
        return from > 0
                ? answer.build()
                : answer.addFacets(facet(FacetName.FACET_NAME_LIBRARY, World.PICTURES, 9, World.AWAY, 3))
                        .addFacets(facet(FacetName.FACET_NAME_YEAR, "2024", 7, "2023", 3, "2019", 2))
                        .addFacets(facet(FacetName.FACET_NAME_CAMERA, "Canon EOS R5", 8, "FUJIFILM X100V", 4))
                        .addFacets(facet(FacetName.FACET_NAME_HAS_GPS, "true", 5, "false", 7))
                        .build();
    }

    private SearchHit hit(AssetState asset, int number) {
        SearchHit.Builder hit = SearchHit.newBuilder()
                .setContentHash(asset.getContentHash())
                .setLibraryId(World.PICTURES)
                .setPath(ByteString.copyFromUtf8("Holidays/harbour-%04d.jpg".formatted(number)))
                .setKind(asset.getKind())
                .setTakenAt(asset.getTakenAt().getAt())
                .setScore(1.0 / number)
                .addReasons(SearchReason.newBuilder()
                        .setField("name")
                        .setSnippet("harbour-%04d.jpg".formatted(number))
                        .addSpans(SnippetSpan.newBuilder().setEnd(7)))
                .addReasons(SearchReason.newBuilder()
                        .setField("text")
                        .setSnippet("… boats lie in the harbour in the evening, and the light is low …")
                        .addSpans(SnippetSpan.newBuilder().setStart(19).setEnd(26))
                        .addSpans(SnippetSpan.newBuilder().setStart(34).setEnd(41)));
        return (withThumbnails ? hit.addReadyRenditions("thumbnail") : hit).build();
    }

    private static Facet facet(FacetName name, Object... counts) {
        Facet.Builder facet = Facet.newBuilder().setName(name).setAssets(12);
        for (int i = 0; i < counts.length; i += 2) {
            facet.addCounts(FacetCount.newBuilder().setValue((String) counts[i]).setCount((Integer) counts[i + 1]));
        }
        return facet.build();
    }
}
