package io.sluice.ingest.identity;

import static io.sluice.contract.ingest.v1.TakenAtSource.TAKEN_AT_SOURCE_EXIF;
import static io.sluice.contract.ingest.v1.TakenAtSource.TAKEN_AT_SOURCE_FILE_NAME;
import static io.sluice.contract.ingest.v1.TakenAtSource.TAKEN_AT_SOURCE_FILE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TakenAtTest {

    private static final Instant FILE_TIME = Instant.parse("2020-02-02T02:02:02Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            IMG_20230714_182205.jpg                              | 2023-07-14T18:22:05Z
            IMG_20230714_182205_1.jpg                            | 2023-07-14T18:22:05Z
            PXL_20230714_162205123.jpg                           | 2023-07-14T16:22:05.123Z
            PXL_20230714_162205123.MP.jpg                        | 2023-07-14T16:22:05.123Z
            VID_20230714_182205.mp4                              | 2023-07-14T18:22:05Z
            VID-20230714-WA0001.mp4                              | 2023-07-14T00:00:00Z
            IMG-20230714-WA0012.jpg                              | 2023-07-14T00:00:00Z
            Screenshot_20230714-182205.png                       | 2023-07-14T18:22:05Z
            Screenshot_2023-07-14-18-22-05-123_com.app.png       | 2023-07-14T18:22:05Z
            Screenshot 2023-07-14 at 6.22.05 PM.png              | 2023-07-14T18:22:05Z
            Screenshot 2023-07-14 at 12.22.05 AM.png             | 2023-07-14T00:22:05Z
            2023-07-14 18.22.05.jpg                              | 2023-07-14T18:22:05Z
            2023-07-14 18.22.05-1.jpg                            | 2023-07-14T18:22:05Z
            WhatsApp Image 2023-07-14 at 18.22.05.jpeg           | 2023-07-14T18:22:05Z
            signal-2023-07-14-182205.jpg                         | 2023-07-14T18:22:05Z
            signal-2023-07-14-18-22-05-123.jpg                   | 2023-07-14T18:22:05Z
            FB_IMG_1522345678901.jpg                             | 2018-03-29T17:47:58.901Z
            1522345678901.jpg                                    | 2018-03-29T17:47:58.901Z
            00100lPORTRAIT_00100_BURST20230714182205123_COVER.jpg | 2023-07-14T18:22:05.123Z
            20230714_182205.heic                                 | 2023-07-14T18:22:05Z
            DJI_20230714182205_0001_D.JPG                        | 2023-07-14T18:22:05Z
            MVIMG_20230714_182205.jpg                            | 2023-07-14T18:22:05Z
            2023-07-14T18:22:05.jpg                              | 2023-07-14T18:22:05Z
            IMG_19990101_235959.jpg                              | 1999-01-01T23:59:59Z
            20231399_x_20230714.jpg                              | 2023-07-14T00:00:00Z
            """)
    void readsTheTimeFromNamesThatHaveOne(String name, Instant expected) {
        assertThat(TakenAt.of(null, name, FILE_TIME, ZoneOffset.UTC))
                .isEqualTo(new TakenAt(expected, TAKEN_AT_SOURCE_FILE_NAME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IMG_1234.jpg", "DSC01234.JPG", "20231301_182205.jpg", "20230230_182205.jpg",
                        "12345678901234567890.jpg",
                "1202307141.jpg", "holiday 2023.jpg", "IMG_99991231.jpg", "9781234567890.jpg", "part1522345678901x.jpg",
                "2023-0714.jpg", ""
            })
    void takesTheEarliestFileTimeWhenTheNameHasNone(String name) {
        assertThat(TakenAt.of(null, name, FILE_TIME, ZoneOffset.UTC))
                .isEqualTo(new TakenAt(FILE_TIME, TAKEN_AT_SOURCE_FILE_TIME));
    }

    @Test
    void takesLocalNamesForTimesOfTheConfiguredZoneAndPxlNamesForUtc() {
        assertThat(TakenAt.of(null, "IMG_20230714_182205.jpg", FILE_TIME, BERLIN)
                        .at())
                .isEqualTo(Instant.parse("2023-07-14T16:22:05Z"));
        assertThat(TakenAt.of(null, "PXL_20230714_182205123.jpg", FILE_TIME, BERLIN)
                        .at())
                .isEqualTo(Instant.parse("2023-07-14T18:22:05.123Z"));
    }

    @Test
    void prefersExif() {
        Instant exif = Instant.parse("2001-01-01T10:00:00.123456789Z");
        assertThat(TakenAt.of(exif, "IMG_20230714_182205.jpg", FILE_TIME, ZoneOffset.UTC))
                .isEqualTo(new TakenAt(Instant.parse("2001-01-01T10:00:00.123456Z"), TAKEN_AT_SOURCE_EXIF));
    }

    @Test
    void theBetterOfTwoIsTheSameInEitherOrder() {
        TakenAt exif = new TakenAt(FILE_TIME, TAKEN_AT_SOURCE_EXIF);
        TakenAt early = new TakenAt(FILE_TIME.minusSeconds(9), TAKEN_AT_SOURCE_FILE_TIME);
        TakenAt late = new TakenAt(FILE_TIME, TAKEN_AT_SOURCE_FILE_TIME);
        assertThat(exif.orBetter(early)).isEqualTo(early.orBetter(exif)).isEqualTo(exif);
        assertThat(late.orBetter(early)).isEqualTo(early.orBetter(late)).isEqualTo(early);
    }

    @Test
    void newestGrowsWithAge() {
        TakenAt epoch = new TakenAt(Instant.EPOCH, TAKEN_AT_SOURCE_EXIF);
        assertThat(epoch.newest()).isZero();
        assertThat(new TakenAt(Instant.parse("1969-12-31T23:59:59.999999Z"), TAKEN_AT_SOURCE_EXIF).newest())
                .isEqualTo(1);
    }
}
