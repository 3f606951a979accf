package io.sluice.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lone broker keeps what it leads while it stops. In a controlled shutdown its partitions would have no leader for a moment, and
 * transactions that are being committed then would stay open for ever.
 */
class StopOfALoneBrokerIT {

    @Test
    void a_stop_is_clean_and_gives_no_partition_away(@TempDir Path dir) throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(dir, 0);
        kafka.close();
        assertThat(Files.readString(dir.resolve("kafka.log")))
                .contains("shut down completed")
                .doesNotContain("Beginning controlled shutdown");
    }
}
