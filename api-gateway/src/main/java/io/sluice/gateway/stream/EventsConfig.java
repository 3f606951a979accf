package io.sluice.gateway.stream;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How clients are told what happens. */
@ConfigMapping(prefix = "sluice.gateway.events")
public interface EventsConfig {

    /** Proxies close what is silent for 30 to 60 s; a client that is gone is noticed by then. */
    @WithDefault("15s")
    Duration heartbeat();

    /** Then the client comes again, and shows its key again: a key that was taken back ends here. */
    @WithDefault("5m")
    Duration longest();

    /** Events that one client may be behind; about a megabyte. An import of 1,000 items in one go fits. */
    @WithDefault("2000")
    int queue();

    /** Clients at once: each costs a connection and at most its queue. */
    @WithDefault("200")
    int clients();
}
