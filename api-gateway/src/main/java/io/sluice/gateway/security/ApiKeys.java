package io.sluice.gateway.security;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import com.fasterxml.uuid.Generators;

import io.quarkus.panache.common.Sort;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** Gives, finds and takes keys. */
@ApplicationScoped
class ApiKeys {

    private static final String PREFIX = "slk_";

    private final ApiKeyRows rows;

    ApiKeys(ApiKeyRows rows) {
        this.rows = rows;
    }

    /** A new key and the only sight of its secret. */
    record Issued(ApiKey key, Secret secret) {}

    /** @throws CodedException {@code CONFLICT} when a key has that name */
    @Transactional
    Issued issue(String name, Role role) {
        if (rows.named(name).isPresent()) {
            throw new CodedException(
                    ErrorCode.CONFLICT,
                    "There is a key named \"" + name + "\"; choose another name or delete that one.");
        }
        Secret secret = Secret.random(PREFIX);
        return new Issued(store(name, secret, role).domain(), secret);
    }

    /** Sees to it that this secret is the one of the key of that name. */
    @Transactional
    void ensure(String name, Secret secret, Role role) {
        Optional<ApiKeyRow> current = rows.named(name);
        if (current.isPresent()
                && MessageDigest.isEqual(current.get().keyHash, secret.hash())
                && current.get().role.equals(role.roleName())) {
            return;
        }
        current.ifPresent(rows::delete);
        rows.flush();
        store(name, secret, role);
    }

    /** The key that has this secret. */
    @Transactional
    Optional<ApiKey> holding(Secret secret) {
        return rows.withHash(secret.hash())
                .filter(row -> MessageDigest.isEqual(row.keyHash, secret.hash()))
                .map(ApiKeyRow::domain);
    }

    /** Whether there is a key with this id. */
    @Transactional
    boolean has(String id) {
        return rows.findByIdOptional(id).isPresent();
    }

    /** All keys by name, without pages: an admin makes each by hand, and each is a person or a program. */
    @Transactional
    List<ApiKey> list() {
        return rows.listAll(Sort.by("name")).stream().map(ApiKeyRow::domain).toList();
    }

    /** Takes the key back; its sessions end with it. */
    @Transactional
    boolean revoke(String id) {
        return rows.deleteById(id);
    }

    private ApiKeyRow store(String name, Secret secret, Role role) {
        UUID id = Generators.timeBasedEpochGenerator().generate();
        ApiKeyRow row = new ApiKeyRow(id.toString(), name, secret.hash(), role, Instant.now());
        rows.persist(row);
        return row;
    }
}
