package io.sluice.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;

/** Takes spans as a collector does: OTLP over HTTP, protobuf (OTLP 1.8, section "OTLP/HTTP"). */
final class TraceCollector implements AutoCloseable {

    /**
     * @param links span ids that led to it, in hex
     * @param text all of it
     */
    record Told(
            String service, String name, String trace, String id, List<String> links, List<String> keys, String text) {}

    private final HttpServer server;
    private final List<Told> spans = new CopyOnWriteArrayList<>();

    TraceCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    List<Told> spans() {
        return List.copyOf(spans);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            try (InputStream body =
                    zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
                ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(one -> one.getScopeSpansList()
                        .forEach(scope ->
                                scope.getSpansList().forEach(span -> spans.add(told(one.getResource(), span)))));
            }
            byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
        }
    }

    private static Told told(Resource resource, Span span) {
        List<String> keys = new ArrayList<>();
        for (KeyValue attribute : span.getAttributesList()) {
            if (attribute.getKey().equals("sluice.keys")) {
                attribute.getValue().getArrayValue().getValuesList().forEach(key -> keys.add(key.getStringValue()));
            }
        }
        String service = resource.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("");
        return new Told(
                service,
                span.getName(),
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                span.getLinksList().stream().map(link -> hex(link.getSpanId())).toList(),
                keys,
                span.toString());
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
