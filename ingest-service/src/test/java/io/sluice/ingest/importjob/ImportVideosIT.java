package io.sluice.ingest.importjob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.ingest.v1.ProvidedRendition;
import io.sluice.contract.messaging.v1.ListStateLinesRequest;
import io.sluice.ingest.world.IngestClient;
import io.sluice.ingest.world.Ingested;
import io.sluice.ingest.world.Surroundings;
import io.sluice.ingest.world.ToldLibrary;
import io.sluice.messaging.Transactions;
import io.sluice.testsupport.SluiceInfra;

/** Videos of bundles become assets with all that they bring ready-made (H-14). */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class ImportVideosIT {

    /** Enough of an MP4 to be one by its content. */
    private static final String MP4 = "\0\0\0\u0018ftypmp42\0\0\0\0mp42isom";

    @Inject
    QueueImports queue;

    @Inject
    JobViews views;

    @Inject
    Transactions transactions;

    @Test
    void aVideoComesWithEverythingItBrings() {
        ToldLibrary library = ToldLibrary.online("video");
        HandedBundle bundle = new HandedBundle(library);
        String hash = video(library, bundle, "a", MP4 + library.id());
        bundle.handOver();

        ImportJob job = run(bundle, false);
        assertThat(job.getTally().getCreated()).isEqualTo(1);
        AssetState told = Ingested.told(assetOf(hash), state -> true);
        assertThat(told.getKind()).isEqualTo(MediaKind.MEDIA_KIND_VIDEO);
        assertThat(told.getMediaType()).isEqualTo("video/mp4");
        assertThat(told.getSubtype()).isEqualTo("video_simple");
        assertThat(provided(told))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "hls", bundle.path("videos/a/hls/playlist.m3u8"),
                        "transcript", bundle.path("videos/a/transcript.vtt"),
                        "cloud_package", bundle.path("videos/a/cloud-package.json"),
                        "cover", bundle.path("videos/a/cover.jpg")));
        assertThat(told.getProvidedRenditionsList())
                .filteredOn(one -> one.getName().equals("transcript"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.getLibraryId()).isEqualTo(library.id());
                    assertThat(one.getStat())
                            .isEqualTo(ToldLibrary.stat(library.file(bundle.path("videos/a/transcript.vtt"))));
                });
        // Told once, with all of it: a stream of its own must not be begun meanwhile.
        assertThat(Ingested.told(assetOf(hash))).hasSize(1);
        assertThat(Ingested.database()
                        .rows(
                                "SELECT body, duration_ms FROM asset_source WHERE content_hash = UNHEX(?)",
                                assetOf(hash)))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("body", null).containsEntry("duration_ms", 4004L));
        assertThat(stateLines())
                .contains("provided " + assetOf(hash) + " hls " + hash, "provided " + assetOf(hash) + " cover " + hash)
                .anyMatch(line ->
                        line.startsWith("asset " + assetOf(hash) + " live video ") && line.endsWith(" video_simple"));

        List<Map<String, Object>> before = Imports.libraryRows();
        assertThat(Imports.queue(queue, bundle, false).getErrorCode()).isEqualTo("batch_already_imported");
        ImportJob forced = run(bundle, true);
        assertThat(forced.getTally().getSkipped()).isEqualTo(1);
        assertThat(Imports.libraryRows()).isEqualTo(before);
        assertThat(Ingested.told(assetOf(hash))).hasSize(1);
    }

    @Test
    void whatIsMissingIsSaidAndTheVideoIsTakenInWithoutIt() throws IOException {
        ToldLibrary library = ToldLibrary.online("missing");
        HandedBundle bundle = new HandedBundle(library);
        String hash = video(library, bundle, "a", MP4 + library.id());
        Files.delete(library.file(bundle.path("videos/a/transcript.vtt")));
        Files.delete(library.file(bundle.path("videos/a/hls/playlist.m3u8")));
        bundle.handOver();
        assertThat(run(bundle, false).getTally().getCreated()).isEqualTo(1);
        AssetState told = Ingested.told(assetOf(hash), state -> true);
        assertThat(provided(told)).containsOnlyKeys("cloud_package", "cover");
        assertThat(reasons(bundle))
                .containsExactly("hls was left out: videos/a/hls is no playlist and no folder with one. Deliver the"
                        + " bundle again with it. transcript was left out: videos/a/transcript.vtt is not there."
                        + " Deliver the bundle again with it.");
        assertThat(Imports.batch(bundle)).containsEntry("state", "imported");
    }

    @Test
    void aPathThatLeavesThePayloadFailsItsItemAndNoOther() throws IOException {
        ToldLibrary library = ToldLibrary.online("escapes");
        library.write("secret.vtt", "not of this bundle");
        HandedBundle bundle = new HandedBundle(library);
        bundle.video("up", HandedBundle.hashOf("up" + library.id()), MP4 + "up" + library.id(), """
                {"transcript": "../secret.vtt"}""");
        bundle.video("link", HandedBundle.hashOf("link" + library.id()), MP4 + "link" + library.id(), """
                {"library_cover": "videos/link/cover.jpg"}""");
        Files.createSymbolicLink(library.file(bundle.path("videos/link/cover.jpg")), library.file("secret.vtt"));
        String text =
                bundle.video("text", HandedBundle.hashOf("text" + library.id()), "no video " + library.id(), "{}");
        bundle.handOver();
        ImportJob job = run(bundle, false);
        assertThat(job.getTally().getFailed()).isEqualTo(2);
        assertThat(job.getTally().getCreated()).isEqualTo(1);
        assertThat(Ingested.database()
                        .strings(
                                "SELECT i.error_code FROM ingest_batch_item i JOIN ingest_batch b ON b.id = i.batch_id"
                                        + " WHERE b.sync_id = ? ORDER BY i.position",
                                bundle.syncId()))
                .containsExactly("path_escapes", "path_escapes", "");
        // Called a video and named .mp4; its content is no format that is known, as with a photo the name decides then.
        assertThat(Ingested.told(assetOf(text), state -> true).getKind()).isEqualTo(MediaKind.MEDIA_KIND_VIDEO);
    }

    @Test
    void contentDecidesTheKindWhateverTheManifestCallsIt() {
        ToldLibrary library = ToldLibrary.online("kind");
        HandedBundle bundle = new HandedBundle(library);
        String hash = bundle.video(
                "a", HandedBundle.hashOf("a" + library.id()), "GIF89a\1\0\1\0\0\0\0;" + library.id(), "{}");
        bundle.handOver();
        run(bundle, false);
        AssetState told = Ingested.told(assetOf(hash), state -> true);
        assertThat(told.getKind()).isEqualTo(MediaKind.MEDIA_KIND_IMAGE);
        assertThat(told.getSubtype()).isEqualTo("video_simple");
    }

    @Test
    void aCoverOfItsOwnTakesThePlaceOfTheDeliveredOne() {
        ToldLibrary library = ToldLibrary.online("covers");
        HandedBundle bundle = new HandedBundle(library);
        String hash = video(library, bundle, "a", MP4 + library.id());
        String cover = bundle.cover("own", hash);
        bundle.handOver();
        ImportJob job = run(bundle, false);
        assertThat(job.getTally().getCreated()).isEqualTo(1);
        assertThat(job.getTally().getUpdated()).isEqualTo(1);
        String own = bundle.path("covers/" + cover + ".jpg");
        Ingested.told(
                assetOf(hash),
                state -> own.equals(provided(state).get("cover")) && state.getProvidedRenditionsCount() == 4);

        HandedBundle again = new HandedBundle(library);
        video(library, again, "a", MP4 + library.id(), hash);
        again.handOver();
        assertThat(run(again, false).getTally().getUpdated()).isEqualTo(1);
        Ingested.told(
                assetOf(hash),
                state -> again.path("videos/a/cover.jpg").equals(provided(state).get("cover"))
                        && again.path("videos/a/hls/playlist.m3u8")
                                .equals(provided(state).get("hls")));
    }

    @Test
    void otherBytesUnderTheSameHashNeedASupersedingBundle() {
        ToldLibrary library = ToldLibrary.online("superseding");
        HandedBundle first = new HandedBundle(library);
        String hash = video(library, first, "a", MP4 + "first" + library.id());
        first.handOver();
        run(first, false);
        String old = assetOf(hash);

        HandedBundle stranger = new HandedBundle(library);
        video(library, stranger, "a", MP4 + "other" + library.id(), hash);
        stranger.handOver();
        ImportJob refused = run(stranger, false);
        assertThat(refused.getLastError()).contains("external_hash_conflict").contains(first.syncId());
        assertThat(assetOf(hash)).isEqualTo(old);

        HandedBundle next = new HandedBundle(library).superseding(first);
        video(library, next, "a", MP4 + "next" + library.id(), hash);
        next.handOver();
        assertThat(run(next, false).getTally().getUpdated()).isEqualTo(1);
        assertThat(assetOf(hash)).isNotEqualTo(old);
        assertThat(Imports.batch(first)).containsEntry("state", "superseded");
        assertThat(provided(Ingested.told(assetOf(hash), state -> true)).values())
                .hasSize(4)
                .allMatch(path -> path.startsWith(next.syncId()));
        assertThat(provided(Ingested.told(old, state -> true)).values())
                .hasSize(4)
                .allMatch(path -> path.startsWith(first.syncId()));
    }

    private static String video(ToldLibrary library, HandedBundle bundle, String name, String content) {
        return video(library, bundle, name, content, HandedBundle.hashOf(bundle.syncId() + name));
    }

    private static String video(ToldLibrary library, HandedBundle bundle, String name, String content, String hash) {
        String folder = "videos/" + name;
        library.write(bundle.path(folder + "/hls/playlist.m3u8"), "#EXTM3U\nseg_0.ts\n");
        library.write(bundle.path(folder + "/hls/seg_0.ts"), "segment");
        library.write(bundle.path(folder + "/transcript.vtt"), "WEBVTT\n");
        library.write(bundle.path(folder + "/cloud-package.json"), "{}");
        library.write(bundle.path(folder + "/cover.jpg"), "cover of " + bundle.syncId());
        return bundle.video(name, hash, content, """
                {"duration_ms": 4004, "hls": "%1$s/hls", "transcript": "%1$s/transcript.vtt",
                 "cloud_package": "%1$s/cloud-package.json", "library_cover": "%1$s/cover.jpg"}""".formatted(folder));
    }

    private ImportJob run(HandedBundle bundle, boolean force) {
        return Imports.run(queue, views, transactions, bundle, force);
    }

    private static Map<String, String> provided(AssetState state) {
        return state.getProvidedRenditionsList().stream()
                .collect(java.util.stream.Collectors.toMap(
                        ProvidedRendition::getName, one -> one.getPath().toStringUtf8()));
    }

    private static List<String> reasons(HandedBundle bundle) {
        return Ingested.database()
                .strings(
                        "SELECT i.last_error FROM ingest_batch_item i JOIN ingest_batch b ON b.id = i.batch_id"
                                + " WHERE b.sync_id = ? ORDER BY i.position",
                        bundle.syncId());
    }

    private static List<String> stateLines() {
        List<String> lines = new java.util.ArrayList<>();
        try (IngestClient client = new IngestClient()) {
            client.operations()
                    .listStateLines(ListStateLinesRequest.getDefaultInstance())
                    .forEachRemaining(part -> lines.addAll(part.getLinesList()));
        }
        assertThat(lines).isSorted();
        return lines;
    }

    private static String assetOf(String externalHash) {
        return Ingested.database()
                .strings("SELECT HEX(content_hash) FROM external_hash WHERE external_hash = UNHEX(?)", externalHash)
                .getFirst()
                .toLowerCase(Locale.ROOT);
    }
}
