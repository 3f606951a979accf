package io.sluice.ingest.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.contract.CodedException;

class RelativePathTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", ".", "..", "a/../b", "../a", "a/..", "./a", "a/./b", "a\0b"})
    void refusesWhatCouldLeadOut(String path) {
        assertThatThrownBy(() -> RelativePath.of(path))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("Path refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "...", "..a", "a..", "a/..b/c", ".hidden", "a b/ü.jpg", "a\nb"})
    void takesEveryOtherName(String path) {
        assertThat(RelativePath.of(path).toString()).isEqualTo(path);
    }

    @Test
    void holdsBytesThatAreNoText() {
        byte[] bytes = {'d', '/', (byte) 0xff, (byte) 0xfe, '.', 'j'};
        RelativePath path = RelativePath.of(bytes);
        assertThat(path.bytes()).isEqualTo(bytes);
        assertThat(path.fileName()).endsWith(".j");
        assertThat(RelativePath.of(bytes)).isEqualTo(path).hasSameHashCodeAs(path);
    }

    @Test
    void is4096BytesLongAtMost() {
        assertThat(RelativePath.of("a".repeat(4096)).bytes()).hasSize(4096);
        assertThatThrownBy(() -> RelativePath.of("a".repeat(4097))).hasMessageContaining("4097");
    }

    @Test
    void keysDifferByLibraryAndPath() {
        RelativePath path = RelativePath.of("a/b.jpg");
        assertThat(path.keyIn("lib-1"))
                .isEqualTo(RelativePath.of("a/b.jpg").keyIn("lib-1"))
                .isNotEqualTo(path.keyIn("lib-2"))
                .isNotEqualTo(RelativePath.of("a/c.jpg").keyIn("lib-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "018f4a1e-0000-7000-8000-000000000001", "018f4a1e-0000-7000-8000-000000000001/x"})
    void keysOfWorkAreLibraryAndFile(String key) {
        assertThatThrownBy(() -> LocationKey.parse(key)).isInstanceOf(CodedException.class);
        assertThat(LocationKey.parse("018f4a1e-0000-7000-8000-000000000001/42"))
                .isEqualTo(new LocationKey("018f4a1e-0000-7000-8000-000000000001", 42));
    }
}
