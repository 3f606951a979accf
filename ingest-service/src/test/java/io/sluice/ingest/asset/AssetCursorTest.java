package io.sluice.ingest.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.protobuf.util.Timestamps;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.ListAssetsRequest;
import io.sluice.contract.ingest.v1.MediaKind;

class AssetCursorTest {

    private static final AssetFilter ALL = AssetFilter.of(ListAssetsRequest.getDefaultInstance());
    private static final AssetFilter IMAGES = AssetFilter.of(
            ListAssetsRequest.newBuilder().setKind(MediaKind.MEDIA_KIND_IMAGE).build());

    @Test
    void comesBackAsItWent() {
        AssetCursor.Place place = AssetCursor.Place.behind(-12345);
        AssetCursor.Place read = AssetCursor.read(IMAGES, AssetCursor.write(IMAGES, place));
        assertThat(read.newest()).isEqualTo(-12345);
        assertThat(read.hash()).isEqualTo(place.hash());
    }

    @Test
    void isBoundToItsFilters() {
        String cursor = AssetCursor.write(IMAGES, AssetCursor.Place.FIRST);
        assertThatThrownBy(() -> AssetCursor.read(ALL, cursor))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageContaining("other filters")
                .hasMessageContaining("start without one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "!!!", "AAAA", "AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void refusesWhatIsNone(String cursor) {
        assertThatThrownBy(() -> AssetCursor.read(ALL, cursor))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    void startsAndEndsWhereTheRangeDoes() {
        AssetFilter range = AssetFilter.of(ListAssetsRequest.newBuilder()
                .setTakenFrom(Timestamps.fromMicros(1_000))
                .setTakenTo(Timestamps.fromMicros(2_000))
                .build());
        assertThat(range.start().newest()).isEqualTo(-2_000);
        assertThat(range.end()).isEqualTo(-1_000);
        assertThat(ALL.start()).isSameAs(AssetCursor.Place.FIRST);
        assertThat(ALL.end()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesLibrariesThatAreNoUuid() {
        assertThatThrownBy(() -> AssetFilter.of(
                        ListAssetsRequest.newBuilder().setLibraryId("photos").build()))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("photos");
    }
}
