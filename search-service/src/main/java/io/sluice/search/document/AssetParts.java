package io.sluice.search.document;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.AssetText;
import io.sluice.contract.media.v1.MediaFacts;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;

/**
 * All that was told of one asset, each part in its newest version, in whatever order they came. Stands in the asset's
 * document as it was told, so that a change of one part never loses another.
 */
public final class AssetParts {

    private @Nullable AssetState asset;
    private @Nullable MediaFacts facts;
    private final SortedMap<String, AssetText> texts = new TreeMap<>();
    private final SortedMap<String, RenditionState> renditions = new TreeMap<>();

    /** Reads them back from a document. */
    public static AssetParts of(Document document) {
        AssetParts parts = new AssetParts();
        read(document, Fields.PART_ASSET, AssetState.parser()).forEach(asset -> parts.asset = asset);
        read(document, Fields.PART_FACTS, MediaFacts.parser()).forEach(facts -> parts.facts = facts);
        read(document, Fields.PART_TEXT, AssetText.parser()).forEach(text -> parts.texts.put(text.getSource(), text));
        read(document, Fields.PART_RENDITION, RenditionState.parser())
                .forEach(rendition -> parts.renditions.put(rendition.getName(), rendition));
        return parts;
    }

    /** Takes a change in, unless something as new is known. Says whether that made a difference. */
    public boolean apply(Change.OfAsset change) {
        return switch (change) {
            case Change.OwnPart own -> {
                boolean newer = isNewer(
                        asset == null ? null : asset.getVersion(),
                        own.asset() == null ? null : own.asset().getVersion());
                asset = newer ? own.asset() : asset;
                yield newer;
            }
            case Change.FactsPart told -> {
                boolean newer = isNewer(
                        facts == null ? null : facts.getVersion(),
                        told.facts() == null ? null : told.facts().getVersion());
                facts = newer ? told.facts() : facts;
                yield newer;
            }
            case Change.TextPart told -> {
                AssetText known = texts.get(told.source());
                yield isNewer(
                                known == null ? null : known.getVersion(),
                                told.text() == null ? null : told.text().getVersion())
                        && put(texts, told.source(), told.text());
            }
            case Change.RenditionPart told -> {
                RenditionState known = renditions.get(told.name());
                yield isNewer(
                                known == null ? null : known.getVersion(),
                                told.rendition() == null
                                        ? null
                                        : told.rendition().getVersion())
                        && put(renditions, told.name(), told.rendition());
            }
        };
    }

    /** Whether nothing is left of it. */
    public boolean isEmpty() {
        return asset == null && facts == null && texts.isEmpty() && renditions.isEmpty();
    }

    /** The asset's own part when it is live; only then it is shown. */
    public @Nullable AssetState live() {
        return asset != null && asset.getLifecycle() == AssetLifecycle.ASSET_LIFECYCLE_LIVE ? asset : null;
    }

    public @Nullable MediaFacts facts() {
        return facts;
    }

    /** By source. */
    public Collection<AssetText> texts() {
        return texts.values();
    }

    /** Names of renditions that are ready. */
    public List<String> readyRenditions() {
        return renditions.values().stream()
                .filter(rendition -> rendition.getLifecycle() == RenditionLifecycle.RENDITION_LIFECYCLE_READY)
                .map(RenditionState::getName)
                .toList();
    }

    /** As {@link #of} reads them. */
    void storeIn(Document document) {
        if (asset != null) {
            document.add(new StoredField(Fields.PART_ASSET, asset.toByteArray()));
        }
        if (facts != null) {
            document.add(new StoredField(Fields.PART_FACTS, facts.toByteArray()));
        }
        texts.values().forEach(text -> document.add(new StoredField(Fields.PART_TEXT, text.toByteArray())));
        renditions
                .values()
                .forEach(rendition -> document.add(new StoredField(Fields.PART_RENDITION, rendition.toByteArray())));
    }

    /** A purge is always news when there is something to purge. */
    private static boolean isNewer(@Nullable Long known, @Nullable Long told) {
        return told == null ? known != null : known == null || told > known;
    }

    private static <T> boolean put(Map<String, T> parts, String name, @Nullable T told) {
        if (told == null) {
            parts.remove(name);
        } else {
            parts.put(name, told);
        }
        return true;
    }

    private static <T extends MessageLite> List<T> read(Document document, String field, Parser<T> parser) {
        List<T> parts = new ArrayList<>();
        for (BytesRef bytes : document.getBinaryValues(field)) {
            try {
                parts.add(parser.parseFrom(bytes.bytes, bytes.offset, bytes.length));
            } catch (InvalidProtocolBufferException damaged) {
                throw new DamagedDocument("A part of an asset", damaged);
            }
        }
        return parts;
    }
}
