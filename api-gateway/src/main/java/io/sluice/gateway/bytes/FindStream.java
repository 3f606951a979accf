package io.sluice.gateway.bytes;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.GetAssetRequest;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.media.v1.GetRenditionsRequest;
import io.sluice.contract.media.v1.PlayNowRequest;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.gateway.asset.ContentHash;
import io.sluice.gateway.upstream.Upstreams;

/** Finds the stream of a video, or has it made. */
@ApplicationScoped
public class FindStream {

    static final String NAME = "hls";

    /** A video may have one that was delivered and one that was made; what plays soonest is the stream. */
    private static final Comparator<StoredRendition> BEST = Comparator.comparingInt(
                    (StoredRendition stream) -> rank(stream))
            .thenComparingInt(stream -> stream.getState().getProfileVersion());

    private final Upstreams upstreams;

    FindStream(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /** Whether its playlist, whole or growing, is there. */
    public static boolean plays(StoredRendition stream) {
        return switch (stream.getState().getLifecycle()) {
            case RENDITION_LIFECYCLE_READY, RENDITION_LIFECYCLE_RUNNING ->
                !stream.getFile().isEmpty();
            default -> false;
        };
    }

    /** What media has made of it so far; empty when it has no stream, or media has not heard of the asset. */
    Optional<StoredRendition> known(ContentHash contentHash) {
        return upstreams
                .media(media -> media.getRenditions(GetRenditionsRequest.newBuilder()
                        .addContentHashes(contentHash.bytes())
                        .build()))
                .getAssetsList()
                .stream()
                .flatMap(asset -> asset.getRenditionsList().stream())
                .filter(stored -> stored.getState().getName().equals(NAME))
                .max(BEST);
    }

    /**
     * The stream as it is once its first segment is there or that time has passed; making it begins now unless it is made.
     *
     * @throws CodedException {@code NOT_FOUND} for what is no video
     */
    public StoredRendition begin(ContentHash contentHash, Duration wait) {
        try {
            return upstreams
                    .mediaAtLength(media -> media.playNow(PlayNowRequest.newBuilder()
                            .setContentHash(contentHash.bytes())
                            .setWaitMs((int) wait.toMillis())
                            .build()))
                    .getStream();
        } catch (CodedException refused) {
            if (refused.code() != ErrorCode.NOT_FOUND) {
                throw refused;
            }
            return onItsWay(contentHash);
        }
    }

    /** A video that ingest has and media has not heard of is a matter of seconds; all else has no stream. */
    private StoredRendition onItsWay(ContentHash contentHash) {
        AssetState asset = upstreams.ingest(ingest -> ingest.getAsset(
                GetAssetRequest.newBuilder().setContentHash(contentHash.bytes()).build()));
        if (asset.getKind() != MediaKind.MEDIA_KIND_VIDEO) {
            throw new CodedException(ErrorCode.NOT_FOUND, "Only videos are played; this asset is none.");
        }
        return StoredRendition.newBuilder()
                .setState(RenditionState.newBuilder()
                        .setContentHash(contentHash.bytes())
                        .setName(NAME)
                        .setProfileVersion(1)
                        .setLifecycle(RenditionLifecycle.RENDITION_LIFECYCLE_PENDING))
                .build();
    }

    private static int rank(StoredRendition stream) {
        return switch (stream.getState().getLifecycle()) {
            case RENDITION_LIFECYCLE_READY -> 5;
            case RENDITION_LIFECYCLE_RUNNING -> 4;
            case RENDITION_LIFECYCLE_PENDING -> 3;
            case RENDITION_LIFECYCLE_FAILED -> 2;
            case RENDITION_LIFECYCLE_UNSUPPORTED -> 1;
            case RENDITION_LIFECYCLE_UNSPECIFIED, UNRECOGNIZED -> 0;
        };
    }
}
