package io.sluice.gateway.playback;

import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One of the secrets that addresses are signed with.
 *
 * @param generation 1 for the first, one more for each that followed
 */
record SigningSecret(int generation, SecretKeySpec key, Instant createdAt) {

    static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    static SigningSecret of(int generation, byte[] secret, Instant createdAt) {
        return new SigningSecret(generation, new SecretKeySpec(secret, ALGORITHM), createdAt);
    }

    byte[] sign(byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, impossible);
        }
    }

    @Override
    public String toString() {
        return "SigningSecret[generation=" + generation + "]";
    }
}
