package io.sluice.media.rendition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;

import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.media.MediaMetrics;
import io.sluice.media.library.FullScanTold;
import io.sluice.media.library.Libraries;
import io.sluice.media.library.Library;
import io.sluice.messaging.Transactions;

/** Counts videos by library and state of their stream: two index scans, no file is looked at. */
@ApplicationScoped
public class CountStreams {

    /**
     * @param libraries every one that has or had a video, by id
     * @param all each content hash once, whatever libraries it lies in
     */
    public record Counted(List<StreamCounts> libraries, StreamCounts all) {}

    private static final Logger LOG = Logger.getLogger(CountStreams.class);

    private final Transactions transactions;
    private final Libraries libraries;
    private final MediaMetrics metrics;

    CountStreams(Transactions transactions, Libraries libraries, MediaMetrics metrics) {
        this.transactions = transactions;
        this.libraries = libraries;
        this.metrics = metrics;
    }

    /** Counts, and has the gauges show it. */
    public Counted count() {
        Counted counted = transactions.read(this::count);
        metrics.streams(counted.libraries());
        return counted;
    }

    void afterFullScan(@ObservesAsync FullScanTold scan) {
        try {
            count().libraries().stream()
                    .filter(one -> one.libraryId().equals(scan.libraryId()))
                    .forEach(one -> LOG.infof(
                            "Streams of videos library=%s total=%d with_playlist=%d pending=%d unsupported=%d failed=%d",
                            one.name(), one.total(), one.ready(), one.pending(), one.unsupported(), one.failed()));
        } catch (RuntimeException e) {
            LOG.warnf("Streams were not counted after a full scan: %s", e.getMessage());
        }
    }

    private Counted count(Handle handle) {
        Map<String, Library> known = libraries.all(handle);
        Map<String, Map<String, Long>> byLibrary = new TreeMap<>();
        handle.createQuery("SELECT library_id FROM library_with_videos")
                .mapTo(String.class)
                .forEach(library -> byLibrary.put(library, new HashMap<>()));
        handle.createQuery(VideoLibraries.COUNT_BY_LIBRARY)
                .map((row, context) -> byLibrary
                        .computeIfAbsent(row.getString("library_id"), library -> new HashMap<>())
                        .put(row.getString("state"), row.getLong("videos")))
                .list();
        Map<String, Long> all = new HashMap<>();
        handle.createQuery(VideoLibraries.COUNT_ALL)
                .map((row, context) -> all.put(row.getString("state"), row.getLong("videos")))
                .list();
        return new Counted(
                byLibrary.entrySet().stream()
                        .map(entry -> StreamCounts.of(
                                entry.getKey(), name(known.get(entry.getKey()), entry.getKey()), entry.getValue()))
                        .toList(),
                StreamCounts.of("", "", all));
    }

    private static String name(@Nullable Library library, String libraryId) {
        return library == null ? libraryId : library.name();
    }
}
