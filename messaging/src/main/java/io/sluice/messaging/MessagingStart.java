package io.sluice.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.messaging.command.SweepAnswers;
import io.sluice.messaging.deadletter.DeadLetters;
import io.sluice.messaging.fact.DeferredDuty;
import io.sluice.messaging.fact.FactHandler;
import io.sluice.messaging.lease.Duties;
import io.sluice.messaging.lease.Duty;
import io.sluice.messaging.outbox.Outbox;
import io.sluice.messaging.outbox.OutboxRelay;
import io.sluice.messaging.topics.TopicCheck;
import io.sluice.messaging.work.WorkHandler;
import io.sluice.messaging.work.WorkRunner;
import io.smallrye.common.annotation.Identifier;

/** Starts what runs by itself in a service, before its channels, and ends it before its data source. */
@ApplicationScoped
class MessagingStart {

    private static final Logger LOG = Logger.getLogger(MessagingStart.class);

    private final List<OutboxRelay> relays = new ArrayList<>();
    private @Nullable Thread counting;

    /** Ours are made before others' are waited for: two services that need each other's start together. */
    void checkTopics(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
            TopicCheck topics,
            io.sluice.messaging.Instance instance) {
        List<Topic> needed = Topics.all().stream()
                .filter(topic -> concerns(topic, instance.service()))
                .toList();
        topics.await(needed.stream()
                .filter(topic -> topic.owner().equals(instance.service()))
                .toList());
        topics.awaitOthers(needed.stream()
                .filter(topic -> !topic.owner().equals(instance.service()))
                .toList());
    }

    private static boolean concerns(Topic topic, String service) {
        return topic.owner().equals(service)
                || topic.readers().contains(service)
                || topic.groups().stream().anyMatch(group -> group.startsWith(service + "."));
    }

    void startRelays(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 1) StartupEvent event,
            io.sluice.messaging.Instance instance,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            MessagingConfig.Relay relay,
            Transactions transactions,
            DeadLetters deadLetters,
            Duties duties,
            MessagingMetrics metrics) {
        for (int shard = 0; shard < Outbox.SHARDS; shard++) {
            relays.add(new OutboxRelay(shard, instance, kafka, transactions, deadLetters, relay.poll(), metrics));
        }
        relays.forEach(duties::start);
    }

    void startDuties(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 2) StartupEvent event,
            Duties duties,
            WorkRunner runner,
            Outbox outbox,
            Transactions transactions,
            DeadLetters deadLetters,
            MessagingMetrics metrics,
            @All List<WorkHandler<?>> workHandlers,
            @All List<FactHandler<?>> factHandlers,
            @Any Instance<Duty> ownDuties) {
        for (WorkHandler<?> handler : workHandlers) {
            runner.reapOwn(handler);
            duties.start(runner.dispatcher(handler, outbox));
        }
        if (!factHandlers.isEmpty()) {
            duties.start(new DeferredDuty(transactions, deadLetters, factHandlers, metrics));
        }
        duties.start(new SweepAnswers(transactions));
        ownDuties.forEach(duties::start);
    }

    void startCounting(@Observes StartupEvent event, Backlog backlog, MessagingMetrics metrics) {
        counting = Thread.ofVirtual().name("backlog-gauges").start(() -> count(backlog, metrics));
    }

    /** First those that take in, then the duties, then the relays' producers: what ended last may still leave the outbox. */
    void stop(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event,
            Patience patience,
            WorkRunner runner,
            Duties duties) {
        patience.stop();
        runner.close();
        duties.close();
        relays.forEach(OutboxRelay::close);
        if (counting != null) {
            counting.interrupt();
        }
    }

    private static void count(Backlog backlog, MessagingMetrics metrics) {
        try {
            while (true) {
                try {
                    metrics.show(backlog.recent());
                } catch (RuntimeException unknown) {
                    LOG.debugf("Nothing could be counted: %s", unknown.getMessage());
                    metrics.show(null);
                }
                Thread.sleep(Duration.ofSeconds(5));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
