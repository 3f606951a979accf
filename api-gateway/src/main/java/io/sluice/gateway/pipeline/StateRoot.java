package io.sluice.gateway.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over lines joined by one newline; the last line has none. */
final class StateRoot {

    private final MessageDigest digest;
    private long lines;

    StateRoot() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    void add(String line) {
        if (lines > 0) {
            digest.update((byte) '\n');
        }
        digest.update(line.getBytes(UTF_8));
        lines++;
    }

    long lines() {
        return lines;
    }

    /** 64 lowercase hex digits; nothing can be added afterwards. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
