package io.sluice.gateway.asset;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import com.google.protobuf.ByteString;

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.GetAssetRequest;
import io.sluice.contract.ingest.v1.ListAssetsRequest;
import io.sluice.contract.ingest.v1.ListAssetsResponse;
import io.sluice.contract.ingest.v1.ListLocationsRequest;
import io.sluice.contract.ingest.v1.ListLocationsResponse;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.GetRenditionsRequest;
import io.sluice.gateway.library.LibraryRoots;
import io.sluice.gateway.upstream.Answer;
import io.sluice.gateway.upstream.Degraded;
import io.sluice.gateway.upstream.Upstream;
import io.sluice.gateway.upstream.Upstreams;
import io.sluice.gateway.web.Wire;

/** Asks ingest for assets and media, once, for what it made of them. Without media the rest is still answered. */
@ApplicationScoped
public class LookUpAssets {

    private final Upstreams upstreams;
    private final LibraryRoots roots;

    LookUpAssets(Upstreams upstreams, LibraryRoots roots) {
        this.upstreams = upstreams;
        this.roots = roots;
    }

    AssetPageRepresentation page(AssetFilter filter, int limit, String cursor) {
        ListAssetsRequest.Builder request =
                ListAssetsRequest.newBuilder().setLimit(limit).setCursor(cursor);
        filter.applyTo(request, roots);
        ListAssetsResponse page = upstreams.ingest(ingest -> ingest.listAssets(request.build()));
        return page(page.getAssetsList(), page.getNextCursor());
    }

    /** A page of assets that another list gave, with what media made of them. */
    public AssetPageRepresentation page(List<AssetState> assets, String nextCursor) {
        Answer<Map<ByteString, AssetRenditions>> made =
                madeOf(assets.stream().map(AssetState::getContentHash).toList());
        List<AssetRepresentation> items = assets.stream()
                .map(asset -> AssetRepresentation.of(asset, pick(made, asset), roots))
                .toList();
        return new AssetPageRepresentation(items, Wire.textOrNull(nextCursor), Degraded.notes(made));
    }

    AssetDetailRepresentation one(ContentHash contentHash) {
        AssetState asset = state(contentHash);
        Answer<Map<ByteString, AssetRenditions>> made = madeOf(List.of(asset.getContentHash()));
        return AssetDetailRepresentation.of(asset, pick(made, asset), roots, Degraded.notes(made));
    }

    LocationPageRepresentation locations(ContentHash contentHash, int limit, String cursor) {
        ListLocationsResponse page = upstreams.ingest(ingest -> ingest.listLocations(ListLocationsRequest.newBuilder()
                .setContentHash(contentHash.bytes())
                .setLimit(limit)
                .setCursor(cursor)
                .build()));
        return new LocationPageRepresentation(
                page.getLocationsList().stream()
                        .map(location -> LocationRepresentation.of(location, roots))
                        .toList(),
                Wire.textOrNull(page.getNextCursor()));
    }

    /** Here media's answer is the whole answer, so its silence is an error. */
    RenditionsRepresentation renditions(ContentHash contentHash) {
        AssetRenditions made = ask(List.of(contentHash.bytes())).get(contentHash.bytes());
        if (made == null) {
            state(contentHash);
            return new RenditionsRepresentation(List.of(), null, 0);
        }
        return new RenditionsRepresentation(
                AssetRepresentation.renditions(contentHash, made),
                null,
                made.getRenditionsList().stream()
                        .mapToLong(one -> one.getState().getVersion())
                        .max()
                        .orElse(0));
    }

    private AssetState state(ContentHash contentHash) {
        return upstreams.ingest(ingest -> ingest.getAsset(
                GetAssetRequest.newBuilder().setContentHash(contentHash.bytes()).build()));
    }

    private Answer<Map<ByteString, AssetRenditions>> madeOf(List<ByteString> contentHashes) {
        return contentHashes.isEmpty()
                ? new Answer.Known<>(Map.of())
                : upstreams.tryAsk(Upstream.MEDIA, () -> ask(contentHashes));
    }

    private Map<ByteString, AssetRenditions> ask(List<ByteString> contentHashes) {
        return upstreams
                .media(media -> media.getRenditions(GetRenditionsRequest.newBuilder()
                        .addAllContentHashes(contentHashes)
                        .build()))
                .getAssetsList()
                .stream()
                .collect(Collectors.toMap(AssetRenditions::getContentHash, Function.identity()));
    }

    private static @Nullable AssetRenditions pick(Answer<Map<ByteString, AssetRenditions>> made, AssetState asset) {
        Map<ByteString, AssetRenditions> known = made.orNull();
        return known == null ? null : known.getOrDefault(asset.getContentHash(), AssetRenditions.getDefaultInstance());
    }
}
