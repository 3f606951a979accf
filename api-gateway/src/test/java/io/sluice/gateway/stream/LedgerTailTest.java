package io.sluice.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.sluice.gateway.stream.LedgerTail.Place;

/** Where clients are let in, and what they hear from there. */
class LedgerTailTest {

    private static final int QUEUE = 8;

    private final AtomicInteger disconnects = new AtomicInteger();
    private LedgerTail tail;

    @BeforeEach
    void tailAtOffset100() {
        tail = new LedgerTail(new Config());
        assertThat(tail.isReady()).isFalse();
        tail.begin(100);
        assertThat(tail.isReady()).isTrue();
    }

    @Test
    void whoComesNewHearsOnlyWhatComesAfterwards() throws Exception {
        apply(100, 101);
        StreamClient client = client(null);
        tail.attachAtEnd(client);
        assertThat(client.told()).isEqualTo(101);
        apply(102, 103);
        assertThat(heard(client)).containsExactly(102L, 103L);
    }

    @Test
    void whoResumesHearsTheRestOnce() throws Exception {
        apply(100, 103);
        StreamClient client = client(null);
        assertThat(tail.attachAfter(client, 101)).isEqualTo(Place.ATTACHED);
        apply(104, 104);
        assertThat(heard(client)).containsExactly(102L, 103L, 104L);
    }

    @Test
    void whatIsNoLongerHereMustBeReadFromTheTopicFirst() {
        apply(100, 100 + QUEUE);
        assertThat(tail.attachAfter(client(null), 99)).isEqualTo(Place.BEFORE);
        assertThat(tail.attachAfter(client(null), 103)).isEqualTo(Place.BEFORE);
        assertThat(tail.attachAfter(client(null), 104)).isEqualTo(Place.ATTACHED);
        assertThat(tail.attachAfter(client(null), 109)).isEqualTo(Place.AHEAD);
    }

    @Test
    void aPlaceBetweenEventsIsAsGoodAsAny() {
        apply(100, 101);
        // A commit marker of a transaction takes an offset and is no event.
        tail.passed(103);
        assertThat(tail.attachAfter(client(null), 102)).isEqualTo(Place.ATTACHED);
        assertThat(tail.attachAfter(client(null), 103)).isEqualTo(Place.AHEAD);
    }

    @Test
    void whoWasToldMoreByAnotherGatewayDoesNotHearItAgain() throws Exception {
        apply(100, 101);
        StreamClient client = client(null);
        tail.attachAnywhere(client, 103);
        apply(102, 105);
        assertThat(heard(client)).containsExactly(104L, 105L);
    }

    @Test
    void whatAClientDoesNotWantTakesNoRoom() throws Exception {
        StreamClient client = client("wanted");
        tail.attachAtEnd(client);
        apply(100, 100 + 3 * QUEUE);
        assertThat(client.told()).isEqualTo(100 + 3 * QUEUE);
        assertThat(heard(client)).isEmpty();
        assertThat(client.wasCutOff()).isFalse();
    }

    @Test
    void whoHasNoRoomIsCutOffOnceAndHearsNothingMore() {
        StreamClient client = client(null);
        tail.attachAtEnd(client);
        apply(100, 100 + 2 * QUEUE);
        assertThat(client.wasCutOff()).isTrue();
        assertThat(client.hasEnded()).isTrue();
        assertThat(disconnects).hasValue(1);
        assertThat(client.told()).as("the first that had no room was not told").isEqualTo(99 + QUEUE);
    }

    @Test
    void theEndWakesWhoeverWaits() throws Exception {
        StreamClient client = client(null);
        tail.attachAtEnd(client);
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return client.next(Duration.ofMinutes(5)) == null && client.hasEnded();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        tail.endAll();
        assertThat(waiting.get(5, TimeUnit.SECONDS)).isTrue();
        tail.leave(client);
        assertThat(tail.count()).isZero();
    }

    @Test
    void lostEventsEndEveryoneSoThatTheyResumeByTheTopic() {
        apply(100, 101);
        StreamClient client = client(null);
        tail.attachAtEnd(client);
        tail.begin(102);
        assertThat(client.hasEnded()).as("nothing was lost").isFalse();
        tail.begin(500);
        assertThat(client.hasEnded()).isTrue();
        assertThat(tail.attachAfter(client(null), 101)).isEqualTo(Place.BEFORE);
    }

    private void apply(long from, long to) {
        for (long offset = from; offset <= to; offset++) {
            tail.apply(new StreamedEvent(offset, "subject", "{}"));
        }
    }

    private StreamClient client(String subject) {
        return new StreamClient(subject, QUEUE, disconnects::incrementAndGet);
    }

    private static List<Long> heard(StreamClient client) throws InterruptedException {
        List<Long> heard = new ArrayList<>();
        for (StreamedEvent event = client.next(Duration.ZERO); event != null; event = client.next(Duration.ZERO)) {
            heard.add(event.offset());
        }
        return heard;
    }

    private record Config() implements EventsConfig {
        @Override
        public Duration heartbeat() {
            return Duration.ofSeconds(15);
        }

        @Override
        public Duration longest() {
            return Duration.ofMinutes(5);
        }

        @Override
        public int queue() {
            return QUEUE;
        }

        @Override
        public int clients() {
            return 10;
        }
    }
}
