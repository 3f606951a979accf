package io.sluice.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator is told of messages that wait for another try. */
class BacklogIT {

    private final Node node = Node.passing(Servers.freshSchema());

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void theErrorOfATopicIsThatOfTheMessageThatIsTriedNext() {
        deferred(1, "a", "NOW(6) + INTERVAL 9 SECOND", "'internal'", "'later'");
        deferred(2, "b", "NOW(6) + INTERVAL 1 SECOND", "'file_unreadable'", "'next'");
        deferred(3, "b", "NULL", "NULL", "NULL");
        assertThat(new Backlog(node.transactions).recent().deferred())
                .singleElement()
                .satisfies(told -> {
                    assertThat(told.topic()).isEqualTo("t");
                    assertThat(told.count()).isEqualTo(3);
                    assertThat(told.lastErrorCode()).isEqualTo("file_unreadable");
                    assertThat(told.lastError()).isEqualTo("next");
                });
    }

    @Test
    void agesAreThoseOfTheMomentOfAskingThoughTheCountsAreKept() throws InterruptedException {
        deferred(1, "a", "NOW(6)", "'internal'", "'later'");
        Backlog backlog = new Backlog(node.transactions);
        double first = backlog.recent().deferred().getFirst().oldestSeconds();
        long asked = System.nanoTime();
        Thread.sleep(400);
        double second = backlog.recent().deferred().getFirst().oldestSeconds();
        double passed = (System.nanoTime() - asked) / 1e9;
        assertThat(second - first).isBetween(0.4, passed + 0.1);
    }

    private void deferred(int offset, String key, String due, String code, String error) {
        node.execute("INSERT INTO deferred_message (consumer_group, topic, record_key, partition_no, record_offset,"
                + " record_time, headers, due_at, error_code, error) VALUES ('g', 't', '" + key + "', 0, " + offset
                + ", 0, '', " + due + ", " + code + ", " + error + ")");
    }
}
