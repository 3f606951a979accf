package io.sluice.gateway.pipeline;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.media.v1.StreamCount;
import io.sluice.gateway.upstream.Degraded;

/**
 * How many videos can be played.
 *
 * @param libraries every library that has or had a video, by name
 * @param all each video once, whatever libraries it lies in; so it may be less than the sum of the libraries
 * @param degraded which services did not answer; what they would have told is null
 */
public record StreamStatsRepresentation(List<LibraryStreams> libraries, Streams all, List<Degraded> degraded) {

    /**
     * Of one library.
     *
     * @param library its name; null when it is not configured any more
     * @param total videos by content hash: the sum of the four below
     * @param hashlessVideos files called like videos whose content is not known yet; null when ingest does not answer
     */
    public record LibraryStreams(
            @Schema(examples = "Pictures") @Nullable String library,
            String libraryId,
            long total,
            long withPlaylist,
            long pending,
            long unsupported,
            long failed,
            @Nullable Long hashlessVideos) {}

    /**
     * Of all libraries.
     *
     * @param total videos by content hash: the sum of the four below
     * @param hashlessVideos files called like videos whose content is not known yet; null when ingest does not answer
     */
    public record Streams(
            long total,
            long withPlaylist,
            long pending,
            long unsupported,
            long failed,
            @Nullable Long hashlessVideos) {}

    static LibraryStreams ofLibrary(StreamCount count, @Nullable String library, @Nullable Long hashless) {
        return new LibraryStreams(
                library,
                count.getLibraryId(),
                count.getTotal(),
                count.getWithPlaylist(),
                count.getPending(),
                count.getUnsupported(),
                count.getFailed(),
                hashless);
    }

    static Streams ofAll(StreamCount count, @Nullable Long hashless) {
        return new Streams(
                count.getTotal(),
                count.getWithPlaylist(),
                count.getPending(),
                count.getUnsupported(),
                count.getFailed(),
                hashless);
    }
}
