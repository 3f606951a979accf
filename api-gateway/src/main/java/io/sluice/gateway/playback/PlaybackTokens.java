package io.sluice.gateway.playback;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.gateway.security.LiveKeys;
import io.sluice.gateway.security.ProvenCallers;

/**
 * Signs grants into the text that stands in an address, and reads them back. The text is base64url, without padding, of the
 * secret's generation (4 bytes), the grant, and an HMAC-SHA-256 over both.
 */
@ApplicationScoped
class PlaybackTokens {

    private static final int GENERATION = 4;
    private static final int SIGNED = GENERATION + PlaybackGrant.BYTES;
    private static final int MAC = 32;

    private final SigningSecrets secrets;
    private final LiveKeys keys;
    private final ProvenCallers callers;
    private final Clock clock;

    @Inject
    PlaybackTokens(SigningSecrets secrets, LiveKeys keys, ProvenCallers callers) {
        this(secrets, keys, callers, Clock.systemUTC());
    }

    PlaybackTokens(SigningSecrets secrets, LiveKeys keys, ProvenCallers callers, Clock clock) {
        this.secrets = secrets;
        this.keys = keys;
        this.callers = callers;
        this.clock = clock;
    }

    String sign(PlaybackGrant grant) {
        SigningSecret secret = secrets.newest();
        byte[] signed = ByteBuffer.allocate(SIGNED)
                .putInt(secret.generation())
                .put(grant.bytes())
                .array();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(SIGNED + MAC)
                        .put(signed)
                        .put(secret.sign(signed))
                        .array());
    }

    /** @throws CodedException {@code PLAYBACK_EXPIRED}, always in the same words, when it opens nothing (any more) */
    PlaybackGrant open(String token) {
        PlaybackGrant grant = signedByUs(decoded(token));
        if (!grant.expiresAt().isAfter(clock.instant()) || !keys.has(grant.keyId())) {
            throw expired();
        }
        callers.proved(token, grant.keyId());
        return grant;
    }

    private PlaybackGrant signedByUs(byte[] bytes) {
        byte[] signed = Arrays.copyOf(bytes, SIGNED);
        byte[] mac = Arrays.copyOfRange(bytes, SIGNED, SIGNED + MAC);
        int generation = ByteBuffer.wrap(bytes).getInt();
        boolean holds = secrets.of(generation)
                .map(secret -> MessageDigest.isEqual(secret.sign(signed), mac))
                .orElse(false);
        if (!holds) {
            throw expired();
        }
        return PlaybackGrant.of(ByteBuffer.wrap(signed).position(GENERATION));
    }

    /** Only the one text that encodes these bytes: a second spelling of a token is none. */
    private static byte[] decoded(String token) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length == SIGNED + MAC
                    && Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(token)) {
                return bytes;
            }
        } catch (IllegalArgumentException garbage) {
            throw expired();
        }
        throw expired();
    }

    private static CodedException expired() {
        return new CodedException(
                ErrorCode.PLAYBACK_EXPIRED,
                "This address has ended, or it never was one of ours. Ask for a new one with POST"
                        + " /api/v1/assets/{content_hash}/playback.");
    }
}
