package io.sluice.messaging.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.sluice.contract.CodedException;
import io.sluice.messaging.Node;
import io.sluice.messaging.Servers;

/** Law 1, where nothing else tells: an id is handled once, in the transaction of its effect. */
class InboxIT {

    private final String schema = Servers.freshSchema();
    private final Node node = Node.passing(schema);

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void anIdIsNewOnceAPurpose() {
        assertThat(first("group", "a")).isTrue();
        assertThat(first("group", "a")).isFalse();
        assertThat(first("another", "a")).isTrue();
        assertThat(first("group", "A")).isTrue();
        assertThat(first("group", "a ")).isTrue();
    }

    @Test
    void whatWasTakenBackWasNotHandled() {
        assertThatThrownBy(() -> node.in(tx -> {
                    assertThat(Inbox.firstTime(tx, "group", "a")).isTrue();
                    throw new IllegalStateException("taken back");
                }))
                .hasMessage("taken back");
        assertThat(first("group", "a")).isTrue();
    }

    @Test
    void anIdCountsWithinItsOwnTransaction() {
        node.in(tx -> {
            assertThat(Inbox.firstTime(tx, "group", "a")).isTrue();
            assertThat(Inbox.firstTime(tx, "group", "a")).isFalse();
            return true;
        });
    }

    @Test
    void ofTwoAtOnceOneWaitsAndLearnsThatItIsTheSecond() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        CompletableFuture<Boolean> one = CompletableFuture.supplyAsync(
                () -> node.in(tx -> {
                    boolean first = Inbox.firstTime(tx, "group", "a");
                    taken.countDown();
                    awaitQuietly(commit);
                    return first;
                }),
                Thread::startVirtualThread);
        taken.await();
        CompletableFuture<Boolean> two =
                CompletableFuture.supplyAsync(() -> first("group", "a"), Thread::startVirtualThread);
        // The server makes that table anew only for those who ask less often than every 100 ms.
        await().pollInterval(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(10))
                .until(() -> node.number(
                                "SELECT COUNT(*) FROM information_schema.innodb_trx" + " WHERE trx_state = 'LOCK WAIT'")
                        > 0);
        assertThat(two).isNotDone();
        commit.countDown();
        assertThat(one.get()).isTrue();
        assertThat(two.get()).isFalse();
    }

    @Test
    void anIdThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> first("group", "x".repeat(191)))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("190");
        assertThatThrownBy(() -> first("group", "")).isInstanceOf(CodedException.class);
        assertThat(first("group", "x".repeat(190))).isTrue();
    }

    @Test
    void whatIsOldEnoughGoesAndTheRestStays() {
        node.execute("INSERT INTO inbox (purpose, event_id, handled_at)"
                + " SELECT 'old', seq, NOW(6) - INTERVAL 31 DAY FROM seq_1_to_2500");
        node.execute(
                "INSERT INTO inbox (purpose, event_id, handled_at) VALUES ('young', 'a', NOW(6) - INTERVAL 29 DAY)");
        node.duties.start(new InboxPurge(node.transactions));
        await().atMost(Duration.ofSeconds(20)).until(() -> node.number("SELECT COUNT(*) FROM inbox") == 1);
        assertThat(first("young", "a")).isFalse();
    }

    private boolean first(String purpose, String id) {
        return node.in(tx -> Inbox.firstTime(tx, purpose, id));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
