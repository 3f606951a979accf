package io.sluice.gateway.playback;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;

import org.jboss.logging.Logger;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** The secrets as this process knows them; made when there is none, followed by a new one when the newest is old. */
@ApplicationScoped
class SigningSecrets {

    private static final Logger LOG = Logger.getLogger(SigningSecrets.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A forged generation makes nobody read the table more often than this. */
    private static final Duration MISSES_READ_EVERY = Duration.ofSeconds(1);

    private final SigningSecretRows rows;
    private final PlaybackConfig config;
    private final Clock clock;

    private volatile Known known = new Known(List.of(), Instant.EPOCH);

    private record Known(List<SigningSecret> secrets, Instant readAt) {}

    @Inject
    SigningSecrets(SigningSecretRows rows, PlaybackConfig config) {
        this(rows, config, Clock.systemUTC());
    }

    SigningSecrets(SigningSecretRows rows, PlaybackConfig config, Clock clock) {
        this.rows = rows;
        this.config = config;
        this.clock = clock;
    }

    /**
     * The one to sign with.
     *
     * @throws CodedException {@code DATABASE_UNAVAILABLE} when it has to be read or made and cannot be
     */
    SigningSecret newest() {
        List<SigningSecret> secrets = fresh(config.secretsReadEvery());
        if (secrets.isEmpty() || isOld(secrets.getFirst())) {
            secrets = followed(secrets.isEmpty() ? 1 : secrets.getFirst().generation() + 1);
        }
        return secrets.getFirst();
    }

    /** The one of that generation while it is kept; another process may have made it a moment ago. */
    Optional<SigningSecret> of(int generation) {
        Optional<SigningSecret> secret = pick(fresh(config.secretsReadEvery()), generation);
        return secret.isPresent() ? secret : pick(fresh(MISSES_READ_EVERY), generation);
    }

    private static Optional<SigningSecret> pick(List<SigningSecret> secrets, int generation) {
        return secrets.stream()
                .filter(secret -> secret.generation() == generation)
                .findFirst();
    }

    private boolean isOld(SigningSecret secret) {
        return secret.createdAt().plus(config.secretLifetime()).isBefore(clock.instant());
    }

    private List<SigningSecret> followed(int generation) {
        byte[] secret = new byte[SigningSecret.BYTES];
        RANDOM.nextBytes(secret);
        return asked(() -> {
            rows.add(generation, secret, clock.instant());
            LOG.infof("playback secret made generation=%d", generation);
            return read();
        });
    }

    private List<SigningSecret> fresh(Duration age) {
        Known now = known;
        return now.readAt().plus(age).isAfter(clock.instant()) ? now.secrets() : asked(this::read);
    }

    private List<SigningSecret> read() {
        Instant now = clock.instant();
        List<SigningSecret> secrets = rows.newest();
        known = new Known(secrets, now);
        return secrets;
    }

    private static List<SigningSecret> asked(Supplier<List<SigningSecret>> question) {
        try {
            return question.get();
        } catch (PersistenceException unreachable) {
            throw new CodedException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The gateway cannot reach its database for signed addresses. Try again in some seconds.",
                    unreachable);
        }
    }
}
