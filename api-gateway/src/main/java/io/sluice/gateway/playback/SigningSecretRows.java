package io.sluice.gateway.playback;

import java.time.Instant;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;

/** The secrets that all gateway processes share: the newest signs, the one before it still opens. */
@ApplicationScoped
class SigningSecretRows implements PanacheRepositoryBase<SigningSecretRow, Integer> {

    private static final int KEPT = 2;

    /** Newest first, at most two. */
    @Transactional
    List<SigningSecret> newest() {
        return findAll(Sort.descending("generation")).page(0, KEPT).stream()
                .map(SigningSecretRow::domain)
                .toList();
    }

    /** Adds that generation unless another process just did, and forgets those that are not kept. */
    @Transactional
    void add(int generation, byte[] secret, Instant now) {
        getEntityManager()
                .createNativeQuery(
                        "INSERT IGNORE INTO playback_secret (generation, secret, created_at) VALUES (?, ?, ?)")
                .setParameter(1, generation)
                .setParameter(2, secret)
                .setParameter(3, now)
                .executeUpdate();
        delete("generation <= ?1", generation - KEPT);
    }
}
