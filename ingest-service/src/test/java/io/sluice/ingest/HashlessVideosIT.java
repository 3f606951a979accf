package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.CountLibrariesRequest;
import io.sluice.contract.ingest.v1.LibraryCount;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.ingest.identity.MediaKinds;
import io.sluice.ingest.world.IngestClient;
import io.sluice.ingest.world.Ingested;
import io.sluice.ingest.world.Surroundings;
import io.sluice.ingest.world.ToldLibrary;
import io.sluice.testsupport.SluiceInfra;

/** Videos that wait for their hash are counted beside the rows, and put right from them. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class HashlessVideosIT {

    @Test
    void theyAreCountedAsTheyComeAndGo() {
        ToldLibrary library = ToldLibrary.online("hashless");
        List<FileObservation> waiting = List.of(
                unstable(library, "a.mp4"),
                unstable(library, "deep.er/B.MoV"),
                unstable(library, "mkv"),
                unstable(library, "deep.webm/still.jpg"),
                unstable(library, "none.mp4.txt"));
        library.tell(waiting);
        waiting.forEach(Ingested::row);
        assertThat(counted(library)).isEqualTo(3).isEqualTo(inRows(library));

        FileObservation rests = library.see("a.mp4");
        library.tell(rests);
        Ingested.hash(rests);
        assertThat(counted(library)).isEqualTo(2).isEqualTo(inRows(library));

        FileObservation gone = library.seeAbsent("deep.er/B.MoV");
        library.tell(gone);
        Ingested.await("it is absent")
                .until(() -> Ingested.row(gone).get("standing").toString().equals("1"));
        assertThat(counted(library)).isEqualTo(1).isEqualTo(inRows(library));

        Ingested.database()
                .execute(
                        "UPDATE library_count SET hashless_videos = hashless_videos + 7 WHERE library_id = ?",
                        library.id());
        String scan = library.tellDigest();
        Ingested.await("the digest was compared").until(() -> Ingested.database()
                .strings("SELECT state FROM scan_digest WHERE scan_id = ?", scan)
                .contains("equal"));
        assertThat(counted(library)).isEqualTo(1);
    }

    private static FileObservation unstable(ToldLibrary library, String path) {
        library.write(path, path + library.id());
        return library.seeUnstable(path);
    }

    private static long counted(ToldLibrary library) {
        try (IngestClient client = new IngestClient()) {
            return client
                    .ingest()
                    .countLibraries(CountLibrariesRequest.getDefaultInstance())
                    .getLibrariesList()
                    .stream()
                    .filter(count -> count.getLibraryId().equals(library.id()))
                    .mapToLong(LibraryCount::getHashlessVideos)
                    .sum();
        }
    }

    private static long inRows(ToldLibrary library) {
        return Ingested.database()
                .strings(
                        "SELECT SUBSTRING_INDEX(CONVERT(path USING utf8mb4), '/', -1) FROM file_location"
                                + " WHERE library_id = ? AND standing = 0 AND content_hash IS NULL",
                        library.id())
                .stream()
                .filter(name -> MediaKinds.byName(name) == MediaKind.MEDIA_KIND_VIDEO)
                .count();
    }
}
