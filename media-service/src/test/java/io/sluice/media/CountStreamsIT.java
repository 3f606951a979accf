package io.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.media.v1.CountStreamsResponse;
import io.sluice.contract.media.v1.StreamCount;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.contract.scanner.v1.ScanDigest;
import io.sluice.media.asset.ContentHash;
import io.sluice.testsupport.SluiceInfra;

/** How many videos have their stream: by library, each content hash once, and the same in gauges. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(MediaFolders.class)
class CountStreamsIT {

    private static final String SECOND = "0199aaaa-0000-7000-8000-000000000002";
    private static final String UNKNOWN = "0199aaaa-0000-7000-8000-000000000003";

    @Inject
    MeterRegistry meters;

    @Test
    void countsAgreeWithTheRowsAndCountEachHashOnce() throws IOException {
        TestVideos videos = new TestVideos(MediaFolders.library());
        ToldAssets.tell(ToldAssets.library(HealthState.HEALTH_STATE_ONLINE));
        ContentHash both = ToldAssets.newHash();
        Path file = videos.h264("both.mp4", 2);
        AssetState inBoth = ToldVideos.video(both, file, 1).toBuilder()
                .addLocations(ToldAssets.location(file).toBuilder().setLibraryId(SECOND))
                .build();
        ContentHash cut = ToldAssets.newHash();
        ContentHash waits = ToldAssets.newHash();
        ToldAssets.tell(inBoth);
        ToldAssets.tell(ToldVideos.video(cut, videos.cutOff("cut.mp4", 4), 1));
        ToldAssets.tell(ToldVideos.video(waits, file, 1).toBuilder()
                .clearLocations()
                .addLocations(ToldAssets.location(file).toBuilder().setLibraryId(UNKNOWN))
                .build());
        ToldVideos.awaitReady(both, "hls@1");
        ToldVideos.awaitUnsupported(cut, "hls@1");
        Awaits.until(() -> MediaClient.renditions(waits).isPresent());

        CountStreamsResponse counted = MediaClient.count();

        Map<String, StreamCount> libraries = counted.getLibrariesList().stream()
                .collect(Collectors.toMap(StreamCount::getLibraryId, Function.identity()));
        assertThat(libraries)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        ToldAssets.LIBRARY,
                        count(ToldAssets.LIBRARY, 2, 1, 0, 1),
                        SECOND,
                        count(SECOND, 1, 1, 0, 0),
                        UNKNOWN,
                        count(UNKNOWN, 1, 0, 1, 0)));
        assertThat(counted.getAll()).isEqualTo(count("", 3, 1, 1, 1));
        assertThat(rows("ready")).isEqualTo(1);
        assertThat(rows("pending")).isEqualTo(1);
        assertThat(rows("unsupported")).isEqualTo(1);
        assertThat(gauge("Pictures", "total")).isEqualTo(2);
        assertThat(gauge("Pictures", "with_playlist")).isEqualTo(1);
        assertThat(gauge(SECOND, "with_playlist")).isEqualTo(1);

        // What is removed counts no more; its library stays in the list.
        ToldAssets.tell(inBoth.toBuilder()
                .setVersion(2)
                .setLifecycle(AssetLifecycle.ASSET_LIFECYCLE_TOMBSTONED)
                .build());
        Awaits.until(() -> MediaClient.count().getAll().equals(count("", 2, 0, 1, 1)));
        assertThat(MediaClient.count().getLibrariesList()).contains(count(SECOND, 0, 0, 0, 0));

        // A full scan has the gauges shown again, without a question.
        ToldAssets.tell(inBoth.toBuilder().setVersion(3).build());
        Awaits.until(() -> SluiceInfra.database().number("SELECT COUNT(*) FROM video_library") == 4);
        assertThat(gauge("Pictures", "total")).isEqualTo(1);
        ToldAssets.tell(ToldAssets.library(HealthState.HEALTH_STATE_ONLINE).toBuilder()
                .setLastFullScan(ScanDigest.newBuilder().setScanId("scan-1"))
                .build());
        Awaits.until(() -> gauge("Pictures", "total") == 2);
    }

    private static StreamCount count(String library, long total, long ready, long pending, long unsupported) {
        return StreamCount.newBuilder()
                .setLibraryId(library)
                .setTotal(total)
                .setWithPlaylist(ready)
                .setPending(pending)
                .setUnsupported(unsupported)
                .build();
    }

    private static long rows(String lifecycle) {
        return SluiceInfra.database()
                .number("SELECT COUNT(*) FROM rendition WHERE name = 'hls' AND lifecycle = ?", lifecycle);
    }

    private double gauge(String library, String state) {
        Gauge gauge = meters.find("sluice.hls.videos")
                .tag("library", library)
                .tag("state", state)
                .gauge();
        return gauge == null ? Double.NaN : gauge.value();
    }
}
