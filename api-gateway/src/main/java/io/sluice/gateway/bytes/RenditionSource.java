package io.sluice.gateway.bytes;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import com.google.protobuf.ByteString;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.GetAssetRequest;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.GetRenditionsRequest;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.gateway.asset.ContentHash;
import io.sluice.gateway.upstream.Upstreams;

/** Finds a rendition by its name and opens its file in the store. */
@ApplicationScoped
class RenditionSource {

    private final Upstreams upstreams;
    private final Places places;

    RenditionSource(Upstreams upstreams, Places places) {
        this.upstreams = upstreams;
        this.places = places;
    }

    /** @throws CodedException when it is not ready: its own reason */
    StoredRendition find(ContentHash contentHash, RenditionName wanted) {
        Optional<AssetRenditions> known = upstreams
                .media(media -> media.getRenditions(GetRenditionsRequest.newBuilder()
                        .addContentHashes(contentHash.bytes())
                        .build()))
                .getAssetsList()
                .stream()
                .findFirst();
        if (known.isEmpty()) {
            // Refuses a hash that nobody knows; an asset that only media has not heard of yet is on its way.
            upstreams.ingest(ingest -> ingest.getAsset(GetAssetRequest.newBuilder()
                    .setContentHash(contentHash.bytes())
                    .build()));
            throw pending(wanted);
        }
        if (wanted.name().equals(FindStream.NAME)) {
            throw new CodedException(
                    ErrorCode.NOT_FOUND,
                    "A stream is many files; its playlist is /api/v1/assets/{content_hash}/hls/playlist.m3u8.");
        }
        StoredRendition found = known.get().getRenditionsList().stream()
                .filter(stored -> wanted.names(stored.getState()))
                .max((one, other) -> Integer.compare(
                        one.getState().getProfileVersion(), other.getState().getProfileVersion()))
                .orElseThrow(() -> new CodedException(
                        ErrorCode.NOT_FOUND,
                        "This asset has no rendition \"" + wanted.text()
                                + "\"; GET /api/v1/assets/{content_hash}/renditions lists those it has."));
        requireReady(found.getState(), wanted);
        return found;
    }

    /** @throws CodedException {@code STORE_UNAVAILABLE} when its file cannot be read now */
    ServedFile open(StoredRendition rendition) {
        try {
            FileWithin file =
                    FileWithin.resolve(places.store(), ByteString.EMPTY, ByteString.copyFromUtf8(rendition.getFile()));
            SeekableByteChannel channel = file.open();
            if (channel.size() != rendition.getState().getBytes()) {
                channel.close();
                throw unavailable(null);
            }
            // Files of the store are put in place whole and never written again: an open one cannot change.
            return new ServedFile(channel, rendition.getState().getBytes(), () -> {});
        } catch (IOException unreadable) {
            throw unavailable(unreadable);
        }
    }

    private static void requireReady(RenditionState state, RenditionName wanted) {
        switch (state.getLifecycle()) {
            case RENDITION_LIFECYCLE_READY -> {}
            case RENDITION_LIFECYCLE_FAILED ->
                throw new CodedException(ErrorCode.RENDITION_FAILED, "Making it failed: " + reason(state));
            case RENDITION_LIFECYCLE_UNSUPPORTED ->
                throw new CodedException(
                        ErrorCode.RENDITION_UNSUPPORTED, "It cannot be made from this original: " + reason(state));
            case RENDITION_LIFECYCLE_PENDING,
                    RENDITION_LIFECYCLE_RUNNING,
                    RENDITION_LIFECYCLE_UNSPECIFIED,
                    UNRECOGNIZED -> throw pending(wanted);
        }
    }

    static String reason(RenditionState state) {
        return state.getReason().isEmpty() ? state.getErrorCode() : state.getReason();
    }

    private static CodedException pending(RenditionName wanted) {
        return new CodedException(
                ErrorCode.RENDITION_PENDING, "The " + wanted.text() + " is not made yet; try again in some seconds.");
    }

    private static CodedException unavailable(@Nullable IOException cause) {
        return new CodedException(
                ErrorCode.STORE_UNAVAILABLE,
                "The rendition's file cannot be read from the store. Check sluice.store.path; media makes a lost file again.",
                cause);
    }
}
