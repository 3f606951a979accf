package io.sluice.gateway.upstream;

import java.util.List;
import java.util.Locale;

/** A service behind the gateway. */
public enum Upstream {
    SCANNER,
    INGEST,
    MEDIA,
    SEARCH;

    private static final List<Upstream> WITH_WORK = List.of(SCANNER, INGEST, MEDIA);

    /** Those that keep work and dead letters; search has none. */
    public static List<Upstream> withWork() {
        return WITH_WORK;
    }

    /** Its name in configuration, logs and answers. */
    public String serviceName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
