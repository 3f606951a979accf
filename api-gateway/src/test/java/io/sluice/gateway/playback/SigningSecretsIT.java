package io.sluice.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.gateway.asset.ContentHash;
import io.sluice.gateway.security.LiveKeys;
import io.sluice.gateway.security.ProvenCallers;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** What tokens are signed with, as several gateway processes see it while time passes. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class SigningSecretsIT {

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);

    @Inject
    SigningSecretRows rows;

    @Inject
    PlaybackConfig config;

    @Inject
    LiveKeys keys;

    @Inject
    ProvenCallers callers;

    private PlaybackTokens one;
    private PlaybackTokens other;
    private UUID key;

    @BeforeEach
    void twoProcessesAndNoSecret() {
        World.empty();
        SluiceInfra.database().execute("DELETE FROM playback_secret");
        one = process();
        other = process();
        JsonNode all =
                Rest.withKey(World.bootstrapKey()).get("/api/v1/api-keys").json();
        key = UUID.fromString(all.at("/items/0/id").asText());
    }

    @Test
    void whatOneProcessSignedEveryProcessOpens() {
        PlaybackGrant grant = grant(Duration.ofHours(1));
        String token = one.sign(grant);
        assertThat(other.open(token)).isEqualTo(grant);
        assertThat(one.open(other.sign(grant))).isEqualTo(grant);
        assertThat(SluiceInfra.database().number("SELECT COUNT(*) FROM playback_secret"))
                .isEqualTo(1);
    }

    @Test
    void anOldSecretIsFollowedAndStillOpensWhatItSignedUntilTheNextOne() {
        String first = one.sign(grant(Duration.ofDays(7)));
        now.updateAndGet(at -> at.plus(Duration.ofDays(29)));
        String last = one.sign(grant(Duration.ofDays(7)));
        now.updateAndGet(at -> at.plus(Duration.ofDays(2)));
        String second = other.sign(grant(Duration.ofDays(7)));

        assertThat(generation(first)).isEqualTo(1);
        assertThat(generation(second)).isEqualTo(2);
        assertThat(one.open(last).keyId())
                .as("the longest life outlives its secret's turn")
                .isEqualTo(key);
        assertThat(one.open(second).keyId()).as("another process made it").isEqualTo(key);

        String survivor = one.sign(grant(Duration.ofDays(7)));
        now.updateAndGet(at -> at.plus(Duration.ofDays(31)));
        String third = one.sign(grant(Duration.ofDays(365)));
        now.updateAndGet(at -> at.plus(Duration.ofDays(31)));
        assertThat(generation(other.sign(grant(Duration.ofDays(1))))).isEqualTo(4);
        assertThat(SluiceInfra.database().number("SELECT COUNT(*) FROM playback_secret"))
                .isEqualTo(2);
        assertThat(one.open(third).keyId()).isEqualTo(key);
        refused(one, survivor);
        refused(one, first);
    }

    @Test
    void theClockEndsAToken() {
        String token = one.sign(grant(Duration.ofSeconds(60)));
        now.updateAndGet(at -> at.plusSeconds(59));
        assertThat(one.open(token).keyId()).isEqualTo(key);
        now.updateAndGet(at -> at.plusSeconds(1));
        refused(one, token);
    }

    @Test
    void secretsThatAreDeletedByHandAreDeadWithinAMinute() {
        String token = one.sign(grant(Duration.ofHours(1)));
        SluiceInfra.database().execute("DELETE FROM playback_secret");
        now.updateAndGet(at -> at.plusSeconds(61));
        refused(one, token);
        assertThat(other.open(one.sign(grant(Duration.ofHours(1)))).keyId()).isEqualTo(key);
        refused(other, token);
    }

    private PlaybackTokens process() {
        return new PlaybackTokens(new SigningSecrets(rows, config, clock), keys, callers, clock);
    }

    private PlaybackGrant grant(Duration life) {
        return new PlaybackGrant(new ContentHash("0".repeat(64)), now.get().plus(life), key);
    }

    private static int generation(String token) {
        return ByteBuffer.wrap(Base64.getUrlDecoder().decode(token)).getInt();
    }

    private static void refused(PlaybackTokens process, String token) {
        assertThatThrownBy(() -> process.open(token))
                .isInstanceOfSatisfying(CodedException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.PLAYBACK_EXPIRED));
    }
}
