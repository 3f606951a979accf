package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import io.sluice.e2e.SluiceClient;
import io.sluice.localstack.demo.BundleWriter;
import io.sluice.localstack.demo.WrittenBundle;

/** An upstream that delivers bundles, and an operator who queues each as soon as it can be. */
final class Deliveries implements AutoCloseable {

    private final Mount mount;
    private final SluiceClient client;
    private final Random random;
    private final Duration every;
    private final List<WrittenBundle> delivered = new CopyOnWriteArrayList<>();
    private final List<UUID> toQueue = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean enough;
    private volatile boolean stopping;
    private volatile @Nullable IOException failure;

    Deliveries(Mount mount, SluiceClient client, long seed, Duration every) {
        this.mount = mount;
        this.client = client;
        this.random = new Random(seed ^ 0xB00);
        this.every = every;
        this.thread = Thread.ofPlatform().name("deliveries").unstarted(this::work);
    }

    /** The same bundles once more, for an operator of another stack; no more are delivered. */
    Deliveries again(Stage other) {
        Deliveries again = new Deliveries(other.bundles(), other.client(), 0, every);
        again.enough();
        again.delivered.addAll(delivered);
        delivered.forEach(bundle -> again.toQueue.add(bundle.syncId()));
        return again;
    }

    void start() {
        thread.start();
    }

    /** No more bundles; those that are there are still queued. */
    void enough() {
        enough = true;
    }

    List<WrittenBundle> delivered() {
        return List.copyOf(delivered);
    }

    /** How many stand there and are not taken yet. */
    int notQueued() throws IOException {
        IOException broken = failure;
        if (broken != null) {
            throw broken;
        }
        return toQueue.size();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        long next = System.nanoTime();
        try {
            while (!stopping) {
                if (!enough && System.nanoTime() >= next && mount.whileHere(root -> deliver())) {
                    next = System.nanoTime() + every.toNanos();
                }
                toQueue.removeIf(this::queued);
                Thread.sleep(500);
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver() {
        UUID syncId = new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | 1L << 63);
        int photos = 6 + random.nextInt(18);
        BundleWriter bundle = BundleWriter.of(syncId)
                .title("Delivery " + (delivered.size() + 1))
                .photos(photos)
                .galleries(photos / 2, photos - photos / 2);
        if (delivered.size() % 4 == 1) {
            bundle.videos(1).pixels(160, 120);
        }
        delivered.add(bundle.write(mount.root()));
        toQueue.add(syncId);
    }

    /** Also when it was taken and the answer to that was lost. */
    private boolean queued(UUID syncId) {
        try {
            return client.batch(syncId)
                    .map(batch -> batch.get("state").asText())
                    .filter(state -> switch (state) {
                        case "discovered" -> client.queue(syncId, false).statusCode() == 202;
                        case "queued", "importing", "imported", "partial", "failed" -> true;
                        default -> false;
                    })
                    .isPresent();
        } catch (RuntimeException notNow) {
            return false;
        }
    }
}
