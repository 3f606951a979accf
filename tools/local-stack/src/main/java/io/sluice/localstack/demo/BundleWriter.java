package io.sluice.localstack.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sluice.localstack.StackException;

/**
 * Writes handover bundles as the upstream does: payload, then manifest, then sentinel. What is not set is small and
 * plain; what is set wrongly on purpose (a field of the head, an item) makes a bundle that an importer must survive.
 * The same settings write the same bytes.
 */
public final class BundleWriter {

    private static final JsonMapper JSON = new JsonMapper();

    final UUID syncId;
    String series;
    String title = "A gallery";
    int photos = 3;
    int videos;
    int firstPhoto;
    int width = 64;
    int height = 48;
    int distinctPictures = 8;
    int photoBytes;
    boolean covers = true;
    boolean provenance = true;
    int extraRenditions;
    int[] galleries = {};
    final Set<Integer> changedPhotos = new HashSet<>();
    final Map<Integer, Consumer<ObjectNode>> itemChanges = new HashMap<>();
    private final Map<String, @Nullable JsonNode> head = new LinkedHashMap<>();

    @Nullable
    UUID prior;

    private boolean sentinel = true;

    private BundleWriter(UUID syncId) {
        this.syncId = syncId;
        this.series = syncId.toString();
    }

    /** A bundle of three photos with covers, sources and analysis, consumable. */
    public static BundleWriter of(UUID syncId) {
        return new BundleWriter(syncId);
    }

    /** Photos of one series and number have the same external hash and the same bytes, whatever bundle brings them. */
    public BundleWriter series(String name) {
        series = name;
        return this;
    }

    /** Begins the titles of photos and galleries. */
    public BundleWriter title(String text) {
        title = text;
        return this;
    }

    /** How many. */
    public BundleWriter photos(int count) {
        photos = count;
        return this;
    }

    /** How many videos, each with its stream, transcript, cloud package and cover; ffmpeg makes them. Even pixels. */
    public BundleWriter videos(int count) {
        videos = count;
        return this;
    }

    /** The number of the first photo in its series, 0 by default. */
    public BundleWriter firstPhoto(int number) {
        firstPhoto = number;
        return this;
    }

    /** Containers with so many members each, from the first photo on; a container stands after its members. */
    public BundleWriter galleries(int... members) {
        galleries = members.clone();
        return this;
    }

    /** Photos only. */
    public BundleWriter withoutCovers() {
        covers = false;
        return this;
    }

    /** No source folders: two files an item pair, which is what a large bundle is fast with. */
    public BundleWriter withoutSources() {
        provenance = false;
        return this;
    }

    /** Size of the photos and videos in pixels. */
    public BundleWriter pixels(int wide, int high) {
        width = wide;
        height = high;
        return this;
    }

    /** Photos are filled up to about so many bytes each; they stay valid JPEGs. */
    public BundleWriter photoBytes(int bytes) {
        photoBytes = bytes;
        return this;
    }

    /** How many pictures are drawn; the photos beyond share their pixels and differ in a comment. */
    public BundleWriter distinctPictures(int count) {
        distinctPictures = count;
        return this;
    }

    /** The first so many photos bring ready-made renditions that nobody imports. */
    public BundleWriter readyMadeRenditions(int ofPhotos) {
        extraRenditions = ofPhotos;
        return this;
    }

    /** The bundle that this one supersedes. */
    public BundleWriter priorSyncId(UUID other) {
        prior = other;
        return this;
    }

    /** The photo of that number in its series has other bytes than elsewhere, under the same external hash. */
    public BundleWriter changedPhoto(int number) {
        changedPhotos.add(number);
        return this;
    }

    /** A field of the manifest's head as it shall be; null leaves it out. */
    public BundleWriter head(String field, @Nullable Object value) {
        head.put(field, value == null ? null : JSON.valueToTree(value));
        return this;
    }

    /** Has the item at that place of the manifest, counted from 0, say something else than the truth. */
    public BundleWriter item(int position, Consumer<ObjectNode> change) {
        itemChanges.put(position, change);
        return this;
    }

    /** Not released yet. */
    public BundleWriter withoutSentinel() {
        sentinel = false;
        return this;
    }

    /**
     * Writes the bundle into that mount, which is made when it is missing. One of the same id is written over.
     *
     * @throws StackException when the folder cannot be written
     */
    public WrittenBundle write(Path mount) {
        WrittenBundle bundle;
        try {
            Files.createDirectories(mount);
            Files.deleteIfExists(mount.resolve(syncId + ".ready"));
            BundlePayload payload = new BundlePayload(this, mount.resolve(syncId.toString()));
            List<ObjectNode> items = payload.write();
            ObjectNode manifest = BundleManifest.of(this, items, payload);
            change(manifest);
            Path aside = mount.resolve(syncId + ".json.tmp");
            JSON.writeValue(aside.toFile(), manifest);
            bundle = new WrittenBundle(
                    syncId, series, firstPhoto, mount, items.size(), payload.files(), payload.bytes());
            Files.move(aside, bundle.manifest(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (sentinel) {
                Files.write(bundle.sentinel(), new byte[0]);
            }
        } catch (IOException e) {
            throw new StackException(
                    "Cannot write the bundle " + syncId + " into " + mount + ": " + e
                            + ". Make it writable, or name another folder.",
                    e);
        }
        return bundle;
    }

    private void change(ObjectNode manifest) {
        head.forEach((field, value) -> {
            if (value == null) {
                manifest.remove(field);
            } else {
                manifest.set(field, value);
            }
        });
    }

    /** 32 lowercase hex digits, as the upstream names things. */
    static String externalHash(String series, String kind, int number) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5")
                    .digest((series + ":" + kind + ":" + number).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static byte[] bytes(ObjectNode json) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }
}
