package io.sluice.media.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.scanner.v1.FileStat;
import io.sluice.media.asset.AssetLocation;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.image.Command;
import io.sluice.media.video.Probed;
import io.sluice.media.video.VideoSettings;
import io.sluice.media.video.VideoTools;

/** With an ffprobe that leaves a line in a file each time it is started. */
class ProbeOriginalTest {

    private static final ContentHash HASH = new ContentHash("ab".repeat(32));
    private static final ContentHash ANOTHER = new ContentHash("cd".repeat(32));

    @TempDir
    Path folder;

    private Path video;
    private Path starts;
    private ProbeOriginal originals;

    @BeforeEach
    void makeVideo() throws IOException {
        video = folder.resolve("video.mp4");
        Command.run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=96x64:duration=1", video.toString());
        starts = Files.createFile(folder.resolve("starts"));
        Path ffprobe = folder.resolve("ffprobe");
        String real = Command.run("sh", "-c", "command -v ffprobe").strip();
        Files.writeString(ffprobe, "#!/bin/sh\necho started >> %s\nexec %s \"$@\"\n".formatted(starts, real));
        assertThat(ffprobe.toFile().setExecutable(true)).isTrue();
        originals = new ProbeOriginal(new VideoTools(new VideoSettings(
                1,
                1,
                1,
                Duration.ofHours(1),
                1_000_000,
                64,
                10,
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                0,
                "ffmpeg",
                ffprobe.toString())));
    }

    @Test
    void theSameBytesAreLookedIntoOnce() throws IOException {
        Probed first = originals.probe(HASH, asItIs(video));

        assertThat(first).isInstanceOf(Probed.Video.class);
        assertThat(originals.probe(HASH, asItIs(video))).isEqualTo(first);
        assertThat(starts()).isEqualTo(1);

        originals.probe(ANOTHER, asItIs(video));
        assertThat(starts()).isEqualTo(2);
    }

    @Test
    void aRefusalIsNotRemembered() throws IOException {
        Path file = Files.writeString(folder.resolve("text.mp4"), "no video");
        assertThat(originals.probe(HASH, asItIs(file))).isInstanceOf(Probed.Refused.class);

        Files.copy(video, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(originals.probe(HASH, asItIs(file))).isInstanceOf(Probed.Video.class);
        assertThat(starts()).isEqualTo(2);
    }

    @Test
    void whatAFileSaidThatIsNotTheHashedOneIsNotRemembered() throws IOException {
        Original changed = new Original(video, location());

        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> originals.probe(HASH, changed))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_CHANGED));

        originals.probe(HASH, asItIs(video));
        assertThat(starts()).isEqualTo(2);
    }

    private int starts() throws IOException {
        return Files.readAllLines(starts).size();
    }

    private static Original asItIs(Path file) throws IOException {
        return new Original(file, location().seen(file));
    }

    private static AssetLocation location() {
        return new AssetLocation(
                "library", "video.mp4".getBytes(StandardCharsets.UTF_8), FileStat.getDefaultInstance(), true);
    }
}
