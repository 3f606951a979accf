package io.sluice.localstack.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes a bundle's files and counts them; each item is described when its file stands. */
final class BundlePayload {

    private static final String[] RENDITIONS = {"frosted", "blurred"};

    private final BundleWriter wanted;
    private final Path folder;
    private final BundlePictures pictures;
    private final List<ObjectNode> items = new ArrayList<>();
    private long files;
    private long bytes;

    BundlePayload(BundleWriter wanted, Path folder) throws IOException {
        this.wanted = wanted;
        this.folder = folder;
        this.pictures = new BundlePictures(wanted);
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    /** The manifest's items in their order: a photo, then its cover; a container after its members; videos last. */
    List<ObjectNode> write() throws IOException {
        Files.createDirectories(folder.resolve("photos"));
        if (wanted.covers) {
            Files.createDirectories(folder.resolve("covers"));
        }
        int gallery = 0;
        int firstMember = wanted.firstPhoto;
        for (int number = wanted.firstPhoto; number < wanted.firstPhoto + wanted.photos; number++) {
            photo(number);
            while (gallery < wanted.galleries.length && number + 1 >= firstMember + wanted.galleries[gallery]) {
                add(BundleManifest.gallery(wanted, gallery, firstMember, wanted.galleries[gallery]));
                firstMember += wanted.galleries[gallery];
                gallery++;
            }
        }
        for (int number = 0; number < wanted.videos; number++) {
            video(number);
        }
        return items;
    }

    /** Files of a video are many and of its own making: they are counted where they lie. */
    private void video(int number) throws IOException {
        ObjectNode item = new BundleVideos(wanted).write(folder, number);
        try (Stream<Path> tree =
                Files.walk(folder.resolve(item.path("path").asText()).getParent())) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files++;
                bytes += Files.size(file);
            }
        }
        add(item);
    }

    private void photo(int number) throws IOException {
        byte[] photo = pictures.photo(number);
        ObjectNode item = BundleManifest.photo(wanted, number, photo.length);
        Path file = folder.resolve(item.path("path").asText());
        put(file, photo);
        add(item);
        Path beside = folder.resolve("photos/" + item.path("asset_hash").asText());
        if (wanted.provenance) {
            source(beside.resolve("source"), number);
        }
        if (number - wanted.firstPhoto < wanted.extraRenditions) {
            Files.createDirectories(beside.resolve("renditions"));
            for (String name : RENDITIONS) {
                put(beside.resolve("renditions/" + name + ".jpg"), pictures.rendition(number, name));
            }
        }
        if (wanted.covers) {
            byte[] cover = pictures.cover(number);
            ObjectNode coverItem = BundleManifest.cover(wanted, number, cover.length);
            put(folder.resolve(coverItem.path("path").asText()), cover);
            add(coverItem);
        }
    }

    private void source(Path source, int number) throws IOException {
        Files.createDirectories(source.resolve("data"));
        put(source.resolve("source.json"), BundleWriter.bytes(BundleSources.source(wanted, number)));
        for (var analysis : BundleSources.analyses(wanted, number).entrySet()) {
            put(source.resolve("data/" + analysis.getKey() + ".json"), BundleWriter.bytes(analysis.getValue()));
        }
    }

    private void add(ObjectNode item) {
        Consumer<ObjectNode> change = wanted.itemChanges.get(items.size());
        if (change != null) {
            change.accept(item);
        }
        items.add(item);
    }

    private void put(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        files++;
        bytes += content.length;
    }
}
