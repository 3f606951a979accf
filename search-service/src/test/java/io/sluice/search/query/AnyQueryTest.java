package io.sluice.search.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import io.sluice.contract.CodedException;
import io.sluice.contract.search.v1.SearchHit;
import io.sluice.contract.search.v1.SearchRequest;
import io.sluice.contract.search.v1.SearchResponse;
import io.sluice.search.Told;
import io.sluice.search.index.WrittenIndex;

/** Whatever is typed is a query, and pages of it hold together while others write. */
class AnyQueryTest {

    private static final String[] PIECES = {
        "harbour",
        "IMG_12",
        "\"",
        "-",
        "--",
        " ",
        "  ",
        "*",
        "(",
        ")",
        "[",
        "AND",
        "OR",
        "NOT",
        "a",
        "ä",
        "ß",
        "\0",
        "\t",
        "\n",
        "/",
        "\\",
        ":",
        "name:",
        "~2",
        "^9",
        "{",
        "}",
        "+",
        "?",
        "\ud83d\ude00",
        "\ud800",
        "漢字",
        "e\u0301",
        "\u202e",
        "2024-07",
        "MyHoliday",
        "<b>",
        "'; DROP",
        "“",
        "…",
        "x".repeat(300)
    };

    @Test
    void twentyThousandTextsAreAnswered() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        try (WrittenIndex index = new WrittenIndex()) {
            index.tell(assets(0, 300, random));
            long slowest = 0;
            for (int i = 0; i < 20_000; i++) {
                String query = text(random);
                long started = System.nanoTime();
                try {
                    SearchResponse answer = index.search(SearchRequest.newBuilder()
                            .setQuery(wellFormed(query))
                            .setLimit(1 + random.nextInt(20))
                            .build());
                    for (SearchHit hit : answer.getHitsList()) {
                        assertThat(hit.getReasonsList()).allSatisfy(reason -> assertThat(reason.getSpansList())
                                .allSatisfy(span -> assertThat(span.getEnd())
                                        .isLessThanOrEqualTo(reason.getSnippet().length())));
                    }
                } catch (RuntimeException e) {
                    throw new AssertionError("seed " + seed + " query <" + query + ">", e);
                }
                slowest = Math.max(slowest, System.nanoTime() - started);
            }
            assertThat(slowest).as("nanoseconds of the slowest, seed " + seed).isLessThan(5_000_000_000L);
        }
    }

    @Test
    void pagesNeitherRepeatNorLeaveOutWhileOthersComeAndGo() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        try (WrittenIndex index = new WrittenIndex()) {
            index.tell(assets(0, 500, random));
            for (String query : List.of("harbour", "", "img", "harbour letter", "photo -dusk")) {
                SearchRequest.Builder request =
                        SearchRequest.newBuilder().setQuery(query).setLimit(500);
                List<String> whole = WrittenIndex.hashes(index.search(request.build()));
                List<String> paged = new ArrayList<>();
                Set<String> strangers = new HashSet<>();
                String cursor = "";
                int round = 0;
                do {
                    SearchResponse page =
                            index.search(request.setLimit(7).setCursor(cursor).build());
                    paged.addAll(WrittenIndex.hashes(page));
                    cursor = page.getNextCursor();
                    // Comers change every statistic of the index; they go again before the next query.
                    int from = 100_000 + 50 * round++;
                    index.tell(assets(from, 20, random));
                    for (int i = 0; i < 20; i++) {
                        strangers.add(Told.hash(from + i));
                    }
                } while (!cursor.isEmpty());
                assertThat(paged).as("seed " + seed + " <" + query + ">").doesNotHaveDuplicates();
                paged.removeAll(strangers);
                assertThat(paged).as("seed " + seed + " <" + query + ">").isEqualTo(whole);
                index.tell(strangers.stream()
                        .map(hash -> Told.purge(io.sluice.contract.Topics.INGEST_ASSET, hash))
                        .toList());
            }
        }
    }

    @Test
    void aCursorBelongsToItsSearch() {
        try (WrittenIndex index = new WrittenIndex()) {
            index.tell(assets(0, 30, new Random(1)));
            SearchResponse page =
                    index.search(SearchRequest.newBuilder().setLimit(5).build());
            assertThat(refused(index, page.getNextCursor(), "another")).contains("another search");
            for (String cursor : List.of("x", "AAAA", "!", page.getNextCursor().substring(2))) {
                assertThat(refused(index, cursor, "")).startsWith("cursor:");
            }
        }
    }

    private static String refused(WrittenIndex index, String cursor, String query) {
        try {
            index.search(
                    SearchRequest.newBuilder().setQuery(query).setCursor(cursor).build());
            throw new AssertionError("taken: " + cursor);
        } catch (CodedException refused) {
            return refused.getMessage();
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> assets(int from, int count, Random random) {
        String[] words = {"harbour", "dusk", "letter", "IMG_12", "MyHoliday", "photo", "zürich"};
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            String name = words[random.nextInt(words.length)] + " " + words[random.nextInt(words.length)] + i + ".jpg";
            records.add(Told.record(Told.asset(i, 1, words[random.nextInt(words.length)] + "/" + name)));
            records.add(Told.text(i, 1, "photo.analysis", "A " + words[random.nextInt(words.length)] + " in the sun"));
        }
        return records;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(random.nextInt(20) == 0 ? 400 : 12);
        for (int i = 0; i < pieces; i++) {
            text.append(
                    random.nextInt(4) == 0
                            ? Character.toString(random.nextInt(0xd7ff))
                            : PIECES[random.nextInt(PIECES.length)]);
            text.append(random.nextBoolean() ? " " : "");
        }
        return text.toString();
    }

    /** On the wire a query is UTF-8. */
    private static String wellFormed(String text) {
        return new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
    }
}
