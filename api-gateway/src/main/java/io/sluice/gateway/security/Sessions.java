package io.sluice.gateway.security;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** The console's log-ins. A session stands for a key, ends with it, and ends when it was not used for its lifetime. */
@ApplicationScoped
class Sessions {

    /** Moving the end at every request would make every picture of a grid a write. */
    private static final Duration SLIDES_EVERY = Duration.ofMinutes(5);

    private final SessionRows rows;
    private final ApiKeyRows keys;
    private final SessionConfig config;

    Sessions(SessionRows rows, ApiKeyRows keys, SessionConfig config) {
        this.rows = rows;
        this.keys = keys;
        this.config = config;
    }

    /** An open session: for whom, and until when if it is not used again. */
    record Open(ApiKey key, Instant expiresAt) {}

    /** A new session and the only sight of its token. */
    record Begun(Open session, Secret token) {}

    /** @throws CodedException {@code UNAUTHENTICATED} when no key has that secret */
    @Transactional
    Begun begin(Secret key) {
        Instant now = Instant.now();
        rows.deleteExpired(now);
        ApiKeyRow row = keys.withHash(key.hash())
                .filter(found -> MessageDigest.isEqual(found.keyHash, key.hash()))
                .orElseThrow(() -> new CodedException(
                        ErrorCode.UNAUTHENTICATED,
                        "No key is like this one. Copy the whole key, without spaces before or after it."));
        Secret token = Secret.random("");
        Instant end = now.plus(config.sessionLifetime());
        rows.persist(new SessionRow(UUID.randomUUID().toString(), token.hash(), row, now, end));
        return new Begun(new Open(row.domain(), end), token);
    }

    /** The session of this token when it is open; its use moves its end. */
    @Transactional
    Optional<Open> use(Secret token) {
        Instant now = Instant.now();
        Optional<SessionRow> found = rows.withToken(token.hash())
                .filter(row -> MessageDigest.isEqual(row.tokenHash, token.hash()))
                .filter(row -> row.expiresAt.isAfter(now));
        found.ifPresent(row -> slide(row, now.plus(config.sessionLifetime())));
        return found.map(row -> new Open(row.key.domain(), row.expiresAt));
    }

    @Transactional
    void end(Secret token) {
        rows.withToken(token.hash()).ifPresent(rows::delete);
    }

    private static void slide(SessionRow row, Instant end) {
        if (Duration.between(row.expiresAt, end).compareTo(SLIDES_EVERY) > 0) {
            row.expiresAt = end;
        }
    }
}
