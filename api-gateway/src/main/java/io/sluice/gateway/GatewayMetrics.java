package io.sluice.gateway;

import java.util.function.ToDoubleFunction;
import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.gateway.upstream.Upstream;

/** The gateway's meters. */
@ApplicationScoped
public class GatewayMetrics {

    private final MeterRegistry registry;

    GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A question that got no answer. */
    public void unavailable(Upstream upstream) {
        registry.counter("sluice.gateway.upstream.silent", "service", upstream.serviceName())
                .increment();
    }

    /** A command of ours that came again with its key and was answered from what is kept. */
    public void repeated(String command) {
        registry.counter("sluice.gateway.commands.repeated", "command", command).increment();
    }

    /** @param outcome ok, refused or limited */
    public void login(String outcome) {
        registry.counter("sluice.gateway.logins", "outcome", outcome).increment();
    }

    /** @param traffic reads, bytes or commands: which limit a caller was over */
    public void limited(String traffic) {
        registry.counter("sluice.gateway.requests.limited", "traffic", traffic).increment();
    }

    /** An original that was not the file that was observed; nothing of it counts as delivered. */
    public void sourceChanged() {
        registry.counter("sluice.gateway.source.changed").increment();
    }

    /** @param kind original, rendition or stream */
    public void sent(String kind, long bytes) {
        registry.counter("sluice.gateway.bytes.sent", "kind", kind).increment(bytes);
    }

    /** A record of the library topic was read. */
    public void libraryRecord(boolean readable) {
        registry.counter("sluice.gateway.library.records", "readable", Boolean.toString(readable))
                .increment();
    }

    /** How many libraries the gateway knows the roots of. */
    public <T> void librariesKnown(T source, ToDoubleFunction<T> count) {
        registry.gauge("sluice.gateway.libraries.known", source, count);
    }

    /** A record of a topic that is passed on as events was read. */
    public void eventRecord(String topic, boolean readable) {
        registry.counter("sluice.gateway.events.records", "topic", topic, "readable", Boolean.toString(readable))
                .increment();
    }

    /** @param type ledger, asset, library or lag */
    public void eventSent(String type) {
        registry.counter("sluice.gateway.events.sent", "type", type).increment();
    }

    /** A client whose place is not known any more. */
    public void eventReset(String reason) {
        registry.counter("sluice.gateway.events.resets", "reason", reason).increment();
    }

    /** How many clients follow the events now. */
    public <T> void eventClients(T source, ToDoubleFunction<T> count) {
        registry.gauge("sluice.gateway.events.clients", source, count);
    }

    /** A client that was too far behind. */
    public void eventClientCutOff() {
        registry.counter("sluice.gateway.events.cut.off").increment();
    }
}
