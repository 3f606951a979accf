package io.sluice.gateway.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;

/** Imports the first key, so that a fresh deployment has somebody who may give others theirs. */
@ApplicationScoped
class BootstrapKey {

    static final String NAME = "bootstrap";

    private static final Logger LOG = Logger.getLogger(BootstrapKey.class);
    private static final int FEWEST_CHARACTERS = 32;

    private final SessionConfig config;
    private final ApiKeys keys;

    BootstrapKey(SessionConfig config, ApiKeys keys) {
        this.config = config;
        this.keys = keys;
    }

    void importAtStart(@Observes StartupEvent started) {
        config.bootstrapKeyFile().ifPresent(file -> {
            keys.ensure(NAME, new Secret(read(file)), Role.ADMIN);
            LOG.infof("bootstrap key imported path=%s", file);
        });
    }

    private static String read(Path file) {
        String key;
        try {
            key = Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new IllegalStateException(
                    "sluice.gateway.bootstrap-key-file names " + file + ", which cannot be read: " + unreadable
                            + ". Create it with one random key inside, or leave the setting out.",
                    unreadable);
        }
        if (key.length() < FEWEST_CHARACTERS) {
            throw new IllegalStateException("The key in " + file + " has " + key.length() + " characters; use at least "
                    + FEWEST_CHARACTERS + " random ones, e.g. from: openssl rand -hex 32");
        }
        return key;
    }
}
