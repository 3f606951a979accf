package io.sluice.search.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;

import io.sluice.contract.search.v1.FacetName;
import io.sluice.search.document.Fields;

/**
 * Counts values among all that fits, a segment at a time by the segment's own numbers for them: nothing is kept between
 * refreshes, so a refresh costs the same however many values there are.
 */
final class CountFacets implements CollectorManager<CountFacets.Counting, CountFacets.Counts> {

    private static final Map<FacetName, String> FIELDS = Map.of(
            FacetName.FACET_NAME_KIND, Fields.KIND_IS,
            FacetName.FACET_NAME_LIBRARY, Fields.LIBRARY_IS,
            FacetName.FACET_NAME_GALLERY, Fields.GALLERY_IS,
            FacetName.FACET_NAME_YEAR, Fields.YEAR_IS,
            FacetName.FACET_NAME_CAMERA, Fields.CAMERA_IS,
            FacetName.FACET_NAME_HAS_GPS, Fields.GPS_IS);

    private final Set<FacetName> names;

    CountFacets(Set<FacetName> names) {
        this.names = names;
    }

    /** @param assets all that fit */
    record Counts(long assets, Map<FacetName, Map<String, Long>> values) {}

    @Override
    public Counting newCollector() {
        return new Counting();
    }

    @Override
    public Counts reduce(Collection<Counting> parts) throws IOException {
        long assets = 0;
        Map<FacetName, Map<String, Long>> values = new EnumMap<>(FacetName.class);
        for (Counting part : parts) {
            part.endSegment();
            assets += part.assets;
            part.values.forEach((name, counts) -> counts.forEach((value, count) ->
                    values.computeIfAbsent(name, each -> new HashMap<>()).merge(value, count, Long::sum)));
        }
        return new Counts(assets, values);
    }

    /** One thread's part. */
    final class Counting implements Collector {
        private final Map<FacetName, Map<String, Long>> values = new EnumMap<>(FacetName.class);
        private final List<Segment> open = new ArrayList<>();
        private long assets;

        @Override
        public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
            endSegment();
            for (FacetName name : names) {
                String field = FIELDS.get(name);
                if (field != null) {
                    SortedSetDocValues told = DocValues.getSortedSet(leaf.reader(), field);
                    open.add(new Segment(name, told, new int[Math.toIntExact(told.getValueCount())]));
                }
            }
            return new LeafCollector() {
                @Override
                public void setScorer(Scorable scorer) {
                    // Counting needs no scores.
                }

                @Override
                public void collect(int document) throws IOException {
                    assets++;
                    for (Segment segment : open) {
                        segment.count(document);
                    }
                }
            };
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }

        private void endSegment() throws IOException {
            for (Segment segment : open) {
                Map<String, Long> counts = values.computeIfAbsent(segment.name, each -> new HashMap<>());
                for (int i = 0; i < segment.counts.length; i++) {
                    if (segment.counts[i] > 0) {
                        counts.merge(segment.told.lookupOrd(i).utf8ToString(), (long) segment.counts[i], Long::sum);
                    }
                }
            }
            open.clear();
        }
    }

    private record Segment(FacetName name, SortedSetDocValues told, int[] counts) {
        void count(int document) throws IOException {
            if (told.advanceExact(document)) {
                for (int i = 0; i < told.docValueCount(); i++) {
                    counts[Math.toIntExact(told.nextOrd())]++;
                }
            }
        }
    }
}
