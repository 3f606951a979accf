package io.sluice.localstack;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The services of this release, in the order in which facts pass them. */
enum Service {
    SCANNER("scanner-service", "scanner"),
    INGEST("ingest-service", "library"),
    MEDIA("media-service", "media"),
    SEARCH("search-service", ""),
    GATEWAY("api-gateway", "gateway");

    private final String module;
    private final String schema;

    Service(String module, String schema) {
        this.module = module;
        this.schema = schema;
    }

    static Service named(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No service is called '" + label + "'. There are: "
                        + Arrays.stream(values()).map(Service::label).collect(Collectors.joining(", "))));
    }

    /** Its short name: {@code scanner}, {@code ingest}, {@code media}, {@code search}, {@code gateway}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One of its processes, e.g. {@code ingest-0}: a name that the next process in its place has again. */
    String instance(int number) {
        return label() + "-" + number;
    }

    /** Its folder in the project. */
    String module() {
        return module;
    }

    /** Its schema; empty for search, which has none. */
    String schema() {
        return schema;
    }
}
