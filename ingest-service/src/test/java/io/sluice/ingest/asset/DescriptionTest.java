package io.sluice.ingest.asset;

import static io.sluice.contract.ingest.v1.TakenAtSource.TAKEN_AT_SOURCE_EXIF;
import static io.sluice.contract.ingest.v1.TakenAtSource.TAKEN_AT_SOURCE_FILE_NAME;
import static io.sluice.contract.ingest.v1.TakenAtSource.TAKEN_AT_SOURCE_FILE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.sluice.contract.ingest.v1.HeaderMetadata;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.ingest.asset.Asset.Description;
import io.sluice.ingest.identity.TakenAt;

class DescriptionTest {

    private static final HeaderMetadata HEADER =
            HeaderMetadata.newBuilder().setCameraMake("Make").build();
    private static final HeaderMetadata NONE = HeaderMetadata.getDefaultInstance();
    private static final Instant EARLY = Instant.parse("2001-01-01T00:00:00Z");
    private static final Instant LATE = Instant.parse("2011-01-01T00:00:00Z");

    @Test
    void isTheSameInWhateverOrderLocationsCome() {
        List<Description> told = new ArrayList<>(List.of(
                new Description(
                        MediaKind.MEDIA_KIND_IMAGE,
                        "image/jpeg",
                        "",
                        new TakenAt(LATE, TAKEN_AT_SOURCE_EXIF),
                        HEADER,
                        null),
                new Description(
                        MediaKind.MEDIA_KIND_VIDEO,
                        "",
                        "",
                        new TakenAt(EARLY, TAKEN_AT_SOURCE_FILE_NAME),
                        NONE,
                        "child_died: …"),
                new Description(
                        MediaKind.MEDIA_KIND_IMAGE,
                        "image/jpeg",
                        "",
                        new TakenAt(LATE, TAKEN_AT_SOURCE_EXIF),
                        HEADER,
                        null)));
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(told, random);
            Description all = told.stream().reduce(Description::with).orElseThrow();
            assertThat(all).isEqualTo(told.get(told.get(0).mediaType().isEmpty() ? 1 : 0));
        }
    }

    @Test
    void kindsByExtensionAreSettledAlike() {
        Description unknown = named(MediaKind.MEDIA_KIND_UNSPECIFIED);
        Description image = named(MediaKind.MEDIA_KIND_IMAGE);
        Description document = named(MediaKind.MEDIA_KIND_DOCUMENT);
        assertThat(unknown.with(document).with(image))
                .isEqualTo(image.with(unknown).with(document))
                .isEqualTo(image);
    }

    private static Description named(MediaKind kind) {
        return new Description(kind, "", "", new TakenAt(EARLY, TAKEN_AT_SOURCE_FILE_TIME), NONE, null);
    }
}
