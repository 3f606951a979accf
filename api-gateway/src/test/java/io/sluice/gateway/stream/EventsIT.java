package io.sluice.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.JobMoved;
import io.sluice.gateway.world.Bundles;
import io.sluice.gateway.world.EventClient;
import io.sluice.gateway.world.EventClient.Event;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** The ledger's topic as a stream of events, from a real broker. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class EventsIT {

    private static final String KEY = "Bearer " + World.bootstrapKey();
    private static final TopicPartition TOPIC = new TopicPartition(Topics.INGEST_LEDGER.name(), 0);

    private final List<AutoCloseable> opened = new ArrayList<>();

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @BeforeEach
    void readerAtTheEnd() {
        World.empty();
        EventClient.awaitReady();
    }

    @AfterEach
    void nobodyIsLeftBehind() throws Exception {
        for (AutoCloseable client : opened) {
            client.close();
        }
        Awaitility.await("clients are let go of").atMost(Duration.ofSeconds(10)).until(() -> clients() == 0);
    }

    @Test
    void whatHappensIsToldAtOnceWithItsPlace() {
        EventClient client = open("");
        long offset = tell(Bundles.REFERENCE, 43);
        Event event = client.await(1).getFirst();
        assertThat(event.name()).isEqualTo("ledger");
        assertThat(next(event.id())).isEqualTo(offset + 1);
        assertThat(event.data().get("event_type").asText()).isEqualTo("job_progress");
        assertThat(event.data().get("subject").asText()).isEqualTo(Bundles.REFERENCE);
        assertThat(event.data().at("/payload/items_done").asInt()).isEqualTo(43);
        assertThat(event.data().at("/payload/items_total").asInt()).isEqualTo(89);
        assertThat(clients()).isEqualTo(1);
    }

    @Test
    void aBrowserFollowsWithItsCookie() {
        String cookie = Rest.anonymous()
                .post("/api/v1/session", "{\"key\":\"" + World.bootstrapKey() + "\"}")
                .header("Set-Cookie");
        EventClient client =
                keep(EventClient.open("?types=ledger", "Cookie", cookie.substring(0, cookie.indexOf(';'))));
        tell(Bundles.REFERENCE, 1);
        client.await(1);
    }

    @Test
    void aFilterLeavesOutTheRestButMovesOn() {
        EventClient client = open("&subject=" + Bundles.SECOND);
        tell(Bundles.SECOND, 1);
        long last = tell(Bundles.REFERENCE, 2);
        Awaitility.await("the place moves with a heartbeat")
                .atMost(Duration.ofSeconds(10))
                .until(() -> next(client.lastId()) > last);
        assertThat(client.comments()).isPositive();
        assertThat(done(client)).containsExactly(1);
    }

    @Test
    void whoComesAgainHearsWhatWasMissedOnceAndInOrder() {
        String place = place();
        for (int done = 1; done <= 5; done++) {
            tell(Bundles.REFERENCE, done);
        }
        EventClient client = open("", "Last-Event-ID", place);
        client.await(5);
        tell(Bundles.REFERENCE, 6);
        client.await(6);
        assertThat(done(client)).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void whoWasAwayForLongHearsItFromTheTopic() {
        String place = place();
        tellMany(1, 150, "");
        EventClient client = open("", "Last-Event-ID", place);
        tellMany(151, 160, "");
        client.await(160);
        assertThat(done(client))
                .containsExactlyElementsOf(
                        java.util.stream.IntStream.rangeClosed(1, 160).boxed().toList());
        assertThat(client.events()).allSatisfy(event -> assertThat(event.name()).isEqualTo("ledger"));
    }

    @Test
    void whoIsAheadOfTheTopicIsReset() {
        tell(Bundles.REFERENCE, 1);
        String ahead = place().replaceFirst("^l[0-9]+", "l900000000");
        EventClient client = open("", "Last-Event-ID", ahead);
        assertThat(client.await(1).getFirst().name()).isEqualTo("reset");
        assertThat(client.events().getFirst().data().get("reason").asText()).isEqualTo("ahead");
        long after = tell(Bundles.REFERENCE, 2);
        assertThat(next(client.await(2).get(1).id())).isEqualTo(after + 1);
    }

    @Test
    void whoIsOlderThanTheTopicIsReset() throws Exception {
        String place = place();
        long first = tell(Bundles.REFERENCE, 1);
        tellMany(2, 60, "");
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.deleteRecords(Map.of(TOPIC, RecordsToDelete.beforeOffset(first + 30)))
                    .all()
                    .get();
        }
        EventClient client = open("", "Last-Event-ID", place);
        Event reset = client.await(1).getFirst();
        assertThat(reset.name()).isEqualTo("reset");
        assertThat(reset.data().get("reason").asText()).isEqualTo("too old");
        tell(Bundles.REFERENCE, 61);
        assertThat(client.await(2).get(1).data().at("/payload/items_done").asInt())
                .isEqualTo(61);
    }

    @Test
    void aRecordThatCannotBeReadStopsNobody() {
        EventClient client = open("");
        produce(new ProducerRecord<>(TOPIC.topic(), "x".getBytes(UTF_8), new byte[] {(byte) 0xff}));
        tell(Bundles.REFERENCE, 7);
        client.await(1);
        assertThat(done(client)).containsExactly(7);
    }

    @Test
    void aClientThatDoesNotKeepUpIsCutOffAndOthersAreNot() throws Exception {
        EventClient quick = open("");
        double before = meter("sluice_gateway_events_cut_off_total");
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress("127.0.0.1", Rest.port()));
            slow.getOutputStream()
                    .write(("GET /api/v1/events?types=ledger HTTP/1.1\r\nHost: x\r\nAuthorization: " + KEY + "\r\n\r\n")
                            .getBytes(UTF_8));
            InputStream in = slow.getInputStream();
            assertThat(in.read()).as("it has begun").isPositive();
            int told = 0;
            for (int round = 0; round < 40 && meter("sluice_gateway_events_cut_off_total") == before; round++) {
                tellMany(told + 1, told + 10, "r".repeat(60_000));
                told += 10;
                quick.await(told);
            }
            assertThat(meter("sluice_gateway_events_cut_off_total")).isEqualTo(before + 1);
            slow.setSoTimeout(10_000);
            String heard = new String(in.readAllBytes(), UTF_8);
            EventClient again = open("", "Last-Event-ID", lastWhole(heard));
            int total = told;
            Awaitility.await("the rest").atMost(Duration.ofSeconds(20)).until(() -> done(again)
                    .contains(total));
            assertThat(done(again))
                    .as("from where it was cut off, without a gap")
                    .isEqualTo(java.util.stream.IntStream.rangeClosed(
                                    total - again.events().size() + 1, total)
                            .boxed()
                            .toList());
            assertThat(heard)
                    .contains("\"items_done\":" + (total - again.events().size()) + ",");
        }
        assertThat(quick.isOpen()).isTrue();
        assertThat(clients()).isEqualTo(2);
    }

    @Test
    void asManyAsAreServedAndNoMore() {
        for (int i = 0; i < 5; i++) {
            open("");
        }
        Rest.Answer refused = Rest.withKey(World.bootstrapKey()).get("/api/v1/events");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().get("code").asText()).isEqualTo("too_many_requests");
    }

    private EventClient open(String query, String... headers) {
        List<String> all = new ArrayList<>(List.of("Authorization", KEY));
        all.addAll(List.of(headers));
        return keep(EventClient.open("?types=ledger" + query, all.toArray(String[]::new)));
    }

    /** Of who has heard all up to now, and goes. */
    private static String place() {
        try (EventClient client = EventClient.open("?types=ledger", "Authorization", KEY)) {
            return client.awaitPlace();
        }
    }

    /** The offset of the ledger's topic that comes next after an id. */
    private static long next(String id) {
        return Long.parseLong(id.substring(1, id.indexOf('.')));
    }

    private EventClient keep(EventClient client) {
        opened.add(client);
        return client;
    }

    private static List<Integer> done(EventClient client) {
        return client.events().stream()
                .map(event -> event.data().at("/payload/items_done").asInt())
                .toList();
    }

    private static long tell(String subject, int done) {
        return produce(progress(subject, done, ""));
    }

    private static void tellMany(int from, int to, String reason) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int done = from; done <= to; done++) {
            records.add(progress(Bundles.REFERENCE, done, reason));
        }
        SluiceInfra.topics().produceAll(records);
    }

    private static long produce(ProducerRecord<byte[], byte[]> record) {
        return SluiceInfra.topics().produce(record).offset();
    }

    private static ProducerRecord<byte[], byte[]> progress(String subject, int done, String reason) {
        return new ProducerRecord<>(
                TOPIC.topic(),
                subject.getBytes(UTF_8),
                Bundles.entry(subject, "job_progress")
                        .setJob(JobMoved.newBuilder()
                                .setItemsDone(done)
                                .setItemsTotal(89)
                                .setReason(reason))
                        .build()
                        .toByteArray());
    }

    private static int clients() {
        return (int) meter("sluice_gateway_events_clients");
    }

    private static double meter(String name) {
        return Rest.anonymous()
                .get("/q/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** The id of the last event of which everything came. */
    private static String lastWhole(String heard) {
        String whole = heard.substring(0, heard.lastIndexOf("\n\n"));
        int at = whole.lastIndexOf("id: ");
        return whole.substring(at + 4, whole.indexOf('\n', at));
    }
}
