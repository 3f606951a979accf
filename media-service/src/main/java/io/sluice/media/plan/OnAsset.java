package io.sluice.media.plan;

import java.util.ArrayList;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import com.google.protobuf.Parser;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.media.asset.Asset;
import io.sluice.media.asset.Assets;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.rendition.VideoLibraries;
import io.sluice.messaging.fact.Fact;
import io.sluice.messaging.fact.FactHandler;
import io.sluice.messaging.work.Lane;

/** Keeps what ingest says of an asset, and plans its renditions. */
@ApplicationScoped
class OnAsset implements FactHandler<AssetState> {

    private final Assets assets;
    private final VideoLibraries videos;
    private final PlanRenditions planner;

    OnAsset(Assets assets, VideoLibraries videos, PlanRenditions planner) {
        this.assets = assets;
        this.videos = videos;
        this.planner = planner;
    }

    @Override
    public Topic topic() {
        return Topics.INGEST_ASSET;
    }

    @Override
    public String group() {
        return "media.asset";
    }

    @Override
    public Parser<AssetState> parser() {
        return AssetState.parser();
    }

    @Override
    public void handle(Handle tx, List<Fact<AssetState>> facts) {
        List<Asset> told = new ArrayList<>();
        List<ContentHash> purged = new ArrayList<>();
        for (Fact<AssetState> fact : facts) {
            AssetState state = fact.value();
            if (state == null) {
                purged.add(new ContentHash(fact.key()));
            } else {
                told.add(read(state));
            }
        }
        planner.plan(tx, assets.learn(tx, told), Lane.FRESH);
        assets.forget(tx, purged);
        videos.forget(tx, purged);
    }

    private static Asset read(AssetState state) {
        try {
            return Asset.of(state);
        } catch (IllegalArgumentException e) {
            throw new CodedException(ErrorCode.UNREADABLE_MESSAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
