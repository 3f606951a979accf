package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.messaging.v1.ListStateLinesRequest;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.contract.scanner.v1.FileStat;
import io.sluice.ingest.world.IngestClient;
import io.sluice.ingest.world.Ingested;
import io.sluice.ingest.world.Surroundings;
import io.sluice.ingest.world.ToldLibrary;
import io.sluice.testsupport.SluiceInfra;

/** Law 1: what comes again and out of order ends in the same state as one clean run. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class ShuffledObservationsIT {

    private static final long SEED = Long.getLong("sluice.seed", 20261121);
    private static final int FILES = 60;

    @Test
    void oneToFiveDeliveriesInAnyOrderEndLikeOneCleanRun() {
        ToldLibrary clean = ToldLibrary.online("clean");
        List<FileObservation> history = live(clean, new Random(SEED));
        // The clean run: only what is true at the end, once, in order.
        clean.tell(clean.current());

        ToldLibrary rough = ToldLibrary.online("rough");
        Random random = new Random(SEED);
        List<FileObservation> deliveries = new ArrayList<>();
        for (FileObservation seen : live(rough, random)) {
            for (int times = 1 + random.nextInt(5); times > 0; times--) {
                deliveries.add(seen);
            }
        }
        Collections.shuffle(deliveries, random);
        int at = 0;
        while (at < deliveries.size()) {
            int size = Math.min(deliveries.size() - at, 1 + random.nextInt(80));
            rough.tell(deliveries.subList(at, at + size));
            at += size;
        }

        assertThat(history).hasSizeGreaterThan(3 * FILES);
        try (IngestClient client = new IngestClient()) {
            Ingested.await("the clean run is hashed").until(() -> settled(lines(client, clean)));
            List<String> expected = lines(client, clean);
            assertThat(expected).as("seed %d", SEED).hasSizeGreaterThan(FILES / 2);
            Ingested.await("the rough run (seed " + SEED + ") ends like the clean one")
                    .untilAsserted(() -> assertThat(lines(client, rough))
                            .as(() -> unfinished(rough))
                            .isEqualTo(expected));
        }
        assertThat(Ingested.database()
                        .strings(
                                "SELECT HEX(a.content_hash) FROM asset a WHERE a.location_count <> (SELECT COUNT(*) FROM"
                                        + " file_location l WHERE l.content_hash = a.content_hash AND l.standing < 2)"))
                .as("assets whose kept count is not that of their rows, seed %d", SEED)
                .isEmpty();
        assertThat(Ingested.database()
                        .number(
                                "SELECT COUNT(*) FROM (SELECT library_id, SUM(present) p, SUM(unhashed) u, SUM(absent) a"
                                        + " FROM library_count GROUP BY library_id) c JOIN (SELECT library_id,"
                                        + " SUM(standing = 0) p, SUM(standing = 0 AND content_hash IS NULL) u,"
                                        + " SUM(standing = 1) a FROM file_location GROUP BY library_id) r"
                                        + " USING (library_id) WHERE (c.p, c.u, c.a) <> (r.p, r.u, r.a)"))
                .as("libraries whose kept counts are not those of their rows, seed %d", SEED)
                .isZero();
    }

    /** For the message of a failure: what is not hashed, and its work. */
    private static String unfinished(ToldLibrary library) {
        return "seed " + SEED + ", unfinished: "
                + Ingested.database()
                        .rows(
                                "SELECT l.file_id, l.sequence, CAST(l.path AS CHAR) AS path, l.stable, l.hash_state,"
                                        + " l.error_code AS why, w.* FROM file_location l LEFT JOIN work w ON w.work_key ="
                                        + " CONCAT(l.library_id, '/', l.file_id) WHERE l.library_id = ? AND l.standing = 0"
                                        + " AND l.content_hash IS NULL",
                                library.id());
    }

    /** Files come, are edited, renamed, replaced and go; every step is observed. What is on disk is the end of it. */
    private static List<FileObservation> live(ToldLibrary library, Random random) {
        List<FileObservation> history = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            String path = "d%d/f%02d.txt".formatted(i % 7, i);
            library.write(path, "content " + i % 40);
            paths.add(path);
            FileStat real = ToldLibrary.stat(library.file(path));
            for (int versions = random.nextInt(4); versions > 0; versions--) {
                history.add(library.seeWith(path, earlier(real, random)));
            }
            if (random.nextInt(4) == 0 && !history.isEmpty() && known(library, path)) {
                history.add(library.seeAbsent(path));
            }
            history.add(library.seeWith(path, real));
        }
        Collections.shuffle(paths, random);
        for (String path : paths.subList(0, FILES / 4)) {
            history.add(library.seeAbsent(path));
        }
        for (String path : paths.subList(FILES / 4, FILES / 2)) {
            // Renamed over a path that another file had and left.
            String to = path.replace(".txt", "-renamed.txt");
            FileStat stat = ToldLibrary.stat(library.file(path));
            library.write(to, read(library, path));
            history.add(library.seeMoved(
                    path, to, stat.toBuilder().setCtimeNs(stat.getCtimeNs() + 1).build()));
            history.add(library.see(to));
        }
        for (String path : paths.subList(FILES / 2, FILES / 2 + FILES / 8)) {
            long old = current(library.current(), path).getFileId();
            history.add(library.seeAsNewFile(path));
            history.add(library.seeAbsent(old));
        }
        return history;
    }

    private static FileStat earlier(FileStat stat, Random random) {
        return stat.toBuilder()
                .setSize(random.nextInt(100))
                .setMtimeNs(stat.getMtimeNs() - random.nextInt(1_000_000))
                .build();
    }

    private static boolean known(ToldLibrary library, String path) {
        return library.current().stream()
                .anyMatch(seen -> seen.getPath().toStringUtf8().equals(path));
    }

    private static FileObservation current(Collection<FileObservation> files, String path) {
        return files.stream()
                .filter(seen -> seen.getPath().toStringUtf8().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] read(ToldLibrary library, String path) {
        try {
            return Files.readAllBytes(library.file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean settled(List<String> lines) {
        return !lines.isEmpty() && lines.stream().noneMatch(line -> line.endsWith(" - present"));
    }

    /** The location lines of a library, without its name. */
    private static List<String> lines(IngestClient client, ToldLibrary library) {
        List<String> lines = new ArrayList<>();
        String prefix = "location " + library.name() + " ";
        client.operations()
                .listStateLines(ListStateLinesRequest.getDefaultInstance())
                .forEachRemaining(part -> part.getLinesList().stream()
                        .filter(line -> line.startsWith(prefix))
                        .map(line -> line.substring(prefix.length()))
                        // Of a file that was never hashed before it went nobody knows the bytes.
                        .map(line -> line.endsWith(" absent")
                                ? line.replaceFirst(" [0-9a-f]{64} absent", " - absent")
                                : line)
                        .forEach(lines::add));
        return lines;
    }
}
