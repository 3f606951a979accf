package io.sluice.ingest.importjob;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.ingest.handover.Batches;
import io.sluice.ingest.ledger.Ledger;
import io.sluice.messaging.Instance;
import io.sluice.messaging.MessagingConfig;
import io.sluice.messaging.Patience;
import io.sluice.messaging.Progress;
import io.sluice.messaging.Transactions;

/** The coordinators of this process, and the heartbeat of what they hold. */
@ApplicationScoped
class Coordinators {

    private static final Logger LOG = Logger.getLogger(Coordinators.class);

    /** What a coordinator gets to give its job back at stop. */
    private static final Duration GRACE = Duration.ofSeconds(4);

    private static final String BEAT = "import-heartbeat";

    private final Set<Claim> held = ConcurrentHashMap.newKeySet();
    private final List<Coordinator> coordinators = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private @Nullable Thread beats;

    void start(
            @Observes StartupEvent event,
            ImportConfig config,
            MessagingConfig.Lease lease,
            Instance instance,
            Transactions transactions,
            Jobs jobs,
            Batches batches,
            Ledger ledger,
            RunJob run,
            FinishJob finish,
            JobSignals signals,
            ReclaimJobs reclaim,
            ImportMetrics metrics,
            Patience patience,
            Progress progress) {
        // What an earlier incarnation of this stable instance ran waits again, without waiting for its lease.
        reclaim.reclaim();
        ClaimJobs claims = new ClaimJobs(transactions, jobs, batches, ledger, instance, lease.duration());
        for (int i = 0; i < config.concurrency(); i++) {
            String name = "import-coordinator-" + i;
            Coordinator coordinator = new Coordinator(
                    name, claims, run, finish, transactions, signals, patience, progress, config.poll(), held);
            coordinators.add(coordinator);
            threads.add(Thread.ofVirtual().name(name).start(coordinator));
        }
        beats = Thread.ofVirtual()
                .name(BEAT)
                .start(() -> beat(claims, lease.heartbeat(), transactions, jobs, metrics, progress));
    }

    /** After the workers have ended what they had in hand, while the job still ran; before the data source. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 10) ShutdownEvent event) {
        coordinators.forEach(Coordinator::stop);
        try {
            long until = System.nanoTime() + GRACE.toNanos();
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (beats != null) {
            beats.interrupt();
        }
    }

    private void beat(
            ClaimJobs claims,
            Duration heartbeat,
            Transactions transactions,
            Jobs jobs,
            ImportMetrics metrics,
            Progress progress) {
        try {
            while (true) {
                progress.tick(BEAT);
                try {
                    held.forEach(claims::renew);
                    metrics.show(transactions.read(jobs::waiting));
                } catch (RuntimeException unreachable) {
                    LOG.warnf("Import jobs were not renewed: %s", unreachable.getMessage());
                }
                Thread.sleep(heartbeat);
            }
        } catch (InterruptedException stopped) {
            progress.ended(BEAT);
        }
    }
}
