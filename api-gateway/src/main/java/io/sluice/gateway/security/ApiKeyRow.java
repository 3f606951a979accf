package io.sluice.gateway.security;

import java.time.Instant;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "api_key")
class ApiKeyRow {

    @Id
    String id;

    String name;

    @Column(name = "key_hash")
    byte[] keyHash;

    String role;

    @Column(name = "created_at")
    Instant createdAt;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected ApiKeyRow() {}

    ApiKeyRow(String id, String name, byte[] keyHash, Role role, Instant createdAt) {
        this.id = id;
        this.name = name;
        this.keyHash = keyHash.clone();
        this.role = role.roleName();
        this.createdAt = createdAt;
    }

    ApiKey domain() {
        return new ApiKey(id, name, Role.named(role).orElseThrow(), createdAt);
    }
}
