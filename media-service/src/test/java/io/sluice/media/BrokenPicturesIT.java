package io.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.image.TestPictures;
import io.sluice.testsupport.SluiceInfra;

/** Laws 5, 6 and 8: every bad file ends with a reason at its renditions, and everything beside it is complete. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(MediaFolders.class)
class BrokenPicturesIT {

    private static final RenditionLifecycle UNSUPPORTED = RenditionLifecycle.RENDITION_LIFECYCLE_UNSUPPORTED;
    private static final RenditionLifecycle FAILED = RenditionLifecycle.RENDITION_LIFECYCLE_FAILED;

    private static List<RenditionState> states(ContentHash hash) {
        return MediaClient.renditions(hash).map(AssetRenditions::getRenditionsList).orElse(List.of()).stream()
                .map(StoredRendition::getState)
                .toList();
    }

    private static void awaitEnd(ContentHash hash, RenditionLifecycle lifecycle) {
        Awaits.until(() ->
                states(hash).size() == 2 && states(hash).stream().allMatch(state -> state.getLifecycle() == lifecycle));
    }

    private static ContentHash tell(Path file) throws IOException {
        ContentHash hash = ToldAssets.newHash();
        ToldAssets.tell(ToldAssets.image(hash, file, 1));
        return hash;
    }

    private static void assertReason(ContentHash hash, String errorCode, int attempts) {
        assertThat(states(hash)).hasSize(2).allSatisfy(state -> {
            assertThat(state.getErrorCode()).isEqualTo(errorCode);
            assertThat(state.getReason()).isNotBlank();
            assertThat(state.getAttempts()).isEqualTo(attempts);
        });
        assertThat(MediaClient.renditions(hash).orElseThrow().hasFacts()).isFalse();
    }

    private static List<String> deadLetters(ContentHash hash) {
        return SluiceInfra.database()
                .strings(
                        "SELECT CONCAT(source, ' ', origin, ' ', error_code, ' ', attempts) FROM dead_letter WHERE record_key = ?",
                        hash.hex());
    }

    @Test
    void everyBadFileIsExplainedAndEverythingBesideItIsReady() throws IOException {
        ToldAssets.tell(ToldAssets.library(HealthState.HEALTH_STATE_ONLINE));
        Path library = MediaFolders.library();
        TestPictures pictures = new TestPictures(library);
        byte[] good = Files.readAllBytes(pictures.jpeg("source.jpg", TestPictures.photograph(500, 400, 3)));

        ContentHash killer = tell(pictures.decoderKiller("killer.tif"));
        List<ContentHash> beside = new ArrayList<>();
        beside.add(tell(library.resolve("source.jpg")));
        Map<ContentHash, String> unsupported = new LinkedHashMap<>();
        unsupported.put(tell(Files.createFile(library.resolve("empty.jpg"))), "file_empty");
        unsupported.put(
                tell(Files.writeString(library.resolve("text.jpg"), "no picture", StandardCharsets.UTF_8)),
                "not_an_image");
        unsupported.put(
                tell(Files.writeString(library.resolve("vector.jpg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")),
                "format_refused");
        unsupported.put(tell(pictures.bomb("bomb.png", 50_000, 50_000)), "too_many_pixels");
        ContentHash damaged = tell(Files.write(library.resolve("half.jpg"), Arrays.copyOf(good, good.length / 2)));
        for (int i = 0; i < 3; i++) {
            beside.add(tell(pictures.jpeg("beside-" + i + ".jpg", TestPictures.photograph(200, 100 + i, i))));
        }

        beside.forEach(hash -> awaitEnd(hash, RenditionLifecycle.RENDITION_LIFECYCLE_READY));
        unsupported.forEach((hash, errorCode) -> {
            awaitEnd(hash, UNSUPPORTED);
            assertReason(hash, errorCode, 1);
            assertThat(deadLetters(hash)).isEmpty();
        });
        awaitEnd(damaged, FAILED);
        assertReason(damaged, "image_damaged", 1);
        assertThat(deadLetters(damaged)).isEmpty();

        awaitEnd(killer, FAILED);
        assertReason(killer, "child_died", 4);
        assertThat(deadLetters(killer)).containsExactly("work image child_died 4");
        assertThat(SluiceInfra.database().strings("SELECT work_key FROM work")).containsExactly(killer.hex());
        assertThat(storedFiles(killer)).isEmpty();
    }

    private static List<Path> storedFiles(ContentHash hash) throws IOException {
        Path folder = MediaFolders.store().resolve(hash.hex().substring(0, 2)).resolve(hash.hex());
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
