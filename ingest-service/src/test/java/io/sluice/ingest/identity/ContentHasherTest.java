package io.sluice.ingest.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.sluice.contract.CodedException;

class ContentHasherTest {

    /** First 32 bytes of the official vectors (BLAKE3-team/BLAKE3 test_vectors.json): input byte i is i % 251. */
    @ParameterizedTest
    @CsvSource({
        "0, af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
        "1, 2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213",
        "1023, 10108970eeda3eb932baac1428c7a2163b0e924c9a9e25b35bba72b28f70bd11",
        "1024, 42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7",
        "1025, d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444",
        "102400, bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085"
    })
    void equalsTheOfficialVectors(int length, String expected) {
        byte[] input = new byte[length];
        for (int i = 0; i < length; i++) {
            input[i] = (byte) (i % 251);
        }
        ContentHasher whole = new ContentHasher();
        whole.update(input, length);
        assertThat(whole.finish().hex()).isEqualTo(expected);
    }

    @Test
    void isTheSameHoweverTheBytesAreCut() {
        byte[] input = new byte[10_000];
        ContentHasher whole = new ContentHasher();
        whole.update(input, input.length);
        ContentHasher pieces = new ContentHasher();
        for (int left = input.length; left > 0; left -= 777) {
            pieces.update(input, Math.min(777, left));
        }
        assertThat(pieces.finish()).isEqualTo(whole.finish());
    }

    @Test
    void refusesShortHashes() {
        assertThatThrownBy(() -> ContentHash.of(new byte[16]))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("32 bytes");
    }
}
