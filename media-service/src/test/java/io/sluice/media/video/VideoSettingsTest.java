package io.sluice.media.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class VideoSettingsTest {

    @Test
    void everyWrongSettingIsNamedAtOnce() {
        assertThatThrownBy(() -> new VideoSettings(
                        -1, -1, 0, Duration.ZERO, 1, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 5, " ", ""))
                .hasMessageContaining("sluice.video.workers must be 0 (none) to 64, is -1")
                .hasMessageContaining("sluice.video.interactive")
                .hasMessageContaining("sluice.video.threads")
                .hasMessageContaining("sluice.video.max-duration")
                .hasMessageContaining("sluice.video.max-pixels")
                .hasMessageContaining("sluice.video.max-output-megabytes")
                .hasMessageContaining("sluice.video.time-factor")
                .hasMessageContaining("sluice.video.stall-limit")
                .hasMessageContaining("sluice.video.probe-time-limit")
                .hasMessageContaining("sluice.video.frame-time-limit")
                .hasMessageContaining("sluice.video.memory-megabytes")
                .hasMessageContaining("sluice.video.ffmpeg")
                .hasMessageContaining("sluice.video.ffprobe");
    }

    @Test
    void theSettingsOfTestsAreRight() {
        VideoSettings settings = TestVideoSettings.usual();

        assertThat(settings.workers()).isEqualTo(1);
        assertThat(settings.maxOutputBytes()).isEqualTo(1L << 30);
        assertThat(settings.maxDuration()).isEqualTo(Duration.ofHours(24));
    }
}
