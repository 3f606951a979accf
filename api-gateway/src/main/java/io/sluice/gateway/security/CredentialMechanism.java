package io.sluice.gateway.security;

import java.util.Optional;
import java.util.Set;
import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Takes the credential out of a request. */
@ApplicationScoped
class CredentialMechanism implements HttpAuthenticationMechanism {

    static final class CredentialRequest extends BaseAuthenticationRequest {
        private final Credential credential;

        CredentialRequest(Credential credential) {
            this.credential = credential;
        }

        Credential credential() {
            return credential;
        }
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        Optional<Credential> credential = Credential.of(context.request());
        return credential.isEmpty()
                ? Uni.createFrom().nullItem()
                : identities.authenticate(new CredentialRequest(credential.get()));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer realm=\"sluice\""));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(CredentialRequest.class);
    }
}
