package io.sluice.gateway.command;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** The Idempotency-Key of a request. */
public final class RequestKey {

    public static final String HEADER = "Idempotency-Key";
    public static final String RULE = "1 to 200 printable ASCII characters, and once.";

    private static final Pattern GOOD = Pattern.compile("[\\x20-\\x7e]{1,200}");

    private RequestKey() {}

    /**
     * The key of a command; null when it came without, and of what only reads.
     *
     * @throws CodedException {@code INVALID_REQUEST} for one that is no key
     */
    public static @Nullable String of(HttpServerRequest request) {
        List<String> given = request.headers().getAll(HEADER);
        if (given.isEmpty() || !isCommand(request)) {
            return null;
        }
        if (given.size() > 1 || !GOOD.matcher(given.getFirst()).matches()) {
            throw new CodedException(ErrorCode.INVALID_REQUEST, HEADER + ": " + RULE);
        }
        return given.getFirst();
    }

    private static boolean isCommand(HttpServerRequest request) {
        return !request.method().equals(HttpMethod.GET)
                && !request.method().equals(HttpMethod.HEAD)
                && !request.method().equals(HttpMethod.OPTIONS);
    }
}
