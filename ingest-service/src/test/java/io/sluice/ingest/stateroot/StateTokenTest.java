package io.sluice.ingest.stateroot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class StateTokenTest {

    @Test
    void writesPlainNamesAsTheyAre() {
        assertThat(StateToken.of("a/B-1_(2).jpg")).isEqualTo("a/B-1_(2).jpg");
        assertThat(StateToken.of("a b!~ü")).isEqualTo("a!20b!21~7e~c3~bc");
    }

    @Test
    void keepsTheOrderOfTheBytesAlsoBehindABlank() {
        long seed = 20261121;
        Random random = new Random(seed);
        List<byte[]> names = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            byte[] name = new byte[1 + random.nextInt(3)];
            random.nextBytes(name);
            names.add(name);
        }
        names.sort(Arrays::compareUnsigned);
        assertThat(names.stream().map(name -> StateToken.of(name) + " -").toList())
                .as("seed %d", seed)
                .isSortedAccordingTo(Comparator.naturalOrder());
    }
}
