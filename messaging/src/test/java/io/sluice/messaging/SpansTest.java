package io.sluice.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;

class SpansTest {

    private static final AttributeKey<List<String>> KEYS = AttributeKey.stringArrayKey("sluice.keys");

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();

    @BeforeEach
    void trace() {
        GlobalOpenTelemetry.resetForTest();
        OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exported))
                        .build())
                .buildAndRegisterGlobal();
    }

    @AfterEach
    void traceNoMore() {
        GlobalOpenTelemetry.resetForTest();
    }

    @Test
    void whatIsToldWithinASpanNamesItAndLinksBackToIt() {
        String[] told = new String[1];
        Spans.worked("hash", List.of("file-1"), () -> told[0] = Spans.traceparent());
        Spans.processed("media.asset", poll(List.of(record("asset-1", told[0]))), () -> {});

        SpanData work = span("work hash");
        assertThat(told[0]).isEqualTo("00-" + work.getTraceId() + "-" + work.getSpanId() + "-01");
        SpanData poll = span("process topic");
        assertThat(poll.getTraceId()).isNotEqualTo(work.getTraceId());
        assertThat(poll.getAttributes().get(KEYS)).containsExactly("asset-1");
        assertThat(poll.getLinks())
                .singleElement()
                .satisfies(link -> assertThat(link.getSpanContext().getSpanId()).isEqualTo(work.getSpanId()));
    }

    @Test
    void aLargePollKeepsItsSpanSmallAndSaysHowLargeItWas() {
        String origin = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        Spans.processed(
                "g",
                poll(IntStream.range(0, 1_000)
                        .mapToObj(i -> record("k" + i, origin))
                        .toList()),
                () -> {});

        SpanData poll = span("process topic");
        assertThat(poll.getLinks()).hasSize(128);
        assertThat(poll.getAttributes().get(KEYS)).hasSize(128);
        assertThat(poll.getAttributes().get(AttributeKey.longKey("messaging.batch.message_count")))
                .isEqualTo(1_000);
    }

    @Test
    void recordsWithoutATraceOrWithABrokenOneAreProcessedAllTheSame() {
        boolean[] done = new boolean[1];
        Spans.processed("g", poll(List.of(record("a", null), record("b", "nonsense"))), () -> done[0] = true);
        assertThat(done[0]).isTrue();
        assertThat(span("process topic").getLinks()).isEmpty();
    }

    @Test
    void failuresAreSeenAndThrownOn() {
        assertThatThrownBy(() -> Spans.did("scan", "photos", () -> {
                    Spans.failed("photos", "library_offline");
                    throw new IllegalStateException("away");
                }))
                .hasMessage("away");
        SpanData scan = span("scan");
        assertThat(scan.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(scan.getEvents()).extracting(event -> event.getName()).containsExactly("failed", "exception");
    }

    @Test
    void whatIsToldOutsideOfSpansHasATraceOfItsOwn() {
        assertThat(Spans.traceparent())
                .matches("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01")
                .isNotEqualTo(Spans.traceparent());
    }

    private SpanData span(String name) {
        return exported.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ConsumerRecords<byte[], byte[]> poll(List<ConsumerRecord<byte[], byte[]>> records) {
        return new ConsumerRecords<>(Map.of(new TopicPartition("topic", 0), records), Map.of());
    }

    private static ConsumerRecord<byte[], byte[]> record(String key, String traceparent) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("topic", 0, 0, key.getBytes(UTF_8), null);
        if (traceparent != null) {
            record.headers().add("traceparent", traceparent.getBytes(UTF_8));
        }
        return record;
    }
}
