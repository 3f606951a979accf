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
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.profile.StreamProfile;
import io.sluice.media.store.RenditionStore;
import io.sluice.messaging.Transactions;

/** Renditions and facts of a page of assets, by one query. */
@ApplicationScoped
public class ShowRenditions {

    /** For the page of assets that somebody looks at; all tables by their primary keys, work by work_identity. */
    static final String OF_PAGE = "SELECT a.content_hash, " + RenditionRow.COLUMNS + ", " + FactsRow.COLUMNS + """
            , w.id AS running_work, s.profile_version AS running_version, s.folder, s.permille
            FROM asset a
            LEFT JOIN rendition r ON r.content_hash = a.content_hash
            LEFT JOIN facts f ON f.content_hash = a.content_hash
            LEFT JOIN running_stream s ON s.content_hash = a.content_hash
            LEFT JOIN work w ON w.work_class = 'video' AND w.work_key = s.work_key AND w.state = 'running'
                AND w.lease_token = s.token
            WHERE a.content_hash IN (<hashes>)""";

    private record Shown(
            ContentHash hash,
            @Nullable MediaFacts facts,
            @Nullable RunningStream running,
            List<Rendition> renditions) {}

    private final Transactions transactions;
    private final RenditionStore store;

    ShowRenditions(Transactions transactions, RenditionStore store) {
        this.transactions = transactions;
        this.store = store;
    }

    /** Known assets only, by content hash; renditions by name and version. */
    public List<AssetRenditions> of(Collection<ContentHash> hashes) {
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
            asset = new Shown(hash, facts, running(row), new ArrayList<>());
            assets.put(hash, asset);
        }
        if (row.getString("name") != null) {
            asset.renditions().add(RenditionRow.read(hash, row));
        }
        return true;
    }

    private static @Nullable RunningStream running(ResultSet row) throws SQLException {
        return row.getString("running_work") == null
                ? null
                : new RunningStream(row.getInt("running_version"), row.getString("folder"), row.getInt("permille"));
    }

    private AssetRenditions message(Shown asset) {
        AssetRenditions.Builder message =
                AssetRenditions.newBuilder().setContentHash(asset.hash().byteString());
        if (asset.facts() != null) {
            message.setFacts(asset.facts());
        }
        asset.renditions().stream()
                .sorted(Rendition.ORDER)
                .forEach(rendition -> message.addRenditions(stored(rendition, asset.running())));
        return message.build();
    }

    private StoredRendition stored(Rendition rendition, @Nullable RunningStream running) {
        StoredRendition.Builder stored =
                StoredRendition.newBuilder().setState(rendition.state()).setProvided(rendition.isProvided());
        if (rendition.lifecycle() == Lifecycle.READY) {
            rendition.fileName().ifPresent(file -> stored.setFile(store.nameOf(rendition.hash(), file)));
        } else if (running != null
                && rendition.isStream()
                && rendition.isPending()
                && rendition.profileVersion() == running.profileVersion()) {
            stored.getStateBuilder().setLifecycle(RenditionLifecycle.RENDITION_LIFECYCLE_RUNNING);
            stored.setFile(store.nameOf(rendition.hash(), running.folder() + "/" + StreamProfile.PLAYLIST))
                    .setPermille(running.permille());
        }
        return stored.build();
    }
}
