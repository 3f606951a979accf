package io.sluice.ingest.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.sluice.contract.ingest.v1.HeaderMetadata;

/** Real files, real child processes. */
class HeaderReaderTest {

    private static HeaderReader reader;

    @TempDir
    Path dir;

    @BeforeAll
    static void start() {
        reader = new HeaderReader(new HeaderConfig() {
            @Override
            public int children() {
                return 1;
            }

            @Override
            public Duration timeLimit() {
                return Duration.ofSeconds(20);
            }

            @Override
            public int heapMegabytes() {
                return 64;
            }

            @Override
            public int questionsPerChild() {
                return 2000;
            }
        });
    }

    @AfterAll
    static void stop() {
        reader.close();
    }

    @Test
    void readsWhatStandsInExif() throws IOException {
        FileHeader header = read(new ExifJpeg()
                .camera("Canon", "EOS R5 ", "RF 24-105")
                .orientation(6)
                .takenAt("2023:07:14 18:22:05")
                .fraction("123")
                .offset("+02:00")
                .exposure(35, 28, 250, 400)
                .place(-47, 8, -12)
                .bytes());
        assertThat(header.reason()).isNull();
        assertThat(header.mediaType()).isEqualTo("image/jpeg");
        assertThat(header.takenAt()).isEqualTo(Instant.parse("2023-07-14T16:22:05.123Z"));
        HeaderMetadata fields = header.metadata();
        assertThat(fields.getCameraMake()).isEqualTo("Canon");
        assertThat(fields.getCameraModel()).isEqualTo("EOS R5");
        assertThat(fields.getLensModel()).isEqualTo("RF 24-105");
        assertThat(fields.getOrientation()).isEqualTo(6);
        assertThat(fields.getGpsLatitude()).isCloseTo(-47.5, within(1e-9));
        assertThat(fields.getGpsLongitude()).isCloseTo(8.25, within(1e-9));
        assertThat(fields.getGpsAltitude()).isEqualTo(-12);
        assertThat(fields.getFocalLength()).isEqualTo(35);
        assertThat(fields.getAperture()).isEqualTo(2.8);
        assertThat(fields.getShutterSpeed()).isEqualTo(1.0 / 250);
        assertThat(fields.getIso()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "0000:00:00 00:00:00, none",
                "1904:01:01 00:00:00, none",
                "1970:01:01 00:00:00, none",
                "2023:13:14 18:22:05, none",
                "2023:02:30 18:22:05, none",
                "'    :  :     :  :  ', none",
                "2023:07:14 18:22:05, 2023-07-14T16:22:05Z",
                "1999-12-31 23:59:59, 1999-12-31T22:59:59Z"
            })
    void timesThatWereNeverSetAreNone(String original, Instant expected) throws IOException {
        byte[] jpeg = new ExifJpeg().takenAt(original).bytes();
        assertThat(reader.read(List.of(file("a.jpg", jpeg)), ZoneId.of("Europe/Berlin"))
                        .getFirst()
                        .takenAt())
                .isEqualTo(expected);
    }

    @Test
    void fallsBackToTheTimeOfDigitizing() throws IOException {
        byte[] jpeg = new ExifJpeg()
                .takenAt("0000:00:00 00:00:00")
                .digitizedAt("2020:01:02 03:04:05")
                .bytes();
        assertThat(read(jpeg).takenAt()).isEqualTo(Instant.parse("2020-01-02T03:04:05Z"));
    }

    @Test
    void nowhereIsNoPlaceAndOrientationNineIsNone() throws IOException {
        HeaderMetadata fields =
                read(new ExifJpeg().nowhere().orientation(9).bytes()).metadata();
        assertThat(fields).isEqualTo(HeaderMetadata.getDefaultInstance());
    }

    @ParameterizedTest
    @CsvSource({
        "89504e470d0a1a0a0000000d49484452, image/png",
        "474946383961, image/gif",
        "255044462d312e37, application/pdf",
        "0000001866747970697363366d0000006d70343269736f6d, video/mp4",
        "0000001866747970686569630000000068656963, image/heic",
        "1a45dfa39342868101427765626d, video/webm",
        "1a45dfa393428681016d6174726f736b61, video/x-matroska",
        "4f67675300, audio/ogg",
        "664c614300, audio/flac",
        "49443303000000000000, audio/mpeg",
        "68656c6c6f20776f726c64, ''",
        "'', ''"
    })
    void contentDecidesTheType(String hex, String mediaType) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(reader.read(List.of(file("x.jpg", bytes)), ZoneOffset.UTC)
                        .getFirst()
                        .mediaType())
                .isEqualTo(mediaType);
    }

    @Test
    void brokenHeadersAreEmptyWithAReason() throws IOException {
        byte[] jpeg = new ExifJpeg().camera("A", "B", "C").bytes();
        byte[] cut = Arrays.copyOf(jpeg, 3);
        FileHeader header = read(cut);
        assertThat(header.mediaType()).isEqualTo("image/jpeg");
        assertThat(header.metadata()).isEqualTo(HeaderMetadata.getDefaultInstance());
    }

    @Test
    void aFileThatKillsItsReaderIsTheOnlyOneWithoutHeader() throws IOException {
        List<URI> files = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            files.add(file(i + ".jpg", new ExifJpeg().orientation(1 + i % 8).bytes()));
        }
        files.add(4, file("poison.png", PoisonedPng.bytes()));
        List<FileHeader> headers = reader.read(files, ZoneOffset.UTC);
        assertThat(headers).hasSize(11);
        assertThat(headers.get(4).reason()).startsWith("child_died");
        assertThat(headers.get(4).mediaType()).isEqualTo("image/png");
        headers.remove(4);
        assertThat(headers).allSatisfy(header -> {
            assertThat(header.reason()).isNull();
            assertThat(header.metadata().hasOrientation()).isTrue();
        });
    }

    @Test
    void aFileThatIsGoneHasAReason() throws IOException {
        URI gone = dir.resolve("gone.jpg").toUri();
        assertThat(reader.read(List.of(gone), ZoneOffset.UTC).getFirst().reason())
                .contains("NoSuchFile");
    }

    @Test
    void textNamedJpgIsNoImage() throws IOException {
        FileHeader header = read("no picture at all".getBytes(StandardCharsets.UTF_8));
        assertThat(header).isEqualTo(FileHeader.empty());
    }

    private FileHeader read(byte[] bytes) throws IOException {
        return reader.read(List.of(file("a.jpg", bytes)), ZoneOffset.UTC).getFirst();
    }

    private URI file(String name, byte[] bytes) throws IOException {
        return Files.write(dir.resolve(name), bytes).toUri();
    }
}
