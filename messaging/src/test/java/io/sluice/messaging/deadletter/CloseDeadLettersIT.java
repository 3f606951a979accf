package io.sluice.messaging.deadletter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.Backlog;
import io.sluice.messaging.Node;
import io.sluice.messaging.Servers;
import io.sluice.messaging.deadletter.CloseDeadLetters.Closed;
import io.sluice.messaging.deadletter.CloseDeadLetters.End;
import io.sluice.messaging.deadletter.CloseDeadLetters.Wanted;
import io.sluice.messaging.deadletter.Redrive.Refused;

/** What a person says of dead letters: which are meant, how many at once, who said it, and that it is said once. */
class CloseDeadLettersIT {

    private final Node node = Node.passing(Servers.freshSchema());

    /** Refuses those whose key begins with no. */
    private final CloseDeadLetters closing = new CloseDeadLetters(
            node.transactions,
            List.of(new Redrive() {
                @Override
                public String source() {
                    return "work";
                }

                @Override
                public Map<String, Refused> redrive(Handle tx, List<Letter> letters) {
                    Map<String, Refused> refused = new HashMap<>();
                    letters.stream()
                            .filter(letter -> new String(letter.key(), US_ASCII).startsWith("no"))
                            .forEach(letter -> refused.put(letter.id(), new Refused(ErrorCode.NOT_FOUND, "gone")));
                    return refused;
                }
            }),
            node.metrics);

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void allOfAFilterAreClosedInStepsOfFiveHundred() {
        letters(1200, "image", "child_died", "k");
        letters(3, "video", "child_died", "k");
        List<Closed> answers = new ArrayList<>();
        do {
            answers.add(closing.close(End.ACKNOWLEDGED, Asked.origin("image"), "alice"));
        } while (answers.getLast().more());
        assertThat(answers)
                .extracting(Closed::closed, Closed::more)
                .containsExactly(tuple(500, true), tuple(500, true), tuple(200, false));
        assertThat(new Backlog(node.transactions).recent().deadLetters()).isEqualTo(3);
        assertThat(
                        node.number(
                                "SELECT COUNT(*) FROM dead_letter WHERE state = 'acknowledged' AND closed_by = 'alice' AND closed_at <= NOW(6)"))
                .isEqualTo(1200);
    }

    @Test
    void thoseThatCannotBeTriedAgainDoNotKeepTheOthersWaiting() {
        letters(700, "image", "child_died", "no");
        letters(10, "image", "child_died", "k");
        Closed answer = closing.close(End.REDRIVEN, Asked.origin("image"), "alice");
        assertThat(answer.closed()).isEqualTo(10);
        assertThat(answer.more()).isFalse();
        assertThat(answer.refused()).hasSize(500).containsValue(new Refused(ErrorCode.NOT_FOUND, "gone"));
        assertThat(node.number("SELECT COUNT(*) FROM dead_letter WHERE state = 'open'"))
                .isEqualTo(700);
    }

    @Test
    void filterMeansWhatFitsAllOfIt() {
        letters(2, "image", "child_died", "k");
        letters(2, "image", "internal", "k");
        letters(2, "video", "internal", "k");
        node.execute("UPDATE dead_letter SET created_at = NOW(6) - INTERVAL 1 DAY WHERE record_key = 'k1'");
        Wanted wanted = new Wanted(List.of(), "image", "internal", Instant.now().minusSeconds(60));
        assertThat(closing.close(End.REDRIVEN, wanted, "alice").closed()).isEqualTo(1);
        assertThat(node.row("SELECT origin, error_code FROM dead_letter WHERE state = 'redriven'"))
                .containsEntry("origin", "image")
                .containsEntry("error_code", "internal");
        assertThat(closing.close(End.ACKNOWLEDGED, new Wanted(List.of(), "", "internal", null), "alice")
                        .closed())
                .isEqualTo(3);
    }

    @Test
    void closedLetterStaysAsItIsAndAnUnknownOneIsRefused() {
        letters(2, "image", "child_died", "k");
        String[] ids = Asked.open(node);
        closing.close(End.REDRIVEN, Asked.ids(ids[0]), "alice");
        String end = "SELECT CONCAT_WS(' ', state, closed_at, closed_by) FROM dead_letter WHERE id = ?";
        String before = node.text(end, ids[0]);
        String unknown = UUID.randomUUID().toString();
        assertThat(closing.close(End.ACKNOWLEDGED, Asked.ids(ids[0], ids[1], ids[1], unknown), "bob"))
                .isEqualTo(new Closed(
                        1,
                        false,
                        Map.of(unknown, new Refused(ErrorCode.NOT_FOUND, "This service has no such letter"))));
        assertThat(node.text(end, ids[0]))
                .isEqualTo(before)
                .startsWith("redriven")
                .endsWith("alice");
    }

    @Test
    void commandThatMeansEverythingOrNobodyAsksIsRefused() {
        letters(1, "image", "child_died", "k");
        for (Wanted wanted : List.of(
                new Wanted(List.of(), "", "", null),
                new Wanted(List.of("x"), "image", "", null),
                new Wanted(Collections.nCopies(501, "x"), "", "", null))) {
            refused(wanted, "alice");
        }
        refused(Asked.origin("image"), " ");
        refused(Asked.origin("image"), "x".repeat(191));
        assertThat(Asked.open(node)).hasSize(1);
    }

    private void refused(Wanted wanted, String by) {
        assertThatThrownBy(() -> closing.close(End.ACKNOWLEDGED, wanted, by))
                .isInstanceOfSatisfying(CodedException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    void sameMessageIsOneLetterWhileThatIsOpenAndAnotherAfterwards() {
        DeadLetter letter = new DeadLetter(
                "message",
                "sluice.test.v1",
                new byte[] {1},
                new DeadLetter.Position(3, 77, 1_000),
                ErrorCode.INTERNAL,
                "because",
                1,
                new byte[] {2},
                new RecordHeaders());
        for (int round = 1; round <= 3; round++) {
            node.transactions.run(tx -> node.deadLetters.bury(tx, letter));
            node.transactions.run(tx -> node.deadLetters.bury(tx, letter));
            assertThat(node.number("SELECT COUNT(*) FROM dead_letter")).isEqualTo(round);
            closing.close(End.ACKNOWLEDGED, Asked.ids(Asked.open(node)), "alice");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'','','',4",
        "open,image,'',3",
        "open,'',internal,2",
        "open,image,internal,1",
        "redriven,'','',1",
        "acknowledged,'','',1",
        "all,'','',6",
        "all,image,'',5",
        "all,'',internal,3"
    })
    void listIsOfWhatWasAskedForInPages(String state, String origin, String code, int expected) {
        letters(3, "image", "child_died", "k");
        letters(1, "image", "internal", "k");
        letters(2, "video", "internal", "k");
        String[] ids = Asked.open(node);
        closing.close(End.REDRIVEN, Asked.ids(ids[0]), "alice");
        closing.close(End.ACKNOWLEDGED, Asked.ids(ids[5]), "alice");
        node.execute("UPDATE dead_letter SET origin = 'image' WHERE id = ?", ids[5]);
        List<String> paged = new ArrayList<>();
        List<LetterLists.Kept> page;
        do {
            page = node.letters.page(new LetterFilter(state, origin, code), 2, paged.isEmpty() ? "" : paged.getLast());
            page.forEach(kept -> paged.add(kept.id().toString()));
        } while (!page.isEmpty());
        assertThat(paged).hasSize(expected).doesNotHaveDuplicates().isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    void summaryCountsTheOpenOnesWithTheirAges() {
        letters(3, "image", "child_died", "k");
        letters(1, "video", "internal", "k");
        String[] ids = Asked.open(node);
        node.execute("UPDATE dead_letter SET cause = 'the newest' WHERE id = ?", ids[1]);
        closing.close(End.ACKNOWLEDGED, Asked.ids(ids[2]), "alice");
        assertThat(node.letters.summary())
                .extracting(
                        LetterLists.Counted::source,
                        LetterLists.Counted::origin,
                        LetterLists.Counted::code,
                        LetterLists.Counted::count,
                        LetterLists.Counted::cause)
                .containsExactly(
                        tuple("work", "image", ErrorCode.CHILD_DIED, 2L, "the newest"),
                        tuple("work", "video", ErrorCode.INTERNAL, 1L, "because"));
        assertThat(node.letters.summary())
                .allSatisfy(counted -> assertThat(counted.oldestAt()).isBeforeOrEqualTo(counted.newestAt()));
    }

    private void letters(int count, String origin, String code, String key) {
        node.transactions.run(tx -> {
            for (int i = 0; i < count; i++) {
                node.deadLetters.bury(
                        tx,
                        new DeadLetter(
                                "work",
                                origin,
                                (key + i).getBytes(US_ASCII),
                                null,
                                ErrorCode.of(code),
                                "because",
                                1,
                                null,
                                new RecordHeaders()));
            }
        });
    }
}
