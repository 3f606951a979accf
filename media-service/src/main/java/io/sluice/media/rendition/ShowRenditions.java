package io.sluice.media.rendition;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.MediaFacts;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.store.RenditionStore;
import io.sluice.messaging.Transactions;

/** Renditions and facts of a page of assets, by one query. */
@ApplicationScoped
class ShowRenditions {

    /** For the page of assets that somebody looks at; all three tables by their primary keys. */
    static final String OF_PAGE = "SELECT a.content_hash, " + RenditionRow.COLUMNS + ", " + FactsRow.COLUMNS + """
            FROM asset a
            LEFT JOIN rendition r ON r.content_hash = a.content_hash
            LEFT JOIN facts f ON f.content_hash = a.content_hash
            WHERE a.content_hash IN (<hashes>)""";

    private record Shown(ContentHash hash, @Nullable MediaFacts facts, List<Rendition> renditions) {}

    private final Transactions transactions;
    private final RenditionStore store;

    ShowRenditions(Transactions transactions, RenditionStore store) {
        this.transactions = transactions;
        this.store = store;
    }

    /** Known assets only, by content hash; renditions by name and version. */
    List<AssetRenditions> of(Collection<ContentHash> hashes) {
        if (hashes.isEmpty()) {
            return List.of();
        }
        Map<ContentHash, Shown> assets = new TreeMap<>();
        transactions.read(handle -> handle.createQuery(OF_PAGE)
                .bindList("hashes", ContentHash.inOrder(hashes))
                .map((row, context) -> add(row, assets))
                .list());
        return assets.values().stream().map(this::message).toList();
    }

    private static boolean add(ResultSet row, Map<ContentHash, Shown> assets) throws SQLException {
        ContentHash hash = ContentHash.of(row.getBytes("content_hash"));
        Shown asset = assets.get(hash);
        if (asset == null) {
            MediaFacts facts = row.getString("format") == null ? null : FactsRow.read(hash, row);
            asset = new Shown(hash, facts, new ArrayList<>());
            assets.put(hash, asset);
        }
        if (row.getString("name") != null) {
            asset.renditions().add(RenditionRow.read(hash, row));
        }
        return true;
    }

    private AssetRenditions message(Shown asset) {
        AssetRenditions.Builder message =
                AssetRenditions.newBuilder().setContentHash(asset.hash().byteString());
        if (asset.facts() != null) {
            message.setFacts(asset.facts());
        }
        asset.renditions().stream()
                .sorted(Rendition.ORDER)
                .forEach(rendition -> message.addRenditions(stored(rendition)));
        return message.build();
    }

    private StoredRendition stored(Rendition rendition) {
        StoredRendition.Builder stored =
                StoredRendition.newBuilder().setState(rendition.state()).setProvided(rendition.isProvided());
        if (rendition.lifecycle() == Lifecycle.READY) {
            rendition.fileName().ifPresent(file -> stored.setFile(store.nameOf(rendition.hash(), file)));
        }
        return stored.build();
    }
}
