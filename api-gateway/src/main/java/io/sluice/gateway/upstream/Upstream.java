package io.sluice.gateway.upstream;

import java.util.Locale;

/** A service behind the gateway. */
public enum Upstream {
    SCANNER,
    INGEST,
    MEDIA;

    /** Its name in configuration, logs and answers. */
    public String serviceName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
