package io.sluice.ingest.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

import com.google.protobuf.Parser;

import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.ingest.IngestMetrics;
import io.sluice.ingest.location.OnceMore;
import io.sluice.messaging.fact.Fact;
import io.sluice.messaging.fact.FactHandler;

/** Stores observations, a batch in one transaction. */
@ApplicationScoped
class OnFileObserved implements FactHandler<FileObservation> {

    static final String GROUP = "ingest.file";

    private static final Logger LOG = Logger.getLogger(OnFileObserved.class);

    private final StoreObservations store;
    private final IngestMetrics metrics;

    OnFileObserved(StoreObservations store, IngestMetrics metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    @Override
    public Topic topic() {
        return Topics.SCANNER_FILE;
    }

    @Override
    public String group() {
        return GROUP;
    }

    @Override
    public Parser<FileObservation> parser() {
        return FileObservation.parser();
    }

    @Override
    public void handle(Handle tx, List<Fact<FileObservation>> facts) {
        List<Observation> observations = new ArrayList<>(facts.size());
        for (Fact<FileObservation> fact : facts) {
            FileObservation told = fact.value();
            if (told == null) {
                LOG.warnf("A purged file is kept as it was last seen: key=%s topic=%s", fact.key(), fact.topic());
            } else {
                observations.add(Observation.of(told));
            }
        }
        OnceMore.onDuplicateKey(tx, () -> {
            Map<String, Long> found = store.store(tx, observations).stream()
                    .collect(Collectors.groupingBy(Difference::word, Collectors.counting()));
            tx.afterCommit(() -> found.forEach((word, count) -> metrics.observed(word, count.intValue())));
        });
    }
}
