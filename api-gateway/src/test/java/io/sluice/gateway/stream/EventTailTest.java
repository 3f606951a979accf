package io.sluice.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.sluice.gateway.stream.StreamClient.Telling;

/** Where clients are let in, and what they hear from there. */
class EventTailTest {

    private static final int QUEUE = 8;
    private static final int LEDGER = FollowedTopic.LEDGER.slotOf(0);
    private static final int ASSET = FollowedTopic.RENDITION.slotOf(5);

    private final AtomicInteger disconnects = new AtomicInteger();
    private EventTail tail;

    @BeforeEach
    void tailAtOffset100() {
        tail = new EventTail(new Config());
        for (int slot = 0; slot < FollowedTopic.slots(); slot++) {
            assertThat(tail.isReady()).isFalse();
            tail.begin(slot, 100);
        }
        assertThat(tail.isReady()).isTrue();
    }

    @Test
    void whoComesNewHearsOnlyWhatComesAfterwards() throws Exception {
        apply(LEDGER, 100, 101);
        StreamClient client = client();
        tail.attachAtEnd(client);
        assertThat(client.told().next(LEDGER)).isEqualTo(102);
        apply(LEDGER, 102, 102);
        apply(ASSET, 100, 100);
        assertThat(heard(client)).containsExactly("0:102", ASSET + ":100");
    }

    @Test
    void whoResumesHearsTheRestOfEveryPartitionOnce() throws Exception {
        apply(LEDGER, 100, 101);
        apply(ASSET, 100, 101);
        StreamClient client = client();
        assertThat(tail.attach(client, at(101, 100))).isTrue();
        apply(LEDGER, 102, 102);
        assertThat(heard(client)).containsExactly("0:101", ASSET + ":100", ASSET + ":101", "0:102");
        assertThat(client.told()).isEqualTo(at(103, 102));
    }

    @Test
    void everyEventHasThePlaceOfAllThatWasTold() throws Exception {
        StreamClient client = client();
        assertThat(tail.attach(client, at(100, 100))).isTrue();
        apply(ASSET, 100, 100);
        apply(LEDGER, 100, 100);
        apply(ASSET, 101, 101);
        assertThat(client.next(Duration.ZERO).at()).isEqualTo(at(100, 101));
        assertThat(client.next(Duration.ZERO).at()).isEqualTo(at(101, 101));
        tail.passed(LEDGER, 105);
        assertThat(client.next(Duration.ZERO).at())
                .as("nothing waits: also what is no event was told")
                .isEqualTo(at(105, 102));
    }

    @Test
    void whatIsNoLongerHereMustBeReadFromTheTopicFirst() {
        apply(ASSET, 100, 100);
        apply(LEDGER, 100, 100 + QUEUE);
        assertThat(tail.attach(client(), at(105, 100))).isFalse();
        assertThat(tail.attach(client(), at(104, 101))).isFalse();
        assertThat(tail.attach(client(), at(105, 101))).isTrue();
        assertThat(tail.hasReached(at(109, 101))).isTrue();
        assertThat(tail.hasReached(at(110, 101))).isFalse();
        assertThat(tail.hasReached(at(109, 102))).isFalse();
    }

    @Test
    void whoWasToldMoreByAnotherGatewayDoesNotHearItAgain() throws Exception {
        apply(LEDGER, 100, 101);
        StreamClient client = client();
        assertThat(tail.attach(client, at(104, 102))).isTrue();
        apply(LEDGER, 102, 105);
        apply(ASSET, 100, 102);
        assertThat(heard(client)).containsExactly("0:104", "0:105", ASSET + ":102");
    }

    @Test
    void whatAClientDoesNotWantTakesNoRoomAndMovesItsPlace() throws Exception {
        StreamClient client = client(new Wanted(Set.of(EventType.ASSET), null));
        tail.attachAtEnd(client);
        apply(LEDGER, 100, 100 + 3 * QUEUE);
        apply(ASSET, 100, 100);
        assertThat(client.next(Duration.ZERO).at()).isEqualTo(at(101 + 3 * QUEUE, 101));
        assertThat(client.wasCutOff()).isFalse();
    }

    @Test
    void whoHasNoRoomIsCutOffOnceAndHearsNothingMore() throws Exception {
        StreamClient client = client();
        tail.attachAtEnd(client);
        apply(LEDGER, 100, 100 + 2 * QUEUE);
        assertThat(client.wasCutOff()).isTrue();
        assertThat(client.hasEnded()).isTrue();
        assertThat(disconnects).hasValue(1);
        heard(client);
        assertThat(client.told().next(LEDGER))
                .as("the first that had no room was not told")
                .isEqualTo(100 + QUEUE);
    }

    @Test
    void theLagIsToldWhenItIsNotWhatTheClientKnows() throws Exception {
        tail.show(new KnownLag("aaaaaaaa", "{1}"));
        StreamClient anew = client();
        tail.attachAtEnd(anew);
        assertThat(anew.next(Duration.ZERO).json()).isEqualTo("{1}");
        assertThat(anew.told().lag()).isEqualTo("aaaaaaaa");
        StreamClient again = client();
        assertThat(tail.attach(again, anew.told())).isTrue();
        assertThat(again.next(Duration.ZERO)).as("it knows").isNull();
        tail.show(new KnownLag("aaaaaaaa", "{2}"));
        assertThat(again.next(Duration.ZERO)).as("only numbers changed").isNull();
        tail.show(new KnownLag("bbbbbbbb", "{3}"));
        tail.show(new KnownLag("cccccccc", "{4}"));
        Telling told = again.next(Duration.ZERO);
        assertThat(told.type()).isEqualTo(EventType.LAG);
        assertThat(told.json()).as("the newest alone").isEqualTo("{4}");
        assertThat(told.at()).isEqualTo(at(100, 100).withLag("cccccccc"));
        assertThat(again.next(Duration.ZERO)).isNull();
    }

    @Test
    void whoDoesNotWantTheLagKeepsWhatItKnows() throws Exception {
        StreamClient client = client(new Wanted(Set.of(EventType.LEDGER), null));
        assertThat(tail.attach(client, at(100, 100).withLag("aaaaaaaa"))).isTrue();
        tail.show(new KnownLag("bbbbbbbb", "{}"));
        assertThat(client.next(Duration.ZERO)).isNull();
        assertThat(client.told().lag()).isEqualTo("aaaaaaaa");
        StreamClient ofOne = client(new Wanted(Set.of(EventType.values()), "subject"));
        tail.attachAtEnd(ofOne);
        assertThat(ofOne.next(Duration.ZERO)).as("of one subject alone").isNull();
    }

    @Test
    void theEndWakesWhoeverWaitsAlsoWhoIsStillToldThePast() throws Exception {
        StreamClient client = client();
        tail.enter(client);
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return client.next(Duration.ofMinutes(5)) == null && client.hasEnded();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        tail.endAll();
        assertThat(waiting.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(tail.count()).isOne();
        tail.leave(client);
        assertThat(tail.count()).isZero();
    }

    @Test
    void lostEventsEndEveryoneSoThatTheyResumeByTheTopic() {
        apply(LEDGER, 100, 101);
        StreamClient client = client();
        tail.enter(client);
        tail.attachAtEnd(client);
        tail.begin(LEDGER, 102);
        assertThat(client.hasEnded()).as("nothing was lost").isFalse();
        tail.begin(LEDGER, 500);
        assertThat(client.hasEnded()).isTrue();
        assertThat(tail.attach(client(), at(102, 100))).isFalse();
        assertThat(tail.attach(client(), at(500, 100))).isTrue();
    }

    private void apply(int slot, long from, long to) {
        EventType type = slot == LEDGER ? EventType.LEDGER : EventType.ASSET;
        for (long offset = from; offset <= to; offset++) {
            tail.apply(new StreamedEvent(slot, offset, type, "subject", slot + ":" + offset));
        }
    }

    private static Position at(long ledger, long asset) {
        long[] next = new long[FollowedTopic.slots()];
        java.util.Arrays.fill(next, 100);
        next[LEDGER] = ledger;
        next[ASSET] = asset;
        return Position.of(next, Position.NO_LAG);
    }

    private StreamClient client() {
        return client(Wanted.everything());
    }

    private StreamClient client(Wanted wanted) {
        return new StreamClient(wanted, QUEUE, disconnects::incrementAndGet);
    }

    private static List<String> heard(StreamClient client) throws InterruptedException {
        List<String> heard = new ArrayList<>();
        for (Telling told = client.next(Duration.ZERO); told != null; told = client.next(Duration.ZERO)) {
            heard.add(told.json());
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
