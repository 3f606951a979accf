package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.contract.Topics;
import io.sluice.e2e.DroppingClient.Event;
import io.sluice.localstack.LocalStack;
import io.sluice.localstack.ServiceProcess;
import io.sluice.testsupport.TopicProbe;

/** A client whose connection is dropped over and over goes on at either of two gateway processes: no event is missed, none told twice. */
class EventsSystemTest {

    private static final int DROPS = 100;
    private static final int KILL_AT = 40;
    private static final int AFTER_THE_KILL = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final long seed = Long.getLong("sluice.test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    Path folder;

    @Test
    void aHundredDropsOverTwoGatewaysMissNothingAndTellNothingTwice() throws Exception {
        System.out.println("EventsSystemTest seed " + seed + " (-Dsluice.test.seed)");
        LocalStack[] started = new LocalStack[1];
        try (LocalStack stack = LocalStack.builder(folder.resolve("stack"))
                .services("gateway")
                .instances("gateway", 2)
                // Small, so that who was away for a second must be told from the topics.
                .setting("gateway", "sluice.gateway.events.queue", "120")
                .onProgress(line -> topicsOfTheOwners(line, started[0]))
                .prepare()) {
            started[0] = stack;
            stack.start();
            List<String> committed;
            try (DroppingClient client = new DroppingClient(stack.operatorKey())) {
                begin(client, stack);
                try (ToldRecords records = new ToldRecords(stack.kafka().bootstrapServers(), seed)) {
                    drop(client, stack, DROPS, KILL_AT);
                    stack.service("gateway", 1).awaitReady(PATIENCE);
                    drop(client, stack, AFTER_THE_KILL, -1);
                    records.close();
                    committed = records.committed();
                }
                assertThat(client.follow(
                                stack.service("gateway", 1).url(),
                                PATIENCE,
                                events -> events.size() >= committed.size()))
                        .isTrue();
                // Whatever would be told twice comes within this.
                client.follow(stack.service("gateway", 0).url(), Duration.ofSeconds(2), events -> false);
                judge(client.events(), committed);
                aGatewayThatStopsEndsItsStreams(client, stack);
            }
        }
    }

    /** No owner runs here: what they would make, as soon as there is a broker. */
    private static void topicsOfTheOwners(String progress, LocalStack stack) {
        if (progress.startsWith("Kafka ready")) {
            new TopicProbe(stack.kafka().bootstrapServers())
                    .create(Topics.SCANNER_LIBRARY, Topics.INGEST_LEDGER, Topics.MEDIA_RENDITION);
        }
    }

    /** From here on it has heard everything. */
    private static void begin(DroppingClient client, LocalStack stack) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (client.lastId().isEmpty()) {
            assertThat(System.nanoTime()).as("a gateway that follows").isLessThan(deadline);
            client.follow(stack.service("gateway", 0).url(), Duration.ofMillis(300), events -> false);
        }
    }

    private void drop(DroppingClient client, LocalStack stack, int times, int killAt) throws InterruptedException {
        for (int drops = 0; drops < times; ) {
            int gateway = random.nextInt(2);
            int heard = client.events().size();
            int wanted = random.nextInt(30);
            boolean byCount = random.nextBoolean();
            boolean answered = client.follow(
                    stack.service("gateway", gateway).url(),
                    Duration.ofMillis(random.nextInt(20, 250)),
                    events -> byCount && events.size() > heard + wanted);
            if (answered) {
                drops++;
                if (drops == killAt) {
                    stack.service("gateway", 1).kill();
                    stack.service("gateway", 1).start();
                }
            }
            if (random.nextInt(15) == 0) {
                // Away for long enough to be told from the topics.
                Thread.sleep(random.nextInt(1_500));
            }
        }
    }

    /** It waits up to 20 s for what it answers; for a stream that would be all of it, for each of them. */
    private static void aGatewayThatStopsEndsItsStreams(DroppingClient client, LocalStack stack) throws Exception {
        ServiceProcess gateway = stack.service("gateway", 0);
        AtomicBoolean answered = new AtomicBoolean();
        Thread following = Thread.ofPlatform().start(() -> {
            answered.set(client.follow(gateway.url(), Duration.ofMinutes(1), events -> false));
        });
        Thread.sleep(1_000);
        long start = System.nanoTime();
        gateway.stop(Duration.ofSeconds(60));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        following.join();
        assertThat(answered).isTrue();
    }

    private void judge(List<Event> events, List<String> committed) {
        assertThat(events).as("seed %d", seed).extracting(Event::name).containsOnly("ledger", "asset");
        assertThat(events)
                .extracting(event -> event.data().at("/reason").asText("")
                        + event.data().at("/payload/reason").asText(""))
                .as("nothing of an aborted transaction, seed %d", seed)
                .doesNotContain("aborted");
        Map<String, Integer> last = new HashMap<>();
        for (Event event : events) {
            String subject = subject(event);
            int step = step(event);
            assertThat(step)
                    .as("step of %s told by %s, seed %d", subject, event.gateway(), seed)
                    .isEqualTo(last.getOrDefault(subject, 0) + 1);
            last.put(subject, step);
        }
        assertThat(events.stream().map(event -> subject(event) + " " + step(event)))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(committed);
        Map<String, Long> by = events.stream().collect(Collectors.groupingBy(Event::gateway, Collectors.counting()));
        assertThat(by).as("both told some").hasSize(2);
        System.out.printf(
                "EventsSystemTest %d drops, %d events, by gateway %s%n",
                DROPS + AFTER_THE_KILL, events.size(), by.values());
    }

    private static String subject(Event event) {
        JsonNode data = event.data();
        return data.has("content_hash")
                ? data.get("content_hash").asText()
                : data.get("subject").asText();
    }

    private static int step(Event event) {
        return event.name().equals("asset")
                ? Integer.parseInt(event.data().get("profile").asText().replaceFirst(".*@", ""))
                : event.data().at("/payload/items_done").asInt();
    }
}
