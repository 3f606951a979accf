package io.sluice.media.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.scanner.v1.FileStat;
import io.sluice.media.asset.Asset;
import io.sluice.media.asset.AssetLocation;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.asset.ProvidedFile;
import io.sluice.media.profile.Profiles;
import io.sluice.media.rendition.Rendition;

/** What a video should have, with and without a stream that came ready-made. */
class RenditionPlanTest {

    private static final ContentHash HASH = new ContentHash("cd".repeat(32));
    private static final AssetLocation FILE = location("film.mp4", 1);
    private static final ProvidedFile DELIVERED = new ProvidedFile("hls", location("film/index.m3u8", 2));
    private static final Rendition MADE = Rendition.pending(HASH, Profiles.STREAM);

    private static AssetLocation location(String path, long inode) {
        return new AssetLocation(
                "library",
                path.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                FileStat.newBuilder().setInode(inode).build(),
                true);
    }

    private static Asset video(List<AssetLocation> files, ProvidedFile... provided) {
        return new Asset(
                HASH, 1, AssetLifecycle.ASSET_LIFECYCLE_LIVE, MediaKind.MEDIA_KIND_VIDEO, 10, files, List.of(provided));
    }

    private static List<String> labels(List<Rendition> renditions) {
        return renditions.stream().map(Rendition::label).toList();
    }

    @Test
    void aVideoGetsPicturesAndAStream() {
        RenditionPlan plan = RenditionPlan.of(video(List.of(FILE)), List.of());
        assertThat(labels(plan.missing())).containsExactlyInAnyOrder("hls@1", "poster@1", "thumbnail@1");
        assertThat(plan.possible()).isEqualTo(plan.missing());
    }

    @Test
    void nothingIsPossibleWithoutAFile() {
        RenditionPlan plan = RenditionPlan.of(video(List.of()), List.of());
        assertThat(plan.missing()).hasSize(3);
        assertThat(plan.possible()).isEmpty();
    }

    @Test
    void aStreamThatWasDeliveredIsTriedFirst() {
        RenditionPlan plan = RenditionPlan.of(video(List.of(FILE), DELIVERED), List.of());
        assertThat(labels(plan.missing())).containsExactlyInAnyOrder("hls@0", "poster@1", "thumbnail@1");
    }

    @Test
    void oneThatIsReadyOrPendingHasNoneMade() {
        Rendition delivered = Rendition.pending(HASH, DELIVERED);
        for (Rendition row : List.of(delivered, delivered.ready("", 1, 1, 1, 1))) {
            RenditionPlan plan = RenditionPlan.of(video(List.of(FILE), DELIVERED), List.of(row, MADE));
            assertThat(labels(plan.missing())).doesNotContain("hls@1");
            assertThat(plan.unwanted()).containsExactly(MADE);
        }
    }

    @Test
    void oneThatIsNoGoodHasOneMade() {
        Rendition delivered = Rendition.pending(HASH, DELIVERED);
        for (Rendition row : List.of(
                delivered.unsupported(ErrorCode.PLAYLIST_INVALID, "torn", 1),
                delivered.failed(ErrorCode.FILE_UNREADABLE, "no", 4))) {
            RenditionPlan plan = RenditionPlan.of(video(List.of(FILE), DELIVERED), List.of(row));
            assertThat(labels(plan.missing())).contains("hls@1");
        }
    }

    @Test
    void anotherOneIsTriedAgain() {
        Rendition torn = Rendition.pending(HASH, DELIVERED).unsupported(ErrorCode.PLAYLIST_INVALID, "torn", 1);
        ProvidedFile other = new ProvidedFile("hls", location("film/index.m3u8", 3));
        RenditionPlan plan = RenditionPlan.of(video(List.of(FILE), other), List.of(torn, MADE));
        assertThat(plan.replaced()).containsExactly(torn.again(other.source()));
        assertThat(plan.unwanted()).containsExactly(MADE);
        assertThat(labels(plan.possible())).contains("hls@0").doesNotContain("hls@1");
    }

    @Test
    void aStreamThatIsMadeStaysWhenOneIsDelivered() {
        Rendition ready = MADE.ready("", 1, 1, 1, 1);
        RenditionPlan plan = RenditionPlan.of(video(List.of(FILE), DELIVERED), List.of(ready));
        assertThat(plan.unwanted()).isEmpty();
        assertThat(labels(plan.missing())).contains("hls@0").doesNotContain("hls@1");
    }
}
