package io.sluice.gateway.security;

import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** What a request shows of who sends it. */
public sealed interface Credential {

    String COOKIE = "sluice_session";
    String CSRF_HEADER = "X-Sluice-CSRF";

    /** An API key, sent by a program on purpose. */
    record BearerKey(Secret secret) implements Credential {}

    /** The console's cookie, which a browser sends by itself: a write needs proof that our page wanted it. */
    record SessionCookie(Secret token, boolean mayWrite) implements Credential {

        Secret csrf() {
            return csrfOf(token);
        }
    }

    /** What the request shows; a key wins over a cookie. */
    static Optional<Credential> of(HttpServerRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                    ? Optional.of(
                            new BearerKey(new Secret(authorization.substring(7).strip())))
                    : Optional.of(new BearerKey(new Secret(authorization)));
        }
        return sessionToken(request).map(token -> new SessionCookie(token, reads(request) || hasCsrf(request, token)));
    }

    static Optional<Secret> sessionToken(HttpServerRequest request) {
        @Nullable Cookie cookie = request.getCookie(COOKIE);
        return cookie == null || cookie.getValue().isEmpty()
                ? Optional.empty()
                : Optional.of(new Secret(cookie.getValue()));
    }

    static Secret csrfOf(Secret token) {
        return token.derive("csrf");
    }

    /** Whether this identity was denied its role only because the write had no CSRF header. */
    static boolean lacksCsrf(SecurityIdentity identity) {
        return identity.getAttribute(Credential.class.getName()) instanceof SessionCookie cookie && !cookie.mayWrite();
    }

    private static boolean reads(HttpServerRequest request) {
        HttpMethod method = request.method();
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD) || method.equals(HttpMethod.OPTIONS);
    }

    private static boolean hasCsrf(HttpServerRequest request, Secret token) {
        return csrfOf(token).matches(Objects.requireNonNullElse(request.getHeader(CSRF_HEADER), ""));
    }
}
