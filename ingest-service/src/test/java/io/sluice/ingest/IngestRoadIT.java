package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.ingest.v1.TakenAtSource;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.ingest.header.ExifJpeg;
import io.sluice.ingest.header.PoisonedPng;
import io.sluice.ingest.world.Ingested;
import io.sluice.ingest.world.Surroundings;
import io.sluice.ingest.world.ToldLibrary;
import io.sluice.testsupport.SluiceInfra;

/** From an observation to an asset, on a real broker, a real database and real files. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class IngestRoadIT {

    @Test
    void aFileIsVisibleAtOnceAndHashedWhenItIsStable() {
        ToldLibrary library = ToldLibrary.online("visible");
        byte[] jpeg = new ExifJpeg()
                .camera("Canon", "EOS R5", "RF 24-105")
                .orientation(6)
                .takenAt("2023:07:14 18:22:05")
                .offset("+02:00")
                .place(47, 8, 400)
                .bytes();
        library.write("2023/a.jpg", jpeg);
        FileObservation young = library.seeUnstable("2023/a.jpg");
        library.tell(young);

        Map<String, Object> row = Ingested.row(young);
        assertThat(row).containsEntry("hash", null).containsEntry("hash_state", "waiting");
        assertThat(Ingested.database()
                        .number("SELECT COUNT(*) FROM work WHERE work_key = ?", library.id() + "/" + young.getFileId()))
                .isZero();

        FileObservation stable = library.see("2023/a.jpg");
        library.tell(stable);
        AssetState asset = Ingested.told(Ingested.hash(stable), told -> true);
        assertThat(asset.getLifecycle()).isEqualTo(AssetLifecycle.ASSET_LIFECYCLE_LIVE);
        assertThat(asset.getKind()).isEqualTo(MediaKind.MEDIA_KIND_IMAGE);
        assertThat(asset.getMediaType()).isEqualTo("image/jpeg");
        assertThat(asset.getSize()).isEqualTo(jpeg.length);
        assertThat(asset.getHeader().getCameraModel()).isEqualTo("EOS R5");
        assertThat(asset.getHeader().getGpsLatitude()).isEqualTo(47.5);
        assertThat(asset.getHeader().getOrientation()).isEqualTo(6);
        assertThat(Timestamps.toString(asset.getTakenAt().getAt())).isEqualTo("2023-07-14T16:22:05Z");
        assertThat(asset.getTakenAt().getSource()).isEqualTo(TakenAtSource.TAKEN_AT_SOURCE_EXIF);
        assertThat(asset.getLocationCount()).isEqualTo(1);
        assertThat(asset.getLocationsList()).singleElement().satisfies(location -> {
            assertThat(location.getLibraryId()).isEqualTo(library.id());
            assertThat(location.getPath()).isEqualTo(stable.getPath());
            assertThat(location.getStat()).isEqualTo(stable.getStat());
            assertThat(location.getPresent()).isTrue();
        });
    }

    @Test
    void theSameBytesAreOneAssetWithTwoLocations() {
        ToldLibrary library = ToldLibrary.online("twice");
        byte[] jpeg = new ExifJpeg().colour(0x112233).bytes();
        library.write("b/IMG_20230714_182205.jpg", jpeg);
        library.write("a/x.jpg", jpeg);
        FileObservation one = library.see("b/IMG_20230714_182205.jpg");
        FileObservation other = library.see("a/x.jpg");
        library.tell(one, other);

        String hash = Ingested.hash(one);
        assertThat(Ingested.hash(other)).isEqualTo(hash);
        AssetState asset = Ingested.told(hash, told -> told.getLocationCount() == 2);
        assertThat(asset.getLocationsList())
                .extracting(location -> location.getPath().toStringUtf8())
                .containsExactly("a/x.jpg", "b/IMG_20230714_182205.jpg");
        assertThat(asset.getTakenAt().getSource()).isEqualTo(TakenAtSource.TAKEN_AT_SOURCE_FILE_NAME);
        assertThat(Ingested.database().number("SELECT COUNT(*) FROM asset WHERE content_hash = UNHEX(?)", hash))
                .isEqualTo(1);
    }

    @Test
    void whateverLiesThereBecomesAnAsset() {
        ToldLibrary library = ToldLibrary.online("odd");
        library.write("empty.jpg", new byte[0]);
        library.write("text.jpg", "no picture " + library.id());
        library.write("poison.png", PoisonedPng.bytes());
        FileObservation empty = library.see("empty.jpg");
        FileObservation text = library.see("text.jpg");
        FileObservation poison = library.see("poison.png");
        library.tell(empty, text, poison);

        AssetState nothing = Ingested.told(Ingested.hash(empty), told -> true);
        assertThat(nothing.getSize()).isZero();
        assertThat(nothing.getMediaType()).isEmpty();
        assertThat(nothing.getKind()).isEqualTo(MediaKind.MEDIA_KIND_IMAGE);
        AssetState named = Ingested.told(Ingested.hash(text), told -> true);
        assertThat(named.getMediaType()).isEmpty();
        assertThat(named.getKind()).isEqualTo(MediaKind.MEDIA_KIND_IMAGE);
        assertThat(Ingested.told(Ingested.hash(poison), told -> true).getMediaType())
                .isEqualTo("image/png");
        assertThat(Ingested.database()
                        .strings(
                                "SELECT header_reason FROM asset WHERE content_hash = UNHEX(?)", Ingested.hash(poison)))
                .singleElement()
                .asString()
                .startsWith("child_died");
    }

    @Test
    void aRenamedFileKeepsItsHashWithoutBeingRead() {
        ToldLibrary library = ToldLibrary.online("rename");
        library.write("old.jpg", new ExifJpeg().colour(0x445566).bytes());
        FileObservation seen = library.see("old.jpg");
        library.tell(seen);
        String hash = Ingested.hash(seen);

        // Nothing lies at the new path: reading it would not end well.
        FileObservation moved = library.seeMoved(
                "old.jpg",
                "new/name.jpg",
                seen.getStat().toBuilder()
                        .setCtimeNs(seen.getStat().getCtimeNs() + 1)
                        .build());
        library.tell(moved);
        assertThat(Ingested.row(moved)).containsEntry("hash_state", "hashed");
        assertThat(Ingested.hash(moved)).isEqualTo(hash);
        AssetState told = Ingested.told(
                hash, state -> state.getLocations(0).getPath().toStringUtf8().equals("new/name.jpg"));
        assertThat(told.getLocationCount()).isEqualTo(1);
        assertThat(Ingested.database()
                        .number("SELECT COUNT(*) FROM work WHERE work_key = ?", library.id() + "/" + seen.getFileId()))
                .isZero();
    }

    @Test
    void anEditedFileIsASuccession() {
        ToldLibrary library = ToldLibrary.online("edit");
        library.write("a.jpg", new ExifJpeg().colour(0x010101).bytes());
        FileObservation first = library.see("a.jpg");
        library.tell(first);
        String old = Ingested.hash(first);

        library.write("a.jpg", new ExifJpeg().colour(0x020202).orientation(3).bytes());
        FileObservation edited = library.see("a.jpg");
        library.tell(edited);
        String next = Ingested.hash(edited);

        assertThat(next).isNotEqualTo(old);
        AssetState superseded =
                Ingested.told(old, told -> told.getLifecycle() == AssetLifecycle.ASSET_LIFECYCLE_SUPERSEDED);
        assertThat(superseded.getLocationCount()).isZero();
        assertThat(superseded.getSupersededBy())
                .isEqualTo(Ingested.told(next, told -> true).getContentHash());
        assertThat(Ingested.database()
                        .rows(
                                "SELECT sequence, LOWER(HEX(old_hash)) AS old, LOWER(HEX(new_hash)) AS next FROM"
                                        + " succession WHERE old_hash = UNHEX(?)",
                                old))
                .singleElement()
                .isEqualTo(Map.of("sequence", edited.getSequence(), "old", old, "next", next));

        // Back to the first bytes: the first asset lives again, the second is superseded by it.
        library.write("a.jpg", new ExifJpeg().colour(0x010101).bytes());
        FileObservation undone = library.see("a.jpg");
        library.tell(undone);
        assertThat(Ingested.hash(undone)).isEqualTo(old);
        Ingested.told(
                old,
                told -> told.getLifecycle() == AssetLifecycle.ASSET_LIFECYCLE_LIVE
                        && told.getSupersededBy().isEmpty()
                        && told.getLocationCount() == 1);
        Ingested.told(next, told -> told.getLifecycle() == AssetLifecycle.ASSET_LIFECYCLE_SUPERSEDED);
    }

    @Test
    void anEditedCopyLeavesTheOtherLocationItsAsset() {
        ToldLibrary library = ToldLibrary.online("copy");
        byte[] same = new ExifJpeg().colour(0x030303).bytes();
        library.write("a.jpg", same);
        library.write("b.jpg", same);
        FileObservation a = library.see("a.jpg");
        library.tell(a, library.see("b.jpg"));
        String old = Ingested.hash(a);
        Ingested.told(old, told -> told.getLocationCount() == 2);

        library.write("a.jpg", new ExifJpeg().colour(0x040404).bytes());
        FileObservation edited = library.see("a.jpg");
        library.tell(edited);
        assertThat(Ingested.hash(edited)).isNotEqualTo(old);
        AssetState left = Ingested.told(old, told -> told.getLocationCount() == 1);
        assertThat(left.getLifecycle()).isEqualTo(AssetLifecycle.ASSET_LIFECYCLE_LIVE);
    }

    @Test
    void nothingIsStoredUnderAnOldHashWhenTheFileChangedSinceItWasObserved() {
        ToldLibrary library = ToldLibrary.online("race");
        library.write("a.jpg", new ExifJpeg().colour(0x050505).bytes());
        FileObservation observed = library.see("a.jpg");
        library.write("a.jpg", new ExifJpeg().colour(0x060606).orientation(2).bytes());
        library.tell(observed);

        Ingested.await("the change is seen")
                .until(() -> "source_changed".equals(Ingested.row(observed).get("error_code")));
        assertThat(Ingested.row(observed)).containsEntry("hash", null);
        assertThat(Ingested.database()
                        .rows(
                                "SELECT failed, state FROM work WHERE work_key = ?",
                                library.id() + "/" + observed.getFileId()))
                .singleElement()
                .satisfies(work -> assertThat(work.get("failed").toString()).isEqualTo("0"));

        FileObservation now = library.see("a.jpg");
        library.tell(now);
        assertThat(Ingested.told(Ingested.hash(now), told -> true).getHeader().getOrientation())
                .isEqualTo(2);
    }

    @Test
    void aPathGoesToTheNewerFileAndItsLoserIsKept() {
        ToldLibrary library = ToldLibrary.online("displaced");
        library.write("a.jpg", new ExifJpeg().colour(0x070707).bytes());
        FileObservation first = library.see("a.jpg");
        library.tell(first);
        String old = Ingested.hash(first);

        library.write("a.jpg", new ExifJpeg().colour(0x080808).bytes());
        FileObservation second = library.seeAsNewFile("a.jpg");
        library.tell(second);
        String next = Ingested.hash(second);
        assertThat(Ingested.row(first)).containsEntry("path_key", null);
        assertThat(Ingested.row(first).get("standing").toString()).isEqualTo("2");
        Ingested.told(old, told -> told.getLocationCount() == 0);

        FileObservation gone = library.seeAbsent(first.getFileId());
        library.tell(gone);
        assertThat(Ingested.row(gone).get("standing").toString()).isEqualTo("1");
        AssetState absent = Ingested.told(old, told -> told.getLocationCount() == 1);
        assertThat(absent.getLocations(0).getPresent()).isFalse();
        assertThat(Ingested.told(next, told -> true).getLocations(0).getPresent())
                .isTrue();
    }

    @Test
    void anAbsenceIsStoredAndNotActedOn() throws IOException {
        ToldLibrary library = ToldLibrary.online("absent");
        library.write("a.jpg", new ExifJpeg().colour(0x090909).bytes());
        FileObservation seen = library.see("a.jpg");
        library.tell(seen);
        String hash = Ingested.hash(seen);
        Files.delete(library.file("a.jpg"));
        FileObservation gone = library.seeAbsent("a.jpg");
        library.tell(gone);

        AssetState asset = Ingested.told(hash, told -> !told.getLocations(0).getPresent());
        assertThat(asset.getLifecycle()).isEqualTo(AssetLifecycle.ASSET_LIFECYCLE_LIVE);
        assertThat(asset.getLocationCount()).isEqualTo(1);
        assertThat(Ingested.row(gone)).containsEntry("absent_since_scan", gone.getScanId());

        FileObservation back = library.seeWith("a.jpg", seen.getStat());
        library.tell(back);
        Ingested.told(hash, told -> told.getLocations(0).getPresent());
        assertThat(Ingested.row(back)).containsEntry("absent_since_scan", null);
    }

    @Test
    void anObservationThatNoRowCanHoldStopsOnlyItself() {
        ToldLibrary library = ToldLibrary.online("bad");
        library.write("good.jpg", new ExifJpeg().colour(0x0a0a0a).bytes());
        FileObservation good = library.see("good.jpg");
        FileObservation bad = good.toBuilder()
                .setFileId(7)
                .setPath(ByteString.copyFromUtf8("../../etc/passwd"))
                .build();
        library.tell(bad, good);

        Ingested.hash(good);
        Ingested.await("dead letter")
                .until(() -> Ingested.database()
                                .number(
                                        "SELECT COUNT(*) FROM dead_letter WHERE record_key = ? AND error_code ="
                                                + " 'invalid_request'",
                                        library.id() + "/7")
                        == 1);
        assertThat(Ingested.database().number("SELECT COUNT(*) FROM file_location WHERE library_id = ?", library.id()))
                .isEqualTo(1);
    }

    @Test
    void aLinkThatLeadsOutEndsWithAReason() throws IOException {
        ToldLibrary library = ToldLibrary.online("link");
        Files.createSymbolicLink(library.file("out"), Files.createTempDirectory("sluice-outside"));
        Files.write(library.file("out/secret.jpg"), new byte[] {1, 2, 3});
        FileObservation seen = library.see("out/secret.jpg");
        library.tell(seen);
        Ingested.await("given up")
                .until(() -> "failed".equals(Ingested.row(seen).get("hash_state")));
        assertThat(Ingested.row(seen)).containsEntry("error_code", "forbidden").containsEntry("hash", null);
        assertThat(Ingested.row(seen).get("reason").toString()).contains("leads out of mount");
    }
}
