package io.sluice.gateway.playback;

import java.time.Instant;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "playback_secret")
class SigningSecretRow {

    @Id
    int generation;

    byte[] secret;

    @Column(name = "created_at")
    Instant createdAt;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected SigningSecretRow() {}

    SigningSecret domain() {
        return SigningSecret.of(generation, secret, createdAt);
    }
}
