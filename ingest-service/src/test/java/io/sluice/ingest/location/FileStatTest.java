package io.sluice.ingest.location;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;

class FileStatTest {

    private static final FileStat STAT = new FileStat(10, 2_000, 3_000, 1_000, 7);

    @Test
    void otherBytesArePossibleWhenSizeMtimeCtimeOrInodeDiffer() {
        assertThat(STAT.sameBytes(new FileStat(10, 2_000, 3_000, 9, 7))).isTrue();
        assertThat(STAT.sameBytes(new FileStat(11, 2_000, 3_000, 1_000, 7))).isFalse();
        assertThat(STAT.sameBytes(new FileStat(10, 2_001, 3_000, 1_000, 7))).isFalse();
        assertThat(STAT.sameBytes(new FileStat(10, 2_000, 3_001, 1_000, 7))).isFalse();
        assertThat(STAT.sameBytes(new FileStat(10, 2_000, 3_000, 1_000, 8))).isFalse();
    }

    @Test
    void aRenameChangesTheCtimeOnly() {
        assertThat(STAT.sameFileRenamed(new FileStat(10, 2_000, 9_999, 1_000, 7)))
                .isTrue();
        assertThat(STAT.sameFileRenamed(new FileStat(10, 2_000, 9_999, 0, 7))).isTrue();
        assertThat(STAT.sameFileRenamed(new FileStat(10, 2_000, 9_999, 1_001, 7)))
                .isFalse();
        assertThat(STAT.sameFileRenamed(new FileStat(10, 2_000, 9_999, 1_000, 8)))
                .isFalse();
        assertThat(STAT.sameFileRenamed(new FileStat(10, 2_001, 9_999, 1_000, 7)))
                .isFalse();
    }

    @Test
    void theEarliestTimeIsThatOfBirthUnlessTheBytesAreOlder() {
        assertThat(STAT.earliestTime()).isEqualTo(Instant.ofEpochSecond(0, 1_000));
        assertThat(new FileStat(1, 2_000, 0, 3_000, 1).earliestTime()).isEqualTo(Instant.ofEpochSecond(0, 2_000));
        assertThat(new FileStat(1, 2_000, 0, 0, 1).earliestTime()).isEqualTo(Instant.ofEpochSecond(0, 2_000));
        assertThat(new FileStat(1, 0, 0, 3_000, 1).earliestTime()).isEqualTo(Instant.ofEpochSecond(0, 3_000));
        assertThat(new FileStat(1, -5, 0, 0, 1).earliestTime()).isEqualTo(Instant.EPOCH);
    }
}
