package io.sluice.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.Topics;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.contract.scanner.v1.LibraryHealth;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.contract.scanner.v1.ScanDigest;
import io.sluice.gateway.world.Bundles;
import io.sluice.gateway.world.EventClient;
import io.sluice.gateway.world.EventClient.Event;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** What is told of assets and libraries, who hears of which, and that one id is a place in all of them. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class EventTypesIT {

    private static final String KEY = "Bearer " + World.bootstrapKey();
    private static final String THREE = "?types=ledger,asset,library";

    private final List<EventClient> opened = new ArrayList<>();
    private final String library = UUID.randomUUID().toString();
    private long version;

    @BeforeEach
    void readersAtTheEnd() {
        World.empty();
        EventClient.awaitReady();
    }

    @AfterEach
    void nobodyIsLeftBehind() {
        opened.forEach(EventClient::close);
        Awaitility.await("clients are let go of")
                .atMost(Duration.ofSeconds(10))
                .until(() -> meter("sluice_gateway_events_clients") == 0);
    }

    @Test
    void renditionsThatAreReadyOrWillNotBeAreToldAndNothingElse() {
        EventClient client = open("?types=asset");
        rendition(1, "thumbnail", RenditionLifecycle.RENDITION_LIFECYCLE_PENDING, "");
        rendition(1, "thumbnail", RenditionLifecycle.RENDITION_LIFECYCLE_READY, "");
        rendition(2, "hls", RenditionLifecycle.RENDITION_LIFECYCLE_UNSUPPORTED, "The film has no picture.");
        SluiceInfra.topics().produce(new ProducerRecord<>(Topics.MEDIA_RENDITION.name(), key(2, "hls"), null));
        rendition(2, "poster", RenditionLifecycle.RENDITION_LIFECYCLE_FAILED, "The decoder died.");
        List<Event> events = client.await(3);
        assertThat(events).extracting(Event::name).containsOnly("asset");
        assertThat(events.getFirst().data().get("content_hash").asText()).isEqualTo(hex(1));
        assertThat(events.getFirst().data().get("rendition").asText()).isEqualTo("thumbnail");
        assertThat(events.getFirst().data().get("profile").asText()).isEqualTo("thumbnail@1");
        assertThat(events.getFirst().data().get("state").asText()).isEqualTo("ready");
        assertThat(events.getFirst().data().get("reason").isNull()).isTrue();
        assertThat(events.get(1).data().get("state").asText()).isEqualTo("unsupported");
        assertThat(events.get(1).data().get("reason").asText()).isEqualTo("The film has no picture.");
        assertThat(events.get(2).data().get("state").asText()).isEqualTo("failed");
        assertThat(client.events()).hasSize(3);
    }

    @Test
    void aLibraryIsToldWhenAnObserverSeesADifference() {
        EventClient client = open("?types=library");
        library("Harbour", HealthState.HEALTH_STATE_ONLINE, "", false);
        library("Harbour", HealthState.HEALTH_STATE_ONLINE, "", true);
        library("Harbour", HealthState.HEALTH_STATE_STALE, "The disk is not mounted. Plug it in.", true);
        library("Harbour", HealthState.HEALTH_STATE_STALE, "The disk is not mounted. Plug it in.", false);
        library("Old harbour", HealthState.HEALTH_STATE_ONLINE, "", false);
        List<Event> events = client.await(3);
        assertThat(events)
                .extracting(event -> event.data().get("name").asText() + " "
                        + event.data().at("/health/state").asText())
                .containsExactly("Harbour online", "Harbour stale", "Old harbour online");
        assertThat(events.get(1).data().get("id").asText()).isEqualTo(library);
        assertThat(events.get(1).data().at("/health/reason").asText()).contains("Plug it in");
    }

    @Test
    void oneIdIsAPlaceInAllTopicsWhetherTheTailHasItOrNot() {
        String place = place();
        EventClient present = open(THREE);
        tellOneOfEach(1);
        present.await(3);
        assertThat(names(open(THREE, "Last-Event-ID", place).await(3)))
                .as("from the tail")
                .containsExactlyInAnyOrder("ledger", "asset", "library");
        // More than the tail keeps, so that the topics must be read.
        for (int i = 0; i < 30; i++) {
            rendition(10 + i, "thumbnail", RenditionLifecycle.RENDITION_LIFECYCLE_READY, "");
        }
        present.await(33);
        EventClient late = open(THREE, "Last-Event-ID", place);
        tellOneOfEach(2);
        late.await(36);
        present.await(36);
        assertThat(told(late.events()))
                .as("as who never left")
                .containsExactlyInAnyOrderElementsOf(told(present.events()));
        String middle = present.events().get(1).id();
        assertThat(told(open(THREE, "Last-Event-ID", middle).await(34)))
                .as("after any event, what was not told before it")
                .containsExactlyInAnyOrderElementsOf(told(present.events().subList(2, 36)));
    }

    @Test
    void whatIsNotWantedMovesThePlaceAllTheSame() {
        EventClient client = open("?types=library");
        String place = client.awaitPlace();
        rendition(3, "thumbnail", RenditionLifecycle.RENDITION_LIFECYCLE_READY, "");
        Awaitility.await("a heartbeat with the new place")
                .atMost(Duration.ofSeconds(10))
                .until(() -> !assets(client.lastId()).equals(assets(place)));
        EventClient again = open("?types=asset", "Last-Event-ID", client.lastId());
        rendition(4, "thumbnail", RenditionLifecycle.RENDITION_LIFECYCLE_READY, "");
        assertThat(again.await(1).getFirst().data().get("content_hash").asText())
                .isEqualTo(hex(4));
        assertThat(client.events()).isEmpty();
    }

    @Test
    void aSubjectCanBeAnAssetOrALibrary() {
        EventClient asset = open("?subject=" + hex(5));
        EventClient ofLibrary = open("?subject=" + library);
        tellOneOfEach(5);
        rendition(6, "thumbnail", RenditionLifecycle.RENDITION_LIFECYCLE_READY, "");
        assertThat(names(asset.await(1))).containsExactly("asset");
        assertThat(names(ofLibrary.await(1))).containsExactly("library");
    }

    @Test
    void aPlaceOfAnEarlierReleaseIsResetAndCounted() {
        double before = meter("sluice_gateway_events_resets_total");
        EventClient client = open(THREE, "Last-Event-ID", "4711");
        Event reset = client.await(1).getFirst();
        assertThat(reset.name()).isEqualTo("reset");
        assertThat(reset.data().get("reason").asText()).isEqualTo("too old");
        assertThat(Position.parse(reset.id())).isPresent();
        assertThat(meter("sluice_gateway_events_resets_total")).isEqualTo(before + 1);
        double sent = meter("sluice_gateway_events_sent_total{type=\"asset\"}");
        tellOneOfEach(7);
        client.await(4);
        assertThat(meter("sluice_gateway_events_sent_total{type=\"asset\"}")).isEqualTo(sent + 1);
    }

    @Test
    void eachEventHasTheFormThatTheContractShows() {
        JsonNode contract = Rest.anonymous().get("/q/openapi?format=json").json();
        JsonNode forms =
                contract.at("/paths/~1api~1v1~1events/get/responses/200/content/text~1event-stream/x-sluice-events");
        EventClient client = open("", "Last-Event-ID", "4711");
        client.await(1);
        tellOneOfEach(8);
        Awaitility.await("one of each").atMost(Duration.ofSeconds(30)).until(() -> Set.copyOf(names(client.events()))
                .equals(Set.of("reset", "ledger", "asset", "library", "lag")));
        for (Event event : client.events()) {
            JsonNode form =
                    contract.at(forms.at("/" + event.name() + "/$ref").asText().substring(1));
            assertThat(event.data().properties().stream().map(Map.Entry::getKey))
                    .as(event.name())
                    .containsExactlyInAnyOrderElementsOf(form.get("properties").properties().stream()
                            .map(Map.Entry::getKey)
                            .toList());
        }
        assertThat(forms.size()).isEqualTo(EventType.values().length + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "l1", "-1", "l1.a2.h3.g%", "9999999999999999999", "l1..g", "L1.a2"})
    void aPlaceThatIsNoneIsRefusedWithTheCure(String id) {
        Rest.Answer refused =
                Rest.withKey(World.bootstrapKey()).header("Last-Event-ID", id).get("/api/v1/events");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.json().at("/errors/0/parameter").asText()).isEqualTo("last_event_id");
        assertThat(refused.json().at("/errors/0/detail").asText()).contains("leave it out");
    }

    @Test
    void aTypeThatThereIsNotIsRefused() {
        Rest.Answer refused = Rest.withKey(World.bootstrapKey()).get("/api/v1/events?types=asset,weather");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/detail").asText()).contains("ledger, asset, library, lag");
    }

    private void tellOneOfEach(int number) {
        SluiceInfra.topics()
                .produce(new ProducerRecord<>(
                        Topics.INGEST_LEDGER.name(),
                        Bundles.REFERENCE.getBytes(UTF_8),
                        Bundles.entry(Bundles.REFERENCE, "scan").build().toByteArray()));
        rendition(number, "thumbnail", RenditionLifecycle.RENDITION_LIFECYCLE_READY, "");
        library("Harbour " + number, HealthState.HEALTH_STATE_ONLINE, "", false);
    }

    /** All of one asset lie in one partition, and so are told in their order. */
    private static void rendition(int asset, String name, RenditionLifecycle lifecycle, String reason) {
        SluiceInfra.topics()
                .produce(new ProducerRecord<>(
                        Topics.MEDIA_RENDITION.name(),
                        0,
                        key(asset, name),
                        RenditionState.newBuilder()
                                .setContentHash(ByteString.fromHex(hex(asset)))
                                .setVersion(1)
                                .setName(name)
                                .setProfileVersion(1)
                                .setLifecycle(lifecycle)
                                .setReason(reason)
                                .build()
                                .toByteArray()));
    }

    private void library(String name, HealthState health, String reason, boolean scanned) {
        LibraryState.Builder state = LibraryState.newBuilder()
                .setLibraryId(library)
                .setVersion(++version)
                .setName(name)
                .setMount("home")
                .setHealth(LibraryHealth.newBuilder()
                        .setState(health)
                        .setReason(reason)
                        .setSince(Timestamps.fromSeconds(1_700_000_000)));
        if (scanned) {
            state.setLastFullScan(
                    ScanDigest.newBuilder().setScanId(UUID.randomUUID().toString()));
        }
        SluiceInfra.topics()
                .produce(new ProducerRecord<>(
                        Topics.SCANNER_LIBRARY.name(),
                        library.getBytes(UTF_8),
                        state.build().toByteArray()));
    }

    private EventClient open(String query, String... headers) {
        List<String> all = new ArrayList<>(List.of("Authorization", KEY));
        all.addAll(List.of(headers));
        EventClient client = EventClient.open(query, all.toArray(String[]::new));
        opened.add(client);
        return client;
    }

    /** Of who has heard all up to now, and goes. */
    private static String place() {
        try (EventClient client = EventClient.open(THREE, "Authorization", KEY)) {
            return client.awaitPlace();
        }
    }

    private static byte[] key(int asset, String name) {
        return (hex(asset) + "/" + name).getBytes(UTF_8);
    }

    private static String hex(int asset) {
        return "%064x".formatted(asset);
    }

    private static List<String> names(List<Event> events) {
        return events.stream().map(Event::name).toList();
    }

    private static List<String> told(List<Event> events) {
        return events.stream().map(event -> event.name() + event.data()).toList();
    }

    /** The part of an id that is of assets. */
    private static String assets(String id) {
        return id.split("\\.")[1];
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
}
