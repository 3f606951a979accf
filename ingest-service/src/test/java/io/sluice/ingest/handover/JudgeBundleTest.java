package io.sluice.ingest.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of verdicts of the handover contract. */
class JudgeBundleTest {

    private static final String ID = "37e428d2-a4f6-4a31-bacf-0c835fb24084";

    @ParameterizedTest(name = "json {0}, ready {1}, name {2}, status {3}, verification {4}: {5}")
    @CsvSource({
        "false, true,  same,  completed, true,   manifest_missing, waiting",
        "false, false, same,  completed, true,   gone,             waiting",
        "true,  false, same,  completed, true,   not_released,     waiting",
        "true,  false, other, writing,   false,  not_released,     waiting",
        "true,  true,  other, completed, true,   bad_name,         invalid",
        "true,  true,  other, writing,   false,  bad_name,         invalid",
        "true,  true,  plain, completed, true,   bad_name,         invalid",
        "true,  true,  upper, completed, true,   bad_name,         invalid",
        "true,  true,  same,  writing,   true,   not_completed,    waiting",
        "true,  true,  same,  writing,   false,  not_completed,    waiting",
        "true,  true,  same,  COMPLETED, true,   not_completed,    waiting",
        "true,  true,  same,  completed, false,  not_verified,     invalid",
        "true,  true,  same,  completed, absent, not_verified,     invalid",
        "true,  true,  same,  completed, true,   consumable,       discovered",
    })
    void everyCombinationHasItsVerdict(
            boolean json,
            boolean ready,
            String name,
            String status,
            String verification,
            String verdict,
            String state) {
        String fileName =
                switch (name) {
                    case "other" -> "01934b2e-7d50-7c3a-9b1e-4f5a6b7c8d9e";
                    case "plain" -> "holiday";
                    case "upper" -> ID.toUpperCase(Locale.ROOT);
                    default -> ID;
                };
        ManifestText manifest = new ManifestText(name.equals("plain") || name.equals("upper") ? fileName : ID)
                .with("status", '"' + status + '"')
                .with("verification", verification.equals("absent") ? null : "{\"passed\": " + verification + "}");
        Judgement judged = JudgeBundle.judge(new SyncId(fileName), look(json, ready), () -> read(manifest.bytes()));
        assertThat(judged.verdict().word()).isEqualTo(verdict);
        assertThat(judged.verdict().state().word()).isEqualTo(state);
        assertThat(judged.reason().isEmpty()).isEqualTo(verdict.equals("consumable"));
        assertThat(judged.claims() != null).isEqualTo(json && ready);
    }

    @Test
    void aManifestThatCannotBeTakenIsInvalidWithItsPointer() {
        byte[] bytes = new ManifestText(ID).with("items", "[{\"bytes\": []}]").bytes();
        Judgement judged = JudgeBundle.judge(new SyncId(ID), look(true, true), () -> read(bytes));
        assertThat(judged.verdict()).isEqualTo(Verdict.BAD_MANIFEST);
        assertThat(judged.verdict().state()).isEqualTo(BatchState.INVALID);
        assertThat(judged.pointer()).isEqualTo("/items/0/bytes");
        assertThat(judged.manifestSha256()).hasSize(32);
    }

    @Test
    void aManifestWithoutStatusIsNotCompleted() {
        byte[] bytes = new ManifestText(ID).with("status", null).bytes();
        assertThat(JudgeBundle.judge(new SyncId(ID), look(true, true), () -> read(bytes))
                        .verdict())
                .isEqualTo(Verdict.NOT_COMPLETED);
    }

    @Test
    void aNameOfAnyBytesIsKeptAndComesBack() {
        byte[] name = {'a', ' ', (byte) 0xff, '%', '.', '/'};
        SyncId id = SyncId.ofName(name);
        assertThat(id.text()).isEqualTo("a%20%FF%25.%2F");
        assertThat(id.name()).isEqualTo(name);
        assertThat(SyncId.ofName(ID.getBytes(StandardCharsets.UTF_8)).isUuid()).isTrue();
    }

    private static Look look(boolean json, boolean ready) {
        return new Look(1, "scan", Instant.EPOCH, json ? new Look.ManifestStat(1, 2, 3, 4) : null, ready ? 5L : null);
    }

    private static ManifestRead read(byte[] bytes) {
        try {
            return new ManifestReader(TestLimits.DEFAULT).read(new ByteArrayInputStream(bytes), item -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
