package io.sluice.gateway.security;

import java.time.Instant;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

@Entity
@Table(name = "console_session")
class SessionRow {

    @Id
    String id;

    @Column(name = "token_hash")
    byte[] tokenHash;

    @ManyToOne(fetch = FetchType.EAGER, optional = false)
    @JoinColumn(name = "key_id")
    ApiKeyRow key;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "expires_at")
    Instant expiresAt;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected SessionRow() {}

    SessionRow(String id, byte[] tokenHash, ApiKeyRow key, Instant createdAt, Instant expiresAt) {
        this.id = id;
        this.tokenHash = tokenHash.clone();
        this.key = key;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }
}
