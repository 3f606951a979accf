package io.sluice.gateway.security;

import java.util.Optional;
import java.util.Set;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.gateway.security.CredentialMechanism.CredentialRequest;
import io.smallrye.mutiny.Uni;

/** Finds out whose credential it is, and gives the identity the roles of its key. */
@ApplicationScoped
class CredentialIdentities implements IdentityProvider<CredentialRequest> {

    private final ApiKeys keys;
    private final Sessions sessions;
    private final ProvenCallers callers;

    CredentialIdentities(ApiKeys keys, Sessions sessions, ProvenCallers callers) {
        this.keys = keys;
        this.sessions = sessions;
        this.callers = callers;
    }

    @Override
    public Class<CredentialRequest> getRequestType() {
        return CredentialRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(CredentialRequest request, AuthenticationRequestContext context) {
        return context.runBlocking(() -> identify(request.credential()));
    }

    private SecurityIdentity identify(Credential credential) {
        ApiKey key = keyOf(credential)
                .orElseThrow(() -> new AuthenticationFailedException("The key or session is not known, or has ended."));
        callers.proved(credential, key);
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(key.name()))
                .addRoles(rolesOf(key, credential))
                .addAttribute(Credential.class.getName(), credential)
                .addAttribute(ApiKey.class.getName(), key)
                .build();
    }

    private Optional<ApiKey> keyOf(Credential credential) {
        try {
            return switch (credential) {
                case Credential.BearerKey bearer -> keys.holding(bearer.secret());
                case Credential.SessionCookie cookie ->
                    sessions.use(cookie.token()).map(Sessions.Open::key);
            };
        } catch (PersistenceException unreachable) {
            throw new CodedException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The gateway cannot reach its database to check your key. Try again in some seconds.",
                    unreachable);
        }
    }

    /** A cookie without proof that our page sent the write is known, but may do nothing. */
    private static Set<String> rolesOf(ApiKey key, Credential credential) {
        return credential instanceof Credential.SessionCookie cookie && !cookie.mayWrite()
                ? Set.of()
                : key.role().included();
    }
}
