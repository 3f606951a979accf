package io.sluice.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.media.asset.ContentHash;
import io.sluice.testsupport.SluiceInfra;

/** Says what ingest would say of videos, and looks at what becomes of them. */
final class ToldVideos {

    private ToldVideos() {}

    /** A live video, whose only file lies in the library and looks as it does now. */
    static AssetState video(ContentHash hash, Path file, long version) throws IOException {
        return ToldAssets.image(hash, file, version).toBuilder()
                .setKind(MediaKind.MEDIA_KIND_VIDEO)
                .build();
    }

    /** By label, e.g. {@code hls@1}. */
    static Map<String, StoredRendition> renditions(ContentHash hash) {
        return MediaClient.renditions(hash).map(AssetRenditions::getRenditionsList).orElse(List.of()).stream()
                .collect(Collectors.toMap(
                        rendition -> rendition.getState().getName() + "@"
                                + rendition.getState().getProfileVersion(),
                        Function.identity()));
    }

    static StoredRendition rendition(ContentHash hash, String label) {
        return renditions(hash).getOrDefault(label, StoredRendition.getDefaultInstance());
    }

    static RenditionLifecycle lifecycle(ContentHash hash, String label) {
        return rendition(hash, label).getState().getLifecycle();
    }

    static void awaitReady(ContentHash hash, String... labels) {
        Awaits.until(() -> Stream.of(labels)
                .allMatch(label -> lifecycle(hash, label) == RenditionLifecycle.RENDITION_LIFECYCLE_READY));
    }

    static void awaitUnsupported(ContentHash hash, String label) {
        Awaits.until(() -> lifecycle(hash, label) == RenditionLifecycle.RENDITION_LIFECYCLE_UNSUPPORTED);
    }

    /** In the store. */
    static Path file(StoredRendition rendition) {
        return MediaFolders.store().resolve(rendition.getFile());
    }

    static String playlist(ContentHash hash, String label) {
        return text(file(rendition(hash, label)));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything in the asset's folder of the store that is not there for readers. */
    static List<String> hidden(ContentHash hash) throws IOException {
        Path home = MediaFolders.store().resolve(hash.hex().substring(0, 2)).resolve(hash.hex());
        if (!Files.isDirectory(home)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(home)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("."))
                    .toList();
        }
    }

    static long works(ContentHash hash) {
        return SluiceInfra.database()
                .number("SELECT COUNT(*) FROM work WHERE work_key LIKE CONCAT(?, '%')", hash.hex());
    }
}
