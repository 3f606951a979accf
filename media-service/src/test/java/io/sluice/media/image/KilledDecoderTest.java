package io.sluice.media.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.profile.Encoding;

/** SIGKILL from outside while one decodes: its picture fails, the other child and its pictures do not notice. */
@Timeout(60)
class KilledDecoderTest {

    @TempDir
    Path folder;

    private List<LadderStep> to(String name) {
        return List.of(new LadderStep(250, Encoding.WEBP, 80, folder.resolve(name)));
    }

    @Test
    void aKilledChildIsReplacedAndItsNeighboursAreUnharmed() throws IOException {
        TestPictures pictures = new TestPictures(folder);
        Path slow = pictures.bomb("slow.png", 14_100, 14_100);
        Path quick = pictures.jpeg("quick.jpg", TestPictures.photograph(300, 200, 1));
        try (ImageDecoders decoders = new ImageDecoders(TestSettings.of(2))) {
            List<Long> others =
                    TestSettings.children().stream().map(ProcessHandle::pid).toList();
            decoders.version();
            long victim = TestSettings.children().stream()
                    .map(ProcessHandle::pid)
                    .filter(pid -> !others.contains(pid))
                    .findFirst()
                    .orElseThrow();
            // The child that was used last is used first.
            CompletableFuture<LadderAnswer> doomed =
                    CompletableFuture.supplyAsync(() -> decoders.make(slow, 1440, to("slow.webp")));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> TestSettings.hasOpen(victim, slow));
            assertThat(decoders.make(quick, 1440, to("beside.webp"))).isInstanceOf(LadderAnswer.Complete.class);

            assertThat(ProcessHandle.of(victim).orElseThrow().destroyForcibly()).isTrue();

            assertThatThrownBy(doomed::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(CodedException.class)
                    .satisfies(e ->
                            assertThat(((CodedException) e.getCause()).code()).isEqualTo(ErrorCode.CHILD_DIED));
            for (int i = 0; i < 4; i++) {
                assertThat(decoders.make(quick, 1440, to("after.webp"))).isInstanceOf(LadderAnswer.Complete.class);
            }
            assertThat(decoders.make(slow, 1440, to("slow.webp"))).isInstanceOf(LadderAnswer.Complete.class);
            assertThat(decoders.deaths()).isEqualTo(1);
        }
    }
}
