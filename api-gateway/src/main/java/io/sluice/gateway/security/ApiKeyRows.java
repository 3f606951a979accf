package io.sluice.gateway.security;

import java.util.Optional;
import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

@ApplicationScoped
class ApiKeyRows implements PanacheRepositoryBase<ApiKeyRow, String> {

    Optional<ApiKeyRow> withHash(byte[] keyHash) {
        return find("keyHash", keyHash).firstResultOptional();
    }

    Optional<ApiKeyRow> named(String name) {
        return find("name", name).firstResultOptional();
    }
}
