package io.sluice.media.rendition;

import java.util.LinkedHashMap;
import java.util.Map;

import io.sluice.contract.media.v1.StreamCount;

/**
 * How many live videos have their stream.
 *
 * @param libraryId empty in the sum
 * @param name of the library; its id while nothing is known of it
 */
public record StreamCounts(String libraryId, String name, long ready, long pending, long unsupported, long failed) {

    static StreamCounts of(String libraryId, String name, Map<String, Long> byLifecycle) {
        return new StreamCounts(
                libraryId,
                name,
                of(byLifecycle, Lifecycle.READY),
                of(byLifecycle, Lifecycle.PENDING),
                of(byLifecycle, Lifecycle.UNSUPPORTED),
                of(byLifecycle, Lifecycle.FAILED));
    }

    private static long of(Map<String, Long> byLifecycle, Lifecycle lifecycle) {
        return byLifecycle.getOrDefault(lifecycle.word(), 0L);
    }

    public long total() {
        return ready + pending + unsupported + failed;
    }

    /** The words of metrics. */
    public Map<String, Long> byState() {
        Map<String, Long> states = new LinkedHashMap<>();
        states.put("total", total());
        states.put("with_playlist", ready);
        states.put("pending", pending);
        states.put("unsupported", unsupported);
        states.put("failed", failed);
        return states;
    }

    public StreamCount message() {
        return StreamCount.newBuilder()
                .setLibraryId(libraryId)
                .setTotal(total())
                .setWithPlaylist(ready)
                .setPending(pending)
                .setUnsupported(unsupported)
                .setFailed(failed)
                .build();
    }
}
