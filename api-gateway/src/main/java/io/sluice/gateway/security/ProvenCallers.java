package io.sluice.gateway.security;

import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jakarta.enterprise.context.ApplicationScoped;

import io.vertx.core.http.HttpServerRequest;

/**
 * Remembers which key a credential belongs to, once that was proved, to count a caller's requests without asking the
 * database. It permits nothing: a key that was taken back is still counted as itself. Only hashes are kept.
 */
@ApplicationScoped
public class ProvenCallers {

    /** Some megabytes; who is forgotten is counted by address until the next proof. */
    private static final int CREDENTIALS = 20_000;

    private static final Pattern SIGNED_ADDRESS = Pattern.compile("/api/v1/playback/([^/]+)/.*");

    private final Map<String, String> keys = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > CREDENTIALS;
        }
    });

    /** The id of the key that what this request shows was found to belong to. */
    public Optional<String> keyOf(HttpServerRequest request) {
        return shownBy(request).map(secret -> keys.get(fingerprint(secret)));
    }

    /** The token of a signed address was found to be given for that key. */
    public void proved(String token, UUID keyId) {
        proved(new Secret(token), keyId.toString());
    }

    void proved(Credential credential, ApiKey key) {
        proved(secretOf(credential), key.id());
    }

    private void proved(Secret secret, String keyId) {
        keys.put(fingerprint(secret), keyId);
    }

    private static Optional<Secret> shownBy(HttpServerRequest request) {
        Matcher signed = SIGNED_ADDRESS.matcher(request.path());
        return signed.matches()
                ? Optional.of(new Secret(signed.group(1)))
                : Credential.of(request).map(ProvenCallers::secretOf);
    }

    private static Secret secretOf(Credential credential) {
        return switch (credential) {
            case Credential.BearerKey bearer -> bearer.secret();
            case Credential.SessionCookie cookie -> cookie.token();
        };
    }

    private static String fingerprint(Secret secret) {
        return HexFormat.of().formatHex(secret.hash());
    }
}
