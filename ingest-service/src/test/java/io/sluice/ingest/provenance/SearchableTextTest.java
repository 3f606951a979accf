package io.sluice.ingest.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class SearchableTextTest {

    @Test
    void textValuesAreLinesInTheirOrder() {
        assertThat(
                        of(
                                "{\"caption\":\"a  harbour\\nat dusk\",\"n\":7,\"tags\":[\"boats\",\"\",{\"x\":\"light\"}],\"y\":true}"))
                .isEqualTo(new SearchableText("a harbour at dusk\nboats\nlight", false));
    }

    @Test
    void whatStandsBeforeABreakIsText() {
        assertThat(of("{\"a\":\"one\",\"b\":\"two\",")).isEqualTo(new SearchableText("one\ntwo", false));
        assertThat(of("no json at all")).isEqualTo(new SearchableText("", false));
        assertThat(of("")).isEqualTo(new SearchableText("", false));
        assertThat(of("[".repeat(5000))).isEqualTo(new SearchableText("", false));
    }

    @Test
    void aLongTextIsCutBetweenCharacters() {
        SearchableText cut = of("[\"" + "ä€😀".repeat(60_000) + "\"]");
        assertThat(cut.truncated()).isTrue();
        byte[] bytes = cut.text().getBytes(StandardCharsets.UTF_8);
        assertThat(bytes.length).isBetween(SearchableText.MOST_BYTES - 8, SearchableText.MOST_BYTES);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(cut.text());

        SearchableText lines = of("[" + "\"line\",".repeat(100_000) + "\"end\"]");
        assertThat(lines.truncated()).isTrue();
        assertThat(lines.text().lines().count()).isEqualTo((SearchableText.MOST_BYTES) / 5L);
    }

    @Test
    void filesHaveTheirKinds() {
        assertThat(AnalysisFile.kindOf("photo.manifest.json")).isEqualTo("photo.manifest");
        assertThat(AnalysisFile.kindOf("photo.family.json")).isEqualTo("photo.family");
        assertThat(AnalysisFile.kindOf("photo.analysis")).isEqualTo("source_data:photo.analysis");
        assertThat(AnalysisFile.kindOf("other.json")).isEqualTo("source_data:other.json");
        assertThat(AnalysisFile.kindOf("ü".repeat(200)).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(190);
    }

    private static SearchableText of(String json) {
        return SearchableText.of(json.getBytes(StandardCharsets.UTF_8));
    }
}
