package io.sluice.search.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.jboss.logging.Logger;

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.ContainerState;
import io.sluice.search.document.AssetDocument;
import io.sluice.search.document.AssetParts;
import io.sluice.search.document.Change;
import io.sluice.search.document.ContainerDocument;
import io.sluice.search.document.Fields;
import io.sluice.search.document.ReadRecord;
import io.sluice.search.document.UnreadableDocument;

/**
 * Takes the records of one poll into the index: each asset's document is read, changed and written once, whatever number of
 * records it has among them. A gallery with another title has its members written again. One poll at a time.
 */
final class ApplyRecords {

    private static final Logger LOG = Logger.getLogger(ApplyRecords.class);

    private final OpenIndex index;
    private final Runnable tick;
    private final Map<String, Optional<ContainerState>> containers = new HashMap<>();
    /** Content hashes whose documents were written in this poll. */
    private final Set<String> writtenAssets = new HashSet<>();

    private int written;

    /** @param tick is run while it takes long */
    ApplyRecords(OpenIndex index, Runnable tick) {
        this.index = index;
        this.tick = tick;
    }

    /** What became of a poll. */
    record Applied(int documents, int unreadable) {}

    /** Writes; the next refresh shows all of it. */
    Applied apply(Iterable<ConsumerRecord<byte[], byte[]>> records) throws IOException {
        SortedMap<String, List<Change.OfAsset>> assets = new TreeMap<>();
        Set<String> renamed = new HashSet<>();
        int unreadable = 0;
        containers.clear();
        writtenAssets.clear();
        written = 0;
        for (ConsumerRecord<byte[], byte[]> told : records) {
            String unreadableId = UnreadableDocument.idOf(told);
            switch (ReadRecord.of(told)) {
                case Change.Unreadable broken -> {
                    LOG.warnf(
                            "record unreadable topic=%s partition=%d offset=%d reason=%s",
                            told.topic(), told.partition(), told.offset(), broken.reason());
                    index.putUnreadable(unreadableId, UnreadableDocument.of(told, broken.reason()));
                    unreadable++;
                    continue;
                }
                case Change.OfContainer container -> takeContainer(container, renamed);
                case Change.OfAsset part ->
                    assets.computeIfAbsent(part.contentHash(), hash -> new ArrayList<>())
                            .add(part);
            }
            index.removeUnreadable(unreadableId);
        }
        for (Map.Entry<String, List<Change.OfAsset>> asset : assets.entrySet()) {
            takeAsset(asset.getKey(), asset.getValue());
        }
        rewriteMembers(renamed);
        return new Applied(written, unreadable);
    }

    private void takeContainer(Change.OfContainer told, Set<String> renamed) throws IOException {
        Optional<ContainerState> known = container(told.containerId());
        ContainerState now = told.container();
        if (now == null) {
            index.remove(Fields.containerId(told.containerId()));
        } else if (known.isPresent() && known.get().getVersion() >= now.getVersion()) {
            return;
        } else {
            index.put(Fields.containerId(told.containerId()), ContainerDocument.of(now));
        }
        containers.put(told.containerId(), Optional.ofNullable(now));
        written++;
        if (!sameToMembers(known, Optional.ofNullable(now))) {
            renamed.add(told.containerId());
        }
    }

    private static boolean sameToMembers(Optional<ContainerState> known, Optional<ContainerState> now) {
        return known.map(ContainerState::getTitle).equals(now.map(ContainerState::getTitle))
                && known.map(ContainerState::getKind).equals(now.map(ContainerState::getKind));
    }

    private void takeAsset(String contentHash, List<Change.OfAsset> changes) throws IOException {
        Document known = index.document(Fields.assetId(contentHash));
        AssetParts parts = known == null ? new AssetParts() : AssetParts.of(known);
        boolean changed = false;
        for (Change.OfAsset change : changes) {
            changed |= parts.apply(change);
        }
        if (changed) {
            write(contentHash, parts);
        }
    }

    private void write(String contentHash, AssetParts parts) throws IOException {
        String id = Fields.assetId(contentHash);
        if (parts.isEmpty()) {
            index.remove(id);
        } else {
            AssetState live = parts.live();
            List<ContainerState> known = new ArrayList<>();
            for (String container : live == null ? List.<String>of() : live.getContainerIdsList()) {
                container(container).ifPresent(known::add);
            }
            index.put(id, AssetDocument.of(contentHash, parts, known));
        }
        writtenAssets.add(contentHash);
        written++;
        tick.run();
    }

    private Optional<ContainerState> container(String id) throws IOException {
        Optional<ContainerState> known = containers.get(id);
        if (known == null) {
            known = Optional.ofNullable(index.document(Fields.containerId(id))).map(ContainerDocument::read);
            containers.put(id, known);
        }
        return known;
    }

    /** One document in memory at a time, however many members there are. Who was written already has the new titles. */
    private void rewriteMembers(Set<String> renamed) throws IOException {
        DirectoryReader reader = index.reader();
        for (String container : renamed) {
            for (LeafReaderContext leaf : reader.leaves()) {
                StoredFields stored = leaf.reader().storedFields();
                for (int member : OpenIndex.having(leaf, new Term(Fields.CONTAINER_IS, container))) {
                    AssetParts parts = AssetParts.of(stored.document(member));
                    String contentHash = hashOf(Objects.requireNonNull(parts.live(), "only live ones have containers"));
                    if (!writtenAssets.contains(contentHash)) {
                        write(contentHash, parts);
                    }
                }
            }
        }
    }

    private static String hashOf(AssetState asset) {
        return HexFormat.of().formatHex(asset.getContentHash().toByteArray());
    }
}
