package io.sluice.messaging.command;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.jspecify.annotations.Nullable;

import io.grpc.Context;
import io.grpc.Metadata;

/**
 * The key that a caller gave to a command, so that sending it again is the same command.
 *
 * @param command its name: the same key of another command is another key
 * @param key 1 to 200 printable ASCII characters, and what tells apart the commands that one request became
 */
public record CommandKey(String command, String key) {

    /** Travels with every gRPC call of a request that came with a key. */
    public static final Metadata.Key<String> METADATA =
            Metadata.Key.of("sluice-idempotency-key", Metadata.ASCII_STRING_MARSHALLER);

    static final Context.Key<CommandKey> CURRENT = Context.key("sluice-command-key");

    /** Of the gRPC call that is being answered here; null when it came without. */
    static @Nullable CommandKey current() {
        return CURRENT.get();
    }

    byte[] hash() {
        MessageDigest digest = sha256();
        digest.update(command.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return digest.digest(key.getBytes(StandardCharsets.UTF_8));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
