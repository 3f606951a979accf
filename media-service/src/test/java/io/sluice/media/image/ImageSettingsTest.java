package io.sluice.media.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class ImageSettingsTest {

    @Test
    void everyWrongSettingIsNamedAtOnce() {
        assertThatThrownBy(() -> new ImageSettings(0, 10, Duration.ZERO, 1, 5, -1, " "))
                .hasMessageContaining("sluice.image.workers must be 1 to 256, is 0")
                .hasMessageContaining("sluice.image.max-pixels")
                .hasMessageContaining("sluice.image.time-limit")
                .hasMessageContaining("sluice.image.heap-megabytes")
                .hasMessageContaining("sluice.image.memory-megabytes")
                .hasMessageContaining("sluice.image.pictures-per-child")
                .hasMessageContaining("sluice.image.vips-library");
    }

    @Test
    void theDefaultsAreRight() {
        assertThat(TestSettings.of(1).timeLimit()).isEqualTo(Duration.ofSeconds(30));
    }
}
