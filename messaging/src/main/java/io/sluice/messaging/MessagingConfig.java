package io.sluice.messaging;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What can be set of this module, each group under its own prefix, so that a service's own {@code sluice.*} stands beside. */
public final class MessagingConfig {

    private MessagingConfig() {}

    /** {@code sluice.instance.*}: who this process is. */
    @ConfigMapping(prefix = "sluice.instance")
    public interface Identity {
        /** A slot or pod name that a restarted process has again; without one its leases run out by time. */
        Optional<String> name();
    }

    /** {@code sluice.internal.*}: calls between services. */
    @ConfigMapping(prefix = "sluice.internal")
    public interface Internal {
        /** Alike in every service. No default: a known token is none. */
        String token();
    }

    /** {@code sluice.lease.*}: ownership of duties and running work. */
    @ConfigMapping(prefix = "sluice.lease")
    public interface Lease {
        /** Longer than a long garbage collection or a database failover, short enough to wait for. */
        @WithDefault("30s")
        Duration duration();

        /** Six chances before a lease is lost. */
        @WithDefault("5s")
        Duration heartbeat();
    }

    /** {@code sluice.outbox.*}: the relays. */
    @ConfigMapping(prefix = "sluice.outbox")
    public interface Relay {
        /** Only for rows of another instance: own commits wake the relay. */
        @WithDefault("200ms")
        Duration poll();
    }

    /** {@code sluice.topics.*}: topics are made here on a laptop, by the operator elsewhere. */
    @ConfigMapping(prefix = "sluice.topics")
    public interface TopicSettings {
        @WithDefault("false")
        boolean create();

        /** Of topics that are made here; 1 is for one broker. */
        @WithDefault("1")
        short replication();

        /** How long a service waits at start for topics that another one makes. */
        @WithDefault("120s")
        Duration patience();
    }
}
