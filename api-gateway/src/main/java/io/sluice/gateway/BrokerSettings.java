package io.sluice.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import jakarta.inject.Singleton;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;

import io.smallrye.common.annotation.Identifier;

/** How the broker is reached: its address, and TLS and a log-in where the deployment has them (all of {@code kafka.*}). */
@Singleton
public class BrokerSettings {

    private final Map<String, Object> kafka;

    BrokerSettings(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.kafka = kafka;
    }

    /** For a consumer without a group; the given settings come first. */
    public Map<String, Object> consumer(Map<String, Object> own) {
        Map<String, Object> settings = with(ConsumerConfig.configNames(), own);
        if (!own.containsKey(ConsumerConfig.GROUP_ID_CONFIG)) {
            // The application's name would be one.
            settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        }
        return settings;
    }

    /** For questions to the broker; the given settings come first. */
    public Map<String, Object> admin(Map<String, Object> own) {
        return with(AdminClientConfig.configNames(), own);
    }

    private Map<String, Object> with(Set<String> known, Map<String, Object> own) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.keySet().retainAll(known);
        settings.putAll(own);
        return settings;
    }
}
