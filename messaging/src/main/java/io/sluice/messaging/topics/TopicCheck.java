package io.sluice.messaging.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

import io.sluice.contract.Topic;

/**
 * Compares the broker's topics with the contract at start: creates the missing ones where that is allowed, waits for those of
 * others, and refuses a partition count that is not the contract's (records of a key would change partitions).
 */
public final class TopicCheck {

    private static final Logger LOG = Logger.getLogger(TopicCheck.class);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final long TOMBSTONES_MILLIS = TimeUnit.DAYS.toMillis(30);
    private static final long WINDOW_MILLIS = TimeUnit.DAYS.toMillis(1);
    private static final long HISTORY_MILLIS = TimeUnit.DAYS.toMillis(90);

    private final Admin admin;
    private final boolean create;
    private final short replication;
    private final Duration patience;

    public TopicCheck(Admin admin, boolean create, short replication, Duration patience) {
        this.admin = admin;
        this.create = create;
        this.replication = replication;
        this.patience = patience;
    }

    /**
     * Returns when all of them are there and right.
     *
     * @throws IllegalStateException with what is wrong and what to do, when they are not within the patience
     */
    public void await(List<Topic> topics) {
        await(topics, create);
    }

    /** As {@link #await}, for topics that another service makes: one that is made twice might get other settings. */
    public void awaitOthers(List<Topic> topics) {
        await(topics, false);
    }

    private void await(List<Topic> topics, boolean mayCreate) {
        if (topics.isEmpty()) {
            return;
        }
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            String wrong;
            try {
                wrong = check(topics, mayCreate);
            } catch (ExecutionException | TimeoutException e) {
                wrong = "the broker does not answer (" + e.getMessage() + "); check kafka.bootstrap.servers";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                wrong = "interrupted";
                end = System.nanoTime();
            }
            if (wrong.isEmpty()) {
                return;
            }
            if (System.nanoTime() >= end) {
                throw new IllegalStateException("Topics are not as they must be: " + wrong);
            }
            LOG.infof("Waiting for topics: %s", wrong);
            pause();
        }
    }

    private String check(List<Topic> topics, boolean mayCreate)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Integer> partitions = describe(topics);
        List<Topic> missing = topics.stream()
                .filter(topic -> !partitions.containsKey(topic.name()))
                .toList();
        if (mayCreate && !missing.isEmpty()) {
            create(missing);
            return "just created " + names(missing);
        }
        List<String> wrong = new ArrayList<>();
        if (!missing.isEmpty()) {
            wrong.add("missing: " + names(missing)
                    + "; create them as docs/flow.md and the chart say, or set sluice.topics.create=true");
        }
        for (Topic topic : topics) {
            Integer found = partitions.get(topic.name());
            if (found != null && found != topic.partitions()) {
                throw new IllegalStateException(
                        "Topic " + topic.name() + " has " + found + " partitions, the contract says "
                                + topic.partitions()
                                + "; a released topic never changes them: delete and recreate it, everything"
                                + " in it can be told again");
            }
        }
        return String.join("; ", wrong);
    }

    private Map<String, Integer> describe(List<Topic> topics)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Integer> partitions = new HashMap<>();
        Set<String> names = topics.stream().map(Topic::name).collect(Collectors.toSet());
        for (var described : admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                TopicDescription topic = described.getValue().get(10, TimeUnit.SECONDS);
                partitions.put(described.getKey(), topic.partitions().size());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return partitions;
    }

    private void create(List<Topic> missing) throws InterruptedException, ExecutionException, TimeoutException {
        List<NewTopic> topics = missing.stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), replication).configs(settings(topic)))
                .toList();
        for (var created : admin.createTopics(topics).values().entrySet()) {
            try {
                created.getValue().get(20, TimeUnit.SECONDS);
                LOG.infof("Created topic=%s", created.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    /** Retention as the contract's {@link Topic.Keep} says it. */
    static Map<String, String> settings(Topic topic) {
        return switch (topic.keep()) {
            case COMPACTED ->
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.DELETE_RETENTION_MS_CONFIG,
                        Long.toString(TOMBSTONES_MILLIS));
            case WINDOW ->
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(WINDOW_MILLIS));
            case TIME ->
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(HISTORY_MILLIS));
        };
    }

    private static String names(List<Topic> topics) {
        return topics.stream().map(Topic::name).collect(Collectors.joining(", "));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
