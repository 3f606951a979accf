package io.sluice.gateway.limit;

import java.util.Locale;
import java.util.regex.Pattern;

import io.vertx.core.http.HttpMethod;

/** Kinds of requests, each with its own limit. */
enum Traffic {
    /** Answers of some kilobytes. */
    READS,
    /** Files: originals, renditions, streams. */
    BYTES,
    /** What makes the services act. */
    COMMANDS;

    private static final Pattern FILES =
            Pattern.compile("/api/v1/(?:assets/[^/]+/(?:renditions/.+|original|hls/.+)|playback/.+)");

    static Traffic of(HttpMethod method, String path) {
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            return COMMANDS;
        }
        return FILES.matcher(path).matches() ? BYTES : READS;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
