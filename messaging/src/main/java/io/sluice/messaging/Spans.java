package io.sluice.messaging;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;

/**
 * What this module does as spans of OpenTelemetry, beside those of requests and calls that Quarkus makes. Without an
 * exporter they go nowhere and cost next to nothing. Batches have one span, linked to what led to each of their records
 * (semantic conventions for messaging spans, batch processing); keys are attributes, so that all that was done for
 * one of them can be searched for.
 */
public final class Spans {

    private static final AttributeKey<List<String>> KEYS = AttributeKey.stringArrayKey("sluice.keys");
    private static final AttributeKey<String> KEY = AttributeKey.stringKey("sluice.key");
    private static final AttributeKey<String> CODE = AttributeKey.stringKey("sluice.error_code");

    /** Of keys and links: the SDK keeps no more links of a span, unless told otherwise. */
    private static final int MOST = 128;

    private static final TextMapGetter<Headers> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Headers headers) {
            return List.of("traceparent");
        }

        @Override
        public @Nullable String get(@Nullable Headers headers, String name) {
            return EventHeaders.text(Objects.requireNonNull(headers), name);
        }
    };

    private Spans() {}

    /** Processes what was polled at once. */
    public static <E extends Exception> void processed(
            String group, ConsumerRecords<byte[], byte[]> polled, Body<E> body) throws E {
        List<String> topics = polled.partitions().stream()
                .map(TopicPartition::topic)
                .distinct()
                .toList();
        String topic = topics.size() == 1 ? topics.getFirst() : "several topics";
        in(
                builder("process " + topic, SpanKind.CONSUMER)
                        .setAttribute("messaging.system", "kafka")
                        .setAttribute("messaging.operation.name", "process")
                        .setAttribute("messaging.operation.type", "process")
                        .setAttribute("messaging.destination.name", topic)
                        .setAttribute("messaging.consumer.group.name", group)
                        .setAttribute("messaging.batch.message_count", polled.count()),
                span -> tellOrigins(span, polled),
                body);
    }

    private static void tellOrigins(Span span, Iterable<ConsumerRecord<byte[], byte[]>> polled) {
        List<String> keys = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            if (keys.size() == MOST) {
                break;
            }
            keys.add(key(record));
            span.addLink(origin(record));
        }
        span.setAttribute(KEYS, keys);
    }

    /** Does work of one class, e.g. "image", in one batch. */
    public static <E extends Exception> void worked(String workClass, List<String> keys, Body<E> body) throws E {
        in(
                builder("work " + workClass, SpanKind.INTERNAL).setAttribute("sluice.work.count", keys.size()),
                span -> span.setAttribute(KEYS, keys.stream().limit(MOST).toList()),
                body);
    }

    /** Does something else of its own that takes a while, e.g. "scan". */
    public static <E extends Exception> void did(String what, String key, Body<E> body) throws E {
        in(builder(what, SpanKind.INTERNAL), span -> span.setAttribute(KEY, key), body);
    }

    /** Something of the current span did not go well; the others of its batch may have. */
    public static void failed(String key, String code) {
        Span.current().addEvent("failed", Attributes.of(KEY, key, CODE, code));
    }

    /** W3C trace context of what is being done now, for what is told of it; of a trace of its own when nothing is traced. */
    public static String traceparent() {
        SpanContext current = Span.current().getSpanContext();
        if (current.isValid()) {
            return "00-" + current.getTraceId() + "-" + current.getSpanId() + "-"
                    + current.getTraceFlags().asHex();
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return "00-" + hex.toHexDigits(random.nextLong() | 1) + hex.toHexDigits(random.nextLong()) + "-"
                + hex.toHexDigits(random.nextLong() | 1) + "-01";
    }

    /** What is done within a span. */
    public interface Body<E extends Exception> {
        void run() throws E;
    }

    private static SpanBuilder builder(String name, SpanKind kind) {
        return GlobalOpenTelemetry.getTracer("io.sluice.messaging")
                .spanBuilder(name)
                .setSpanKind(kind);
    }

    private static <E extends Exception> void in(SpanBuilder builder, Consumer<Span> about, Body<E> body) throws E {
        Span span = builder.startSpan();
        if (span.isRecording()) {
            about.accept(span);
        }
        try (Scope scope = span.makeCurrent()) {
            Objects.requireNonNull(scope);
            body.run();
        } catch (Exception | Error failure) {
            span.setStatus(StatusCode.ERROR).recordException(failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }

    private static SpanContext origin(ConsumerRecord<byte[], byte[]> record) {
        return Span.fromContext(
                        W3CTraceContextPropagator.getInstance().extract(Context.root(), record.headers(), HEADERS))
                .getSpanContext();
    }
}
