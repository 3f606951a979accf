package io.sluice.gateway.security;

import java.time.Instant;
import java.util.Optional;
import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

@ApplicationScoped
class SessionRows implements PanacheRepositoryBase<SessionRow, String> {

    Optional<SessionRow> withToken(byte[] tokenHash) {
        return find("tokenHash", tokenHash).firstResultOptional();
    }

    /** Along {@code console_session_expiry}. */
    long deleteExpired(Instant now) {
        return delete("expiresAt <= ?1", now);
    }
}
