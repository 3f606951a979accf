package io.sluice.search;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.messaging.Progress;
import io.sluice.search.index.IndexState;
import io.sluice.search.index.SearchIndex;
import io.sluice.search.index.ShownIndex;
import io.sluice.search.query.RunSearch;
import io.sluice.search.query.SearchTurns;
import io.smallrye.common.annotation.Identifier;

/** Builds the plain classes of search from its configuration, starts the index and ends it. */
@ApplicationScoped
class SearchBeans {

    void start(
            @Observes StartupEvent event,
            SearchIndex index,
            SearchMetrics metrics,
            IndexState state,
            ShownIndex shown) {
        metrics.show(state, shown);
        index.start();
    }

    void stop(@Observes ShutdownEvent event, SearchIndex index, SearchTurns turns) throws InterruptedException {
        turns.close();
        index.close();
    }

    @Produces
    @Singleton
    Progress progress() {
        return new Progress();
    }

    @Produces
    @Singleton
    ShownIndex shown() {
        return new ShownIndex();
    }

    @Produces
    @Singleton
    IndexState state() {
        return new IndexState();
    }

    @Produces
    @Singleton
    SearchMetrics metrics(MeterRegistry registry) {
        return new SearchMetrics(registry);
    }

    @Produces
    @Singleton
    SearchIndex index(
            SearchConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Admin admin,
            Progress progress,
            ShownIndex shown,
            IndexState state,
            SearchMetrics metrics) {
        return new SearchIndex(config, kafka, admin, progress, shown, state, metrics);
    }

    @Produces
    @Singleton
    RunSearch runSearch(SearchConfig config) {
        return new RunSearch(config.timeLimit());
    }

    @Produces
    @Singleton
    SearchTurns turns(SearchMetrics metrics) {
        return new SearchTurns(metrics);
    }

    @Produces
    @Singleton
    Admin admin(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.keySet().retainAll(AdminClientConfig.configNames());
        return Admin.create(settings);
    }

    void close(@Disposes Admin admin) {
        admin.close(Duration.ZERO);
    }
}
