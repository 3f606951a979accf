package io.sluice.gateway.security;

import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import com.fasterxml.uuid.Generators;
import com.google.protobuf.Empty;
import com.google.protobuf.StringValue;

import io.quarkus.panache.common.Sort;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.command.CommandAnswers;
import io.sluice.messaging.command.CommandKey;
import io.sluice.messaging.command.CommandsOnce;

/** Gives, finds and takes keys; commands share their transaction with what is kept of their answer. */
@ApplicationScoped
class ApiKeys {

    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private static final String PREFIX = "slk_";

    private final ApiKeyRows rows;
    private final Transactions transactions;
    private final CommandsOnce once;

    ApiKeys(ApiKeyRows rows, Transactions transactions, CommandsOnce once) {
        this.rows = rows;
        this.transactions = transactions;
        this.once = once;
    }

    /** A new key and the only sight of its secret. */
    record Issued(ApiKey key, Secret secret) {}

    /** As {@link #issue(String, Role, CommandKey)}, each time. */
    Issued issue(String name, Role role) {
        return issue(name, role, null);
    }

    /**
     * @param command its idempotency key; null for none
     * @throws CodedException {@code CONFLICT} when a key has that name, or the command made one before: its secret is
     *     not kept and cannot be shown again
     */
    Issued issue(String name, Role role, @Nullable CommandKey command) {
        Secret secret = Secret.random(PREFIX);
        ApiKey key = new ApiKey(
                Generators.timeBasedEpochGenerator().generate().toString(),
                name,
                role,
                Instant.now().truncatedTo(ChronoUnit.MICROS));
        transactions.run(CommandAnswers::sweep);
        String made = once.answer(
                        command,
                        StringValue.of(role.roleName() + " " + name),
                        StringValue.parser(),
                        tx -> insert(tx, key, secret))
                .getValue();
        if (!made.equals(key.id())) {
            throw new CodedException(
                    ErrorCode.CONFLICT,
                    "This command made the key " + made
                            + " before, and its secret was in that answer alone. If it was lost,"
                            + " delete that key (DELETE /api/v1/api-keys/" + made
                            + ") and ask with a new Idempotency-Key.");
        }
        return new Issued(key, secret);
    }

    /** Of two at once with one name, the second waits for the first and finds its row. */
    private static StringValue insert(Handle tx, ApiKey key, Secret secret) {
        tx.createUpdate("INSERT INTO api_key (id, name, key_hash, role, created_at)"
                        + " VALUES (:id, :name, :hash, :role, :created) ON DUPLICATE KEY UPDATE id = id")
                .bind("id", key.id())
                .bind("name", key.name())
                .bind("hash", secret.hash())
                .bind("role", key.role().roleName())
                .bind("created", LocalDateTime.ofInstant(key.createdAt(), ZoneOffset.UTC))
                .execute();
        boolean taken = tx.select("SELECT 1 FROM api_key WHERE id = ?", key.id())
                .mapTo(Integer.class)
                .findOne()
                .isEmpty();
        if (taken) {
            throw new CodedException(
                    ErrorCode.CONFLICT,
                    "There is a key named \"" + key.name() + "\"; choose another name or delete that one.");
        }
        return StringValue.of(key.id());
    }

    /**
     * Sees to it that this secret is the one of the key of that name. Processes that start at once all do this: the first
     * makes it, and for the others it is there.
     *
     * @throws IllegalStateException when a key of another name has this secret
     */
    void ensure(String name, Secret secret, Role role) {
        String owner = transactions.call(tx -> {
            tx.execute(
                    "DELETE FROM api_key WHERE name = ? AND (key_hash <> ? OR role <> ?)",
                    name,
                    secret.hash(),
                    role.roleName());
            tx.execute(
                    "INSERT INTO api_key (id, name, key_hash, role, created_at)"
                            + " VALUES (?, ?, ?, ?, NOW(6)) ON DUPLICATE KEY UPDATE id = id",
                    Generators.timeBasedEpochGenerator().generate().toString(),
                    name,
                    secret.hash(),
                    role.roleName());
            return tx.select("SELECT name FROM api_key WHERE key_hash = ?", (Object) secret.hash())
                    .mapTo(String.class)
                    .one();
        });
        if (!owner.equals(name)) {
            throw new IllegalStateException("The secret of key " + name + " is that of key " + owner
                    + "; delete that one, or choose another secret.");
        }
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

    /**
     * Takes the key back; its sessions end with it.
     *
     * @param command its idempotency key; null for none
     * @throws CodedException {@code NOT_FOUND}
     */
    void revoke(String id, @Nullable CommandKey command) {
        once.answer(command, StringValue.of(id), Empty.parser(), tx -> {
            // An id is ASCII, and so is its column: the database compares it with nothing else.
            if (!ID.matcher(id).matches() || tx.execute("DELETE FROM api_key WHERE id = ?", id) == 0) {
                throw new CodedException(
                        ErrorCode.NOT_FOUND, "There is no key with this id; GET /api/v1/api-keys lists them.");
            }
            return Empty.getDefaultInstance();
        });
    }
}
