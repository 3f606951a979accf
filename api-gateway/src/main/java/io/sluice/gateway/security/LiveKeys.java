package io.sluice.gateway.security;

import java.util.UUID;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;

import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** For what is given in the name of a key and has to end with it. */
@ApplicationScoped
public class LiveKeys {

    private final ApiKeys keys;

    LiveKeys(ApiKeys keys) {
        this.keys = keys;
    }

    /** The id of the key that this identity shows, by itself or through a session. */
    public static UUID idOf(SecurityIdentity identity) {
        ApiKey key = identity.getAttribute(ApiKey.class.getName());
        return UUID.fromString(key.id());
    }

    /**
     * Whether that key was not taken back.
     *
     * @throws CodedException {@code DATABASE_UNAVAILABLE} when nobody can say
     */
    public boolean has(UUID id) {
        try {
            return keys.has(id.toString());
        } catch (PersistenceException unreachable) {
            throw new CodedException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The gateway cannot reach its database to check this address. Try again in some seconds.",
                    unreachable);
        }
    }
}
