package io.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.RedoRenditionRequest;
import io.sluice.contract.media.v1.RedoRenditionResponse;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.image.TestPictures;
import io.sluice.messaging.grpc.GrpcErrors;
import io.sluice.testsupport.SluiceInfra;

/** A redo that is sent again with its key is the former one, also once the rendition is made; one may ask for what one saw. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(MediaFolders.class)
class RepeatedRedoIT {

    private ContentHash hash;

    @BeforeEach
    void aPictureWithItsRenditions() throws Exception {
        ToldAssets.tell(ToldAssets.library(HealthState.HEALTH_STATE_ONLINE));
        hash = ToldAssets.newHash();
        ToldAssets.tell(ToldAssets.image(
                hash,
                new TestPictures(MediaFolders.library())
                        .jpeg("redo-" + UUID.randomUUID() + ".jpg", TestPictures.photograph(300, 200, 1)),
                1));
        awaitReady();
    }

    @Test
    void redoSentAgainIsTheFormerOne() {
        String key = UUID.randomUUID().toString();
        RedoRenditionResponse first = MediaClient.redo(request(), key);
        assertThat(first.getRenditions(0).getLifecycle()).isEqualTo(RenditionLifecycle.RENDITION_LIFECYCLE_PENDING);
        awaitReady();
        long made = newest();
        assertThat(MediaClient.redo(request(), key)).isEqualTo(first);
        assertThat(newest()).as("nothing became pending again").isEqualTo(made);
        assertThat(MediaClient.redo(request(), "another " + key)).isNotEqualTo(first);
    }

    @Test
    void redoOfWhatHasChangedSinceIsRefused() {
        long seen = newest();
        RedoRenditionRequest asSeen =
                request().toBuilder().setExpectedVersion(seen).build();
        MediaClient.redo(asSeen);
        awaitReady();
        long made = newest();
        assertThat(made).isGreaterThan(seen);
        assertThatThrownBy(() -> MediaClient.redo(asSeen))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> assertThat(
                                GrpcErrors.toCoded(refused).code())
                        .isEqualTo(ErrorCode.PRECONDITION_FAILED));
        assertThat(newest()).isEqualTo(made);
    }

    private RedoRenditionRequest request() {
        return RedoRenditionRequest.newBuilder()
                .setContentHash(hash.byteString())
                .setName("thumbnail")
                .setRequestedBy("test")
                .build();
    }

    private long newest() {
        return MediaClient.renditions(hash).stream()
                .map(AssetRenditions::getRenditionsList)
                .flatMap(renditions -> renditions.stream())
                .mapToLong(one -> one.getState().getVersion())
                .max()
                .orElseThrow();
    }

    private void awaitReady() {
        Awaits.until(() -> MediaClient.renditions(hash).stream()
                        .flatMap(asset -> asset.getRenditionsList().stream())
                        .filter(one -> one.getState().getLifecycle() == RenditionLifecycle.RENDITION_LIFECYCLE_READY)
                        .count()
                == 2);
    }
}
