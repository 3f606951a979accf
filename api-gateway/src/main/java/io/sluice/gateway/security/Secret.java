package io.sluice.gateway.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Text that proves who somebody is: 256 random bits. Its text is given out once and then only its hash is kept. */
record Secret(String text) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    /** A fresh one; the prefix lets a person, or a scanner for leaked secrets, see what it is. */
    static Secret random(String prefix) {
        byte[] bits = new byte[BYTES];
        RANDOM.nextBytes(bits);
        return new Secret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** SHA-256; a slow hash would only help against guessing, and 256 bits are not guessed. */
    byte[] hash() {
        return sha256(text);
    }

    /** A second secret that whoever holds this one can be told, and that does not give this one away. */
    Secret derive(String purpose) {
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(purpose + ':' + text)));
    }

    /** Takes as long for a near miss as for a far one. */
    boolean matches(String candidate) {
        return MessageDigest.isEqual(hash(), sha256(candidate));
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
