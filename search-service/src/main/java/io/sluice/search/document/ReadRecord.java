package io.sluice.search.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.AssetText;
import io.sluice.contract.ingest.v1.ContainerState;
import io.sluice.contract.media.v1.MediaFacts;
import io.sluice.contract.media.v1.RenditionState;

/** Says what a record says. Whatever stands in it, the answer is a value. */
public final class ReadRecord {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int LONGEST_NAME = 256;

    @FunctionalInterface
    private interface Reader {
        Change read(String key, byte @Nullable [] value) throws InvalidProtocolBufferException;
    }

    private static final Map<String, Reader> READERS = Map.of(
            Topics.INGEST_ASSET.name(), ReadRecord::asset,
            Topics.INGEST_CONTAINER.name(), ReadRecord::container,
            Topics.INGEST_TEXT.name(), ReadRecord::text,
            Topics.MEDIA_FACTS.name(), ReadRecord::facts,
            Topics.MEDIA_RENDITION.name(), ReadRecord::rendition);

    private ReadRecord() {}

    /** Whether there is a reader for it. */
    public static boolean reads(Topic topic) {
        return READERS.containsKey(topic.name());
    }

    public static Change of(ConsumerRecord<byte[], byte[]> told) {
        Reader reader = READERS.get(told.topic());
        if (reader == null) {
            return new Change.Unreadable("No reader knows this topic.");
        }
        if (told.key() == null) {
            return new Change.Unreadable("The record has no key.");
        }
        try {
            return reader.read(new String(told.key(), UTF_8), told.value());
        } catch (InvalidProtocolBufferException broken) {
            return new Change.Unreadable("Its bytes are no message of this topic: " + broken.getMessage());
        }
    }

    private static Change asset(String key, byte @Nullable [] value) throws InvalidProtocolBufferException {
        AssetState asset = value == null ? null : AssetState.parseFrom(value);
        return fits(key, asset == null ? null : asset.getContentHash())
                ? new Change.OwnPart(key, asset)
                : wrongKey("content hash");
    }

    private static Change facts(String key, byte @Nullable [] value) throws InvalidProtocolBufferException {
        MediaFacts facts = value == null ? null : MediaFacts.parseFrom(value);
        return fits(key, facts == null ? null : facts.getContentHash())
                ? new Change.FactsPart(key, facts)
                : wrongKey("content hash");
    }

    private static Change text(String key, byte @Nullable [] value) throws InvalidProtocolBufferException {
        AssetText text = value == null ? null : AssetText.parseFrom(value);
        String source = after(key);
        return fits(before(key), text == null ? null : text.getContentHash())
                        && (text == null || text.getSource().equals(source))
                ? new Change.TextPart(before(key), source, text)
                : wrongKey("content hash and source");
    }

    private static Change rendition(String key, byte @Nullable [] value) throws InvalidProtocolBufferException {
        RenditionState rendition = value == null ? null : RenditionState.parseFrom(value);
        String name = after(key);
        return fits(before(key), rendition == null ? null : rendition.getContentHash())
                        && (rendition == null || rendition.getName().equals(name))
                ? new Change.RenditionPart(before(key), name, rendition)
                : wrongKey("content hash and rendition name");
    }

    private static Change container(String key, byte @Nullable [] value) throws InvalidProtocolBufferException {
        ContainerState container = value == null ? null : ContainerState.parseFrom(value);
        boolean fits = !key.isEmpty()
                && key.length() <= LONGEST_NAME
                && (container == null || container.getContainerId().equals(key));
        return fits ? new Change.OfContainer(key, container) : wrongKey("container id");
    }

    private static boolean fits(String hash, @Nullable ByteString told) {
        return HASH.matcher(hash).matches()
                && (told == null || HexFormat.of().formatHex(told.toByteArray()).equals(hash));
    }

    private static Change wrongKey(String what) {
        return new Change.Unreadable("Its key is not the " + what + " that its value has.");
    }

    private static String before(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }

    private static String after(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? "" : key.substring(slash + 1);
    }
}
